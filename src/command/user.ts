import { LEVELS } from "~/account/rules.ts"
import type { Level } from "~/facts.ts"
import { type Bench, type Command, InputInvalid, parseWords, UsageRefused } from "./command.ts"
import { perform } from "./perform.ts"

export const user: Command = {
  name: "user",
  usage: "user list | create | password | disable",
  summary: "list users, make one, set a password, shut one out: without the web",
  help: `  user list [--tenant SLUG]
  user create USERNAME --tenant SLUG --level LEVEL --first-name NAME --last-name NAME [--email ADDRESS]
  user password USERNAME
  user disable USERNAME
LEVEL is agent, supervisor, campaign_manager or tenant_admin; in tenant «appliance» it is platform_admin.
The password is asked for, or read from standard input when that is not a terminal; it is never an argument. A new
password lets a disabled user in again; it and «disable» end the user's sessions.`,
  async run(bench, [verb, ...words]) {
    const act = verb === undefined ? undefined : verbs[verb]
    if (!act) throw new UsageRefused(verb ? `There is no «user ${verb}».` : "What should be done with users?")
    await act(bench, words)
  },
}

const verbs: Record<string, (bench: Bench, words: string[]) => Promise<void>> = { list, create, password, disable }

async function list(bench: Bench, words: string[]): Promise<void> {
  const { values } = parseWords(words, { tenant: { type: "string" } }, [])
  const users = await perform(bench, "listUsers", { tenant: values.tenant ?? null })
  const width = Math.max(0, ...users.map(({ username }) => username.length))
  for (const { username, tenant, level, enabled, firstName, lastName } of users) {
    const state = enabled ? "" : "  (disabled)"
    bench.terminal.result(`${username.padEnd(width)}  ${tenant}  ${level}  ${firstName} ${lastName}${state}`)
  }
}

async function create(bench: Bench, words: string[]): Promise<void> {
  const text = { type: "string" } as const
  const options = { tenant: text, level: text, email: text, "first-name": text, "last-name": text }
  const { values, positionals } = parseWords(words, options, ["USERNAME"])
  const { tenant = missing("tenant"), level = missing("level"), email = null } = values
  const name = {
    firstName: values["first-name"] ?? missing("first-name"),
    lastName: values["last-name"] ?? missing("last-name"),
  }
  const username = positionals[0] ?? ""
  const input = { username, tenant, level: levelOf(level), email, ...name, ...USUAL }
  await perform(bench, "createUser", { ...input, password: await newPassword(bench) })
  bench.terminal.say(`Created ${username} of ${tenant}.`)
}

const USUAL = { language: "en", maxConversations: 5, isolated: false, outbound: true, mayEditCustomers: true }

async function password(bench: Bench, words: string[]): Promise<void> {
  const { positionals } = parseWords(words, {}, ["USERNAME"])
  const username = positionals[0] ?? ""
  const { tenant } = await perform(bench, "setPassword", { username, password: await newPassword(bench) })
  bench.terminal.say(`${username} of ${tenant} has a new password; all of their sessions have ended.`)
}

async function disable(bench: Bench, words: string[]): Promise<void> {
  const { positionals } = parseWords(words, {}, ["USERNAME"])
  const username = positionals[0] ?? ""
  const { changed } = await perform(bench, "disableUser", { username })
  bench.terminal.say(changed ? `${username} is shut out.` : `${username} was disabled already.`)
}

async function newPassword({ terminal }: Bench): Promise<string> {
  const typed = await terminal.secret("New password: ")
  if (!process.stdin.isTTY || (await terminal.secret("Once more: ")) === typed) return typed
  throw new InputInvalid(["The two passwords differ."])
}

function levelOf(text: string): Level {
  const level = LEVELS.find((candidate) => candidate === text)
  if (!level) throw new UsageRefused(`--level must be one of ${LEVELS.join(", ")}.`)
  return level
}

function missing(option: string): never {
  throw new UsageRefused(`--${option} is missing.`)
}
