/** What the operator writes into the environment, and what is answered when it cannot be. */
import { expect, test } from "bun:test"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { ConfigRefused, prepareDataFolder, readConfig, VARIABLES } from "~/config.ts"

const sentencesFor = (environment: Record<string, string>): readonly string[] => {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigRefused) return error.sentences
    throw error
  }
  return []
}

test("without any variable the appliance listens on this host and keeps everything in ./data", () => {
  expect(readConfig({})).toEqual({
    dataFolder: resolve("data"),
    keyFile: resolve("data/master.key"),
    listen: { hostname: "127.0.0.1", port: 8080 },
    publicListen: { hostname: "127.0.0.1", port: 8081 },
    url: null,
    publicUrl: null,
    tls: { kind: "none" },
    smtpUrl: null,
    mailFrom: null,
    graphUrl: "https://graph.facebook.com",
    graphVersion: "v26.0",
    trustedProxies: [],
    logLevel: "info",
  })
})

test("the key file follows the data folder unless it is named itself", () => {
  expect(readConfig({ SPORTELLO_DATA: "/srv/s" }).keyFile).toBe("/srv/s/master.key")
  expect(readConfig({ SPORTELLO_DATA: "/srv/s", SPORTELLO_KEY_FILE: "/etc/k" }).keyFile).toBe("/etc/k")
})

test("the contract's table of variables is the one the binary reads", () => {
  expect(VARIABLES.map(({ name }) => name)).toEqual([
    "SPORTELLO_DATA",
    "SPORTELLO_KEY_FILE",
    "SPORTELLO_LISTEN",
    "SPORTELLO_PUBLIC_LISTEN",
    "SPORTELLO_URL",
    "SPORTELLO_PUBLIC_URL",
    "SPORTELLO_TLS_CERT",
    "SPORTELLO_TLS_KEY",
    "SPORTELLO_TLS",
    "SPORTELLO_SMTP_URL",
    "SPORTELLO_MAIL_FROM",
    "SPORTELLO_GRAPH_URL",
    "SPORTELLO_GRAPH_VERSION",
    "SPORTELLO_TRUSTED_PROXIES",
    "SPORTELLO_LOG_LEVEL",
  ])
})

const good: [name: string, text: string, key: keyof ReturnType<typeof readConfig>, value: unknown][] = [
  ["SPORTELLO_LISTEN", "0.0.0.0:80", "listen", { hostname: "0.0.0.0", port: 80 }],
  ["SPORTELLO_LISTEN", "[::1]:0", "listen", { hostname: "::1", port: 0 }],
  ["SPORTELLO_PUBLIC_LISTEN", "desk.acme.test:8443", "publicListen", { hostname: "desk.acme.test", port: 8443 }],
  ["SPORTELLO_URL", "https://desk.acme.test/", "url", "https://desk.acme.test"],
  ["SPORTELLO_PUBLIC_URL", "https://acme.test/wa", "publicUrl", "https://acme.test/wa"],
  ["SPORTELLO_TLS", "self", "tls", { kind: "self" }],
  ["SPORTELLO_SMTP_URL", "smtps://user:pass@mail.acme.test:465", "smtpUrl", "smtps://user:pass@mail.acme.test:465"],
  ["SPORTELLO_MAIL_FROM", "Acme <desk@acme.test>", "mailFrom", "Acme <desk@acme.test>"],
  ["SPORTELLO_GRAPH_URL", "http://127.0.0.1:8082", "graphUrl", "http://127.0.0.1:8082"],
  ["SPORTELLO_GRAPH_VERSION", "v27.0", "graphVersion", "v27.0"],
  [
    "SPORTELLO_TRUSTED_PROXIES",
    "10.0.0.5, 10.1.0.0/16,::1/128",
    "trustedProxies",
    ["10.0.0.5", "10.1.0.0/16", "::1/128"],
  ],
  ["SPORTELLO_LOG_LEVEL", "warn", "logLevel", "warn"],
]
test.each(good)("%s=%s is understood", (name, text, key, value) => {
  expect(readConfig({ [name]: text })[key]).toEqual(value as never)
})

