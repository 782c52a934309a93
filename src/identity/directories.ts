/**
 * The one door to company directories (LDAP). A connection serves one question and ends; who asks without a password is
 * not let through, for a directory takes that as «nobody in particular» and says yes.
 */
import { Client, type Entry, InvalidCredentialsError, NoSuchObjectError, ResultCodeError } from "ldapts"
import {
  bindNameFor,
  type Directories,
  type DirectoryAnswer,
  type DirectoryServer,
  type DirectoryTrouble,
  filterFor,
  inFilter,
} from "~/account/rules/directory.ts"

/** For the connection, and for each answer. */
const PATIENCE_MS = 8_000
const MOST_GROUPS = 1_000

export function createDirectories(): Directories {
  return {
    check: (server, username, password) =>
      password === ""
        ? Promise.resolve({ result: "wrong" })
        : connected(server, (client) =>
            server.way === "search"
              ? searchedThenBound(client, server, username, password)
              : boundAsUser(client, server, username, password),
          ),
    async examine(server) {
      const answer = await connected(server, async (client) => {
        if (server.way === "search") {
          await bindService(client, server)
          await searching(
            client.search(server.searchBase, { scope: "base", filter: "(objectClass=*)", attributes: ["1.1"] }),
          )
        } else await client.search("", { scope: "base", filter: "(objectClass=*)", attributes: ["1.1"] })
        return { result: "wrong" }
      })
      return answer.result === "trouble" ? answer : null
    },
  }
}

async function connected(
  server: DirectoryServer,
  work: (client: Client) => Promise<DirectoryAnswer>,
): Promise<DirectoryAnswer> {
  const tls = server.certificate === null ? {} : { ca: server.certificate }
  const secure = { ...tls, rejectUnauthorized: true }
  const { hostname } = new URL(server.url)
  const client = new Client({
    url: server.url.replace(/\/$/, ""),
    timeout: PATIENCE_MS,
    connectTimeout: PATIENCE_MS,
    strictDN: false,
    ...(server.url.startsWith("ldaps:") ? { tlsOptions: secure } : {}),
  })
  try {
    if (server.startTls) await client.startTLS({ ...secure, host: hostname, servername: hostname })
    return await work(client)
  } catch (error) {
    return { result: "trouble", ...troubleOf(error) }
  } finally {
    await client.unbind().catch(() => {})
  }
}

/** Whether the directory takes the name with the password. */
async function binds(client: Client, name: string, password: string): Promise<boolean> {
  try {
    await client.bind(name, password)
    return true
  } catch (error) {
    // 34: a name that cannot be one; 49 covers wrong passwords, unknown and locked accounts alike.
    if (error instanceof InvalidCredentialsError || (error instanceof ResultCodeError && error.code === 34))
      return false
    throw error
  }
}

async function boundAsUser(
  client: Client,
  server: DirectoryServer,
  username: string,
  password: string,
): Promise<DirectoryAnswer> {
  const name = bindNameFor(server.bindName, username)
  if (!(await binds(client, name, password))) return { result: "wrong" }
  if (server.searchBase === "") {
    const own = name.includes("=") ? await client.search(name, { scope: "base", attributes: ["memberOf"] }) : null
    return right(client, server, own?.searchEntries[0] ?? { dn: name }, username)
  }
  const entries = await entriesOf(client, server, username)
  return entries.length > 1 ? several : right(client, server, entries[0] ?? { dn: name }, username)
}

async function searchedThenBound(
  client: Client,
  server: DirectoryServer,
  username: string,
  password: string,
): Promise<DirectoryAnswer> {
  await bindService(client, server)
  const [entry, ...more] = await searching(entriesOf(client, server, username))
  if (more.length > 0) return several
  if (!entry || !(await binds(client, entry.dn, password))) return { result: "wrong" }
  // What the person may not read of groups, the service account may.
  await bindService(client, server)
  return right(client, server, entry, username)
}

const several: DirectoryAnswer = { result: "trouble", trouble: "several", answer: null }

async function bindService(client: Client, { serviceName, servicePassword }: DirectoryServer): Promise<void> {
  if (!servicePassword || !(await binds(client, serviceName, servicePassword))) throw new Told("service_refused")
}

async function searching<Value>(search: Promise<Value>): Promise<Value> {
  try {
    return await search
  } catch (error) {
    if (error instanceof NoSuchObjectError) throw new Told("search_refused")
    throw error
  }
}

async function entriesOf(
  client: Client,
  { searchBase, userFilter }: DirectoryServer,
  username: string,
): Promise<Entry[]> {
  const filter = filterFor(userFilter, username)
  const found = await client.search(searchBase, { scope: "sub", filter, sizeLimit: 2, attributes: ["memberOf"] })
  return found.searchEntries
}

async function right(
  client: Client,
  { groupBase }: DirectoryServer,
  entry: Entry,
  username: string,
): Promise<DirectoryAnswer> {
  const named = [entry.memberOf ?? []].flat().map(String)
  const answer = { result: "right", name: entry.dn } as const
  if (groupBase === "") return { ...answer, groups: named }
  const dn = inFilter(entry.dn)
  const uid = inFilter(username)
  const filter = `(|(member=${dn})(uniqueMember=${dn})(memberUid=${uid}))`
  const found = await searching(
    client.search(groupBase, { scope: "sub", filter, sizeLimit: MOST_GROUPS, attributes: ["1.1"] }),
  )
  return { ...answer, groups: [...new Set([...named, ...found.searchEntries.map(({ dn: group }) => group)])] }
}

class Told extends Error {
  constructor(readonly trouble: DirectoryTrouble) {
    super(trouble)
  }
}

const TLS = /certificate|CERT_|SELF_SIGNED|UNABLE_TO|TLS|SSL|handshake|ALTNAME|EPROTO/i
const UNREACHABLE = /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNRESET|FailedToOpenSocket|closed/i
const SLOW = /timeout|timed out|ETIMEDOUT/i

function troubleOf(error: unknown): { trouble: DirectoryTrouble; answer: string | null } {
  if (error instanceof Told) return { trouble: error.trouble, answer: null }
  const { message, code } =
    error instanceof Error
      ? { message: error.message, code: "code" in error ? error.code : "" }
      : { message: String(error), code: "" }
  const said = `${code} ${message}`
  const answer = message.slice(0, 300)
  if (error instanceof ResultCodeError) return { trouble: "other", answer }
  if (SLOW.test(said)) return { trouble: "slow", answer }
  if (TLS.test(said)) return { trouble: "tls", answer }
  return { trouble: UNREACHABLE.test(said) ? "unreachable" : "other", answer }
}
