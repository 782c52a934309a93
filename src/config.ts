/**
 * The only reader of the environment. One table says every variable's name, default and meaning; the README's table and
 * the help of the binary are checked against it.
 */
import { accessSync, constants, mkdirSync, statSync } from "node:fs"
import { isIP } from "node:net"
import { join, resolve } from "node:path"
import { LOG_LEVELS, type LogLevel } from "~/kernel/log.ts"
import { nearest } from "~/kernel/nearest.ts"
import { isNetwork } from "~/kernel/networks.ts"

export type Address = { hostname: string; port: number }
export type Tls = { kind: "none" } | { kind: "self" } | { kind: "files"; certificate: string; key: string }

export type Config = {
  dataFolder: string
  keyFile: string
  listen: Address
  publicListen: Address
  /** How browsers reach the intranet listener; null: as the listener says. */
  url: string | null
  /** How Meta and customers reach the public listener; null: as the listener says. */
  publicUrl: string | null
  tls: Tls
  smtpUrl: string | null
  mailFrom: string | null
  graphUrl: string
  graphVersion: string
  /** Addresses or networks (CIDR) whose `X-Forwarded-*` count. */
  trustedProxies: readonly string[]
  logLevel: LogLevel
}

/** What is wrong with the configuration: one sentence for each trouble, saying what to do. */
export class ConfigRefused extends Error {
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join("\n"))
    this.name = "ConfigRefused"
  }
}

export type Variable = {
  name: string
  /** What holds when it is not set, in words; null: nothing. */
  standard: string | null
  help: string
  /** Its value is never shown. */
  secret: boolean
}

type Parsed<Value> = { value: Value } | { mustBe: string }
type Reading<Value> = Variable & { parse(text: string): Parsed<Value> }

const reading = <Value>(
  name: string,
  standard: string | null,
  help: string,
  parse: (text: string) => Parsed<Value>,
  secret = false,
): Reading<Value> => ({ name, standard, help, secret, parse })

const READINGS = {
  dataFolder: reading("SPORTELLO_DATA", "./data", "folder of the database", path),
  keyFile: reading(
    "SPORTELLO_KEY_FILE",
    "$SPORTELLO_DATA/master.key",
    "256-bit key that encrypts secrets in the database; created at first start; never in a backup",
    path,
  ),
  listen: reading("SPORTELLO_LISTEN", "127.0.0.1:8080", "intranet listener", address),
  publicListen: reading("SPORTELLO_PUBLIC_LISTEN", "127.0.0.1:8081", "public listener", address),
  url: reading("SPORTELLO_URL", "from the listener", "how browsers reach the intranet listener", webUrl),
  publicUrl: reading("SPORTELLO_PUBLIC_URL", "from the listener", "how Meta reaches the public listener", webUrl),
  certificate: reading("SPORTELLO_TLS_CERT", null, "certificate file (PEM) of the intranet listener", path),
  certificateKey: reading("SPORTELLO_TLS_KEY", null, "key file (PEM) of the certificate", path),
  tls: reading("SPORTELLO_TLS", null, "`self` makes its own authority and certificate", oneOf(["self"] as const)),
  smtpUrl: reading(
    "SPORTELLO_SMTP_URL",
    null,
    "mail server, e.g. smtp://127.0.0.1:1025; the admin page may override it",
    smtpUrl,
    true,
  ),
  mailFrom: reading("SPORTELLO_MAIL_FROM", null, "sender of the appliance's mail", mailAddress),
  graphUrl: reading("SPORTELLO_GRAPH_URL", "https://graph.facebook.com", "Cloud API host", webUrl),
  graphVersion: reading("SPORTELLO_GRAPH_VERSION", "v26.0", "version of the Cloud API", graphVersion),
  trustedProxies: reading(
    "SPORTELLO_TRUSTED_PROXIES",
    null,
    "addresses or networks, separated by commas, whose X-Forwarded-* count",
    proxies,
  ),
  logLevel: reading("SPORTELLO_LOG_LEVEL", "info", LOG_LEVELS.join(", "), oneOf(LOG_LEVELS)),
} as const