test.each([
  ["SPORTELLO_LISTEN", "8080"],
  ["SPORTELLO_LISTEN", "127.0.0.1:65536"],
  ["SPORTELLO_LISTEN", "::1:8080"],
  ["SPORTELLO_URL", "desk.acme.test"],
  ["SPORTELLO_URL", "https://user:pass@desk.acme.test"],
  ["SPORTELLO_PUBLIC_URL", "ftp://acme.test"],
  ["SPORTELLO_TLS", "yes"],
  ["SPORTELLO_SMTP_URL", "http://mail.acme.test"],
  ["SPORTELLO_MAIL_FROM", "nobody"],
  ["SPORTELLO_GRAPH_VERSION", "26"],
  ["SPORTELLO_TRUSTED_PROXIES", "10.0.0.0/33"],
  ["SPORTELLO_TRUSTED_PROXIES", "proxy.acme.test"],
  ["SPORTELLO_LOG_LEVEL", "chatty"],
])("%s=%s is refused in one sentence that names it", (name, text) => {
  const [sentence, ...more] = sentencesFor({ [name]: text })
  expect(sentence).toStartWith(`${name} must be `)
  expect(more).toEqual([])
})

test("a variable that is set to nothing counts as not set", () => {
  expect(readConfig({ SPORTELLO_LISTEN: "", SPORTELLO_TLS: "" })).toEqual(readConfig({}))
})

test("an unknown variable of ours is refused, with the one that was probably meant", () => {
  expect(sentencesFor({ SPORTELLO_LISTN: "x", PATH: "/bin" })).toEqual([
    "SPORTELLO_LISTN is not a setting; did you mean SPORTELLO_LISTEN?",
  ])
})

test("everything that is wrong is said at once", () => {
  expect(sentencesFor({ SPORTELLO_LISTEN: "x", SPORTELLO_LOG_LEVEL: "x", SPORTELLO_COLOUR: "red" })).toHaveLength(3)
})

test("a secret's value is never repeated", () => {
  expect(sentencesFor({ SPORTELLO_SMTP_URL: "https://hunter2@mail" }).join()).not.toContain("hunter2")
})

test("a certificate needs its key, both must be there, and neither goes with a self-made one", () => {
  const folder = mkdtempSync(join(tmpdir(), "sportello-config-"))
  const certificate = join(folder, "c.pem")
  const key = join(folder, "k.pem")
  expect(sentencesFor({ SPORTELLO_TLS_CERT: certificate })).toEqual([
    "SPORTELLO_TLS_CERT and SPORTELLO_TLS_KEY belong together: the second is missing.",
  ])
  expect(sentencesFor({ SPORTELLO_TLS_CERT: certificate, SPORTELLO_TLS_KEY: key })).toHaveLength(2)
  writeFileSync(certificate, "")
  writeFileSync(key, "")
  expect(readConfig({ SPORTELLO_TLS_CERT: certificate, SPORTELLO_TLS_KEY: key }).tls).toEqual({
    kind: "files",
    certificate,
    key,
  })
  expect(sentencesFor({ SPORTELLO_TLS: "self", SPORTELLO_TLS_CERT: certificate, SPORTELLO_TLS_KEY: key })).toEqual([
    "Set either SPORTELLO_TLS=self or a certificate, not both.",
  ])
})

test("a data folder that cannot be made is refused with what to do", () => {
  const folder = mkdtempSync(join(tmpdir(), "sportello-config-"))
  writeFileSync(join(folder, "file"), "")
  expect(() => prepareDataFolder(join(folder, "file", "data"))).toThrow(/cannot be written: give it to the user/)
  prepareDataFolder(join(folder, "new", "data"))
})
