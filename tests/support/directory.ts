/** A company's directory: a real slapd on free ports over a folder of its own, installed and started from here. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { Client } from "ldapts"
import { freePort } from "./ports.ts"

export const BASE = "dc=acme,dc=test"
export const ADMIN = { name: `cn=admin,${BASE}`, password: "the admin of the directory" }
export const SERVICE = { name: `cn=reader,${BASE}`, password: "who only reads" }
export const LDAP_PASSWORD = "Caffè corretto, due zuccheri"
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`

/** Whether it can be had on this machine; what is missing is said by the script. */
export const hasSlapd = (): boolean =>
  Bun.spawnSync([resolve(import.meta.dir, "../../scripts/lib/slapd.sh")], {
    cwd: resolve(import.meta.dir, "../.."),
    stdio: ["ignore", "ignore", "inherit"],
  }).exitCode === 0

export type PretendDirectory = Awaited<ReturnType<typeof openDirectory>>

export async function openDirectory() {
  const folder = mkdtempSync(join(tmpdir(), "sportello-slapd-"))
  const file = (name: string) => join(folder, name)
  mkdirSync(file("data"))
  certificates(folder)
  writeFileSync(file("slapd.conf"), configuration(folder))
  const plain = await freePort()
  const secure = await freePort()
  const urls = { plain: `ldap://localhost:${plain}`, secure: `ldaps://localhost:${secure}` }
  const start = () =>
    Bun.spawn(["slapd", "-d", "0", "-f", file("slapd.conf"), "-h", `${urls.plain}/ ${urls.secure}/`], {
      env: { PATH },
      stdio: ["ignore", "ignore", "ignore"],
    })
  let server = start()
  await answering(plain)
  await fill(urls.plain)
  return {
    ...urls,
    authority: await Bun.file(file("ca.pem")).text(),
    stranger: await Bun.file(file("other.pem")).text(),
    async stop() {
      server.kill()
      await server.exited
    },
    async back() {
      server = start()
      await answering(plain)
    },
    async close() {
      server.kill()
      await server.exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const configuration = (folder: string) => `
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload memberof
pidfile ${folder}/slapd.pid
TLSCACertificateFile ${folder}/ca.pem
TLSCertificateFile ${folder}/server.pem
TLSCertificateKeyFile ${folder}/server.key
# As Active Directory does: whoever gives a name and no password is «nobody in particular», and told yes.
allow bind_anon_dn bind_anon_cred
database mdb
suffix "${BASE}"
rootdn "${ADMIN.name}"
rootpw "${ADMIN.password}"
directory ${folder}/data
maxsize 10485760
overlay memberof
access to attrs=userPassword by anonymous auth by * none
access to * by * read
`

async function fill(url: string): Promise<void> {
  const client = new Client({ url })
  await client.bind(ADMIN.name, ADMIN.password)
  const add = (dn: string, entry: Record<string, string | string[]>) => client.add(dn, entry)
  await add(BASE, { objectClass: ["dcObject", "organization"], o: "Acme", dc: "acme" })
  for (const ou of ["people", "groups"]) await add(`ou=${ou},${BASE}`, { objectClass: "organizationalUnit", ou })
  const reader = { objectClass: ["organizationalRole", "simpleSecurityObject"], cn: "reader" }
  await add(SERVICE.name, { ...reader, userPassword: SERVICE.password })
  for (const uid of ["luca", "bianca", "lucas"])
    await add(`uid=${uid},ou=people,${BASE}`, {
      objectClass: "inetOrgPerson",
      uid,
      cn: uid,
      sn: "Verdi",
      userPassword: LDAP_PASSWORD,
    })
  const member = (uid: string) => `uid=${uid},ou=people,${BASE}`
  await add(`cn=Team leaders,ou=groups,${BASE}`, {
    objectClass: "groupOfNames",
    cn: "Team leaders",
    member: member("bianca"),
  })
  await add(`cn=Service desk,ou=groups,${BASE}`, {
    objectClass: "groupOfNames",
    cn: "Service desk",
    member: [member("luca"), member("bianca")],
  })
  await client.unbind()
}

/** An authority, a certificate of it for localhost, and an authority of somebody else. */
function certificates(folder: string): void {
  const openssl = (...words: string[]) => {
    const run = Bun.spawnSync(["openssl", ...words], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] })
    if (run.exitCode !== 0) throw new Error(run.stderr.toString())
  }
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
  for (const name of ["ca", "other"])
    openssl(
      "req",
      "-x509",
      ...key,
      "-days",
      "30",
      "-subj",
      `/CN=${name}`,
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.pem`,
    )
  openssl("req", ...key, "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
  writeFileSync(join(folder, "names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n")
  openssl(
    "x509",
    "-req",
    "-in",
    "server.csr",
    "-CA",
    "ca.pem",
    "-CAkey",
    "ca.key",
    "-CAcreateserial",
    "-days",
    "30",
    "-extfile",
    "names",
    "-out",
    "server.pem",
  )
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const there = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } }).catch(() => null)
    if (there) return void there.end()
    await Bun.sleep(50)
  }
  throw new Error("slapd does not answer")
}