/** The table of variables, in the order of the README. */
export const VARIABLES: readonly Variable[] = Object.values(READINGS)

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the configuration. Throws ConfigRefused with everything that is wrong at once. */
export function readConfig(environment: Environment = process.env): Config {
  const wrong = unknownNames(environment)
  const read = <Value>({ name, parse }: Reading<Value>, standard?: string): Value | null => {
    const text = environment[name] || standard
    if (text === undefined) return null
    const parsed = parse(text)
    if ("value" in parsed) return parsed.value
    wrong.push(`${name} must be ${parsed.mustBe}.`)
    return null
  }
  const required = <Value>(one: Reading<Value>, standard = one.standard ?? ""): Value => read(one, standard) as Value
  const dataFolder = required(READINGS.dataFolder)
  const config: Config = {
    dataFolder,
    keyFile: required(READINGS.keyFile, join(dataFolder, "master.key")),
    listen: required(READINGS.listen),
    publicListen: required(READINGS.publicListen),
    url: read(READINGS.url),
    publicUrl: read(READINGS.publicUrl),
    tls: tlsFrom(read(READINGS.tls), read(READINGS.certificate), read(READINGS.certificateKey), wrong),
    smtpUrl: read(READINGS.smtpUrl),
    mailFrom: read(READINGS.mailFrom),
    graphUrl: required(READINGS.graphUrl),
    graphVersion: required(READINGS.graphVersion),
    trustedProxies: read(READINGS.trustedProxies) ?? [],
    logLevel: required(READINGS.logLevel),
  }
  if (wrong.length > 0) throw new ConfigRefused(wrong)
  return config
}

/** Makes the data folder where it is missing, and proves that it can be written. Throws ConfigRefused. */
export function prepareDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch {
    throw new ConfigRefused([
      `The data folder ${folder} cannot be written: give it to the user who runs sportello, or set SPORTELLO_DATA.`,
    ])
  }
}

/** `http://127.0.0.1:8080` for an address. */
export function urlOf(scheme: "http" | "https", { hostname, port }: Address): string {
  return `${scheme}://${isIP(hostname) === 6 ? `[${hostname}]` : hostname}:${port}`
}

function unknownNames(environment: Environment): string[] {
  const known = VARIABLES.map(({ name }) => name)
  return Object.keys(environment)
    .filter((name) => name.startsWith("SPORTELLO_") && !known.includes(name))
    .map((name) => {
      const meant = nearest(name, known)
      return `${name} is not a setting${meant ? `; did you mean ${meant}?` : ": `sportello help` lists them."}`
    })
}

function tlsFrom(own: "self" | null, certificate: string | null, key: string | null, wrong: string[]): Tls {
  if (own && (certificate || key)) wrong.push("Set either SPORTELLO_TLS=self or a certificate, not both.")
  if (own) return { kind: "self" }
  if (certificate === null && key === null) return { kind: "none" }
  if (certificate === null || key === null) {
    wrong.push(
      `SPORTELLO_TLS_CERT and SPORTELLO_TLS_KEY belong together: ${key ? "the first" : "the second"} is missing.`,
    )
    return { kind: "none" }
  }
  for (const [name, file] of [
    ["SPORTELLO_TLS_CERT", certificate],
    ["SPORTELLO_TLS_KEY", key],
  ])
    if (!statSync(file!, { throwIfNoEntry: false })?.isFile()) wrong.push(`${name} must be a file that can be read.`)
  return { kind: "files", certificate, key }
}

function path(text: string): Parsed<string> {
  return text.includes("\0") ? { mustBe: "a path" } : { value: resolve(text) }
}

function address(text: string): Parsed<Address> {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s/[\]]+)):(\d{1,5})$/.exec(text)
  const hostname = match?.[1] ?? match?.[2]
  const port = Number(match?.[3])
  if (!hostname || port > 65_535) return { mustBe: "an address and a port, e.g. 127.0.0.1:8080 or [::1]:8080" }
  return { value: { hostname, port } }
}

function webUrl(text: string): Parsed<string> {
  const url = URL.parse(text)
  const plain = url && (url.protocol === "https:" || url.protocol === "http:") && !url.username && !url.password
  if (!plain || url.search || url.hash) return { mustBe: "an http or https URL without user, query or fragment" }
  return { value: url.href.replace(/\/+$/, "") }
}

function smtpUrl(text: string): Parsed<string> {
  const url = URL.parse(text)
  const known = url && (url.protocol === "smtp:" || url.protocol === "smtps:") && url.hostname
  return known ? { value: text } : { mustBe: "an smtp or smtps URL, e.g. smtp://127.0.0.1:1025" }
}

function mailAddress(text: string): Parsed<string> {
  return /^[^@\s]+@[^@\s]+$|^[^<>\r\n]+<[^@\s<>]+@[^@\s<>]+>$/.test(text)
    ? { value: text }
    : { mustBe: "a mail address, e.g. sportello@example.com" }
}

function graphVersion(text: string): Parsed<string> {
  return /^v\d{1,3}\.\d{1,2}$/.test(text) ? { value: text } : { mustBe: "a version like v26.0" }
}

function proxies(text: string): Parsed<readonly string[]> {
  const entries = text.split(",").map((entry) => entry.trim())
  return entries.every(isNetwork)
    ? { value: entries }
    : { mustBe: "addresses or networks separated by commas, e.g. 10.0.0.5,10.1.0.0/16" }
}

function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Parsed<Word> {
  return (text) => {
    const word = words.find((candidate) => candidate === text)
    return word === undefined
      ? { mustBe: words.length === 1 ? `\`${words[0]}\`` : `one of ${words.join(", ")}` }
      : { value: word }
  }
}
