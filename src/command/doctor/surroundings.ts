/** What doctor looks at outside the database: folder, key, room, ports, clock, the way to Meta. */
import { accessSync, constants, existsSync, statSync } from "node:fs"
import { connect, createServer } from "node:net"
import { join } from "node:path"
import { type Address, type Config, urlOf } from "~/config.ts"
import { databasePath } from "~/database/folder.ts"
import { KeyRefused, readKey } from "~/database/key-file.ts"
import { days, type Instant, seconds } from "~/kernel/clock.ts"
import { type DiskRoom, systemDisk } from "~/kernel/disk.ts"
import { tlsFolder } from "~/listeners.ts"
import { type CertificateEnd, isScarce, type Room, roomStanding } from "~/tenant/rules/health.ts"
import { CertificateRefused, expiryOf, readPair } from "~/web/tls/certificates.ts"

import { VERSION } from "../version.ts"

export type Finding = { verdict: "ok" | "warning" | "trouble"; about: string; sentence: string }

export const finding = (verdict: Finding["verdict"], about: string, sentence: string): Finding => ({
  verdict,
  about,
  sentence,
})

export function examineFolder({ dataFolder }: Config): Finding {
  if (!existsSync(dataFolder))
    return finding("ok", "folder", `${dataFolder} is not there yet; the first start makes it.`)
  try {
    accessSync(dataFolder, constants.W_OK | constants.X_OK)
    return finding("ok", "folder", dataFolder)
  } catch {
    return finding("trouble", "folder", `${dataFolder} cannot be written: give it to the user who runs sportello.`)
  }
}

export function examineKey({ dataFolder, keyFile }: Config): Finding {
  if (!existsSync(keyFile) && !existsSync(databasePath(dataFolder)))
    return finding("ok", "key", `${keyFile} is not there yet; the first start makes it.`)
  try {
    readKey(keyFile)
    return finding("ok", "key", `${keyFile}; keep a copy of it apart from the backups.`)
  } catch (error) {
    if (error instanceof KeyRefused) return finding("trouble", "key", error.message)
    throw error
  }
}

/** An upgrade copies the database first, and a backup is as large again. */
export function examineRoom(config: Config): Finding {
  if (!existsSync(config.dataFolder)) return finding("ok", "room", "nothing to measure yet.")
  const room = roomOf(config, systemDisk(config.dataFolder))
  const verdict = roomStanding(room)
  const sentence = `${Math.floor(room.freeBytes / 1e6)} MB free.`
  if (verdict === "trouble") return finding(verdict, "room", `${sentence} That is less than 5 %.`)
  if (verdict === "ok") return finding(verdict, "room", sentence)
  const why = isScarce(room) ? "That is less than 15 %." : "A copy of the database would not fit."
  return finding(verdict, "room", `${sentence} ${why}`)
}

const roomOf = ({ dataFolder }: Config, room: DiskRoom): Room => ({
  ...room,
  databaseBytes: statSync(databasePath(dataFolder), { throwIfNoEntry: false })?.size ?? 0,
})

/** What a running appliance says of itself, when it is asked. */
export const surroundingsOf = (config: Config, room: () => DiskRoom) => ({
  surroundings: () => ({ version: VERSION, room: roomOf(config, room()), certificate: certificateEnd(config) }),
})

function certificateEnd(config: Config): CertificateEnd | null {
  const { tls } = config
  if (tls.kind === "none") return null
  try {
    return { endsAt: expiryOf(readPair(certificateFiles(config)).cert), isOwn: tls.kind === "self" }
  } catch (error) {
    if (error instanceof CertificateRefused) return null
    throw error
  }
}

const EARLIEST: Instant = Date.UTC(2026, 0, 1)

export function examineClock(now: Instant, newestAt: Instant | null): Finding {
  if (now < EARLIEST) return finding("trouble", "clock", "It is wrong by years: set it, and let NTP keep it.")
  if (newestAt !== null && now < newestAt - seconds(5))
    return finding("trouble", "clock", "It shows less than the newest record in the database: it was set back.")
  return finding(
    "ok",
    "clock",
    new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" }).format(now),
  )
}

/** Whether an address is free to listen on. */
export function examinePort(about: string, address: Address): Promise<Finding> {
  const text = urlOf("http", address).slice("http://".length)
  return new Promise((resolve) => {
    const server = createServer()
    server.once("error", ({ message }) => resolve(finding("trouble", about, `${text} cannot be used: ${message}.`)))
    server.listen(address.port, address.hostname, () => {
      server.close(() => resolve(finding("ok", about, `${text} is free.`)))
    })
  })
}

const PATIENCE = seconds(5)

/** Whether the host of the Cloud API takes a connection from here. */
export function examineGraph({ graphUrl }: Config): Promise<Finding> {
  const { hostname, port, protocol } = new URL(graphUrl)
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) || (protocol === "https:" ? 443 : 80) })
    const end = (verdict: Finding["verdict"], sentence: string) => {
      socket.destroy()
      resolve(finding(verdict, "cloud api", sentence))
    }
    socket.setTimeout(PATIENCE, () => end("trouble", `${graphUrl} does not answer.`))
    socket.once("error", ({ message }) => end("trouble", `${graphUrl} cannot be reached: ${message}.`))
    socket.once("connect", () => end("ok", `${graphUrl} can be reached.`))
  })
}

const SOON = days(30)

/** The certificate of the intranet listener, read from its files; null without TLS. */
export function examineCertificate(config: Config, now: Instant): Finding | null {
  const { tls } = config
  if (tls.kind === "none") return null
  const files = certificateFiles(config)
  if (tls.kind === "self" && !existsSync(files.certificate))
    return finding("ok", "certificate", "It is not there yet; the first start makes it.")
  try {
    return judged(expiryOf(readPair(files).cert), now, tls.kind)
  } catch (error) {
    if (error instanceof CertificateRefused) return finding("trouble", "certificate", error.message)
    throw error
  }
}

function certificateFiles(config: Config): { certificate: string; key: string } {
  const own = join(tlsFolder(config), "server")
  return config.tls.kind === "files" ? config.tls : { certificate: `${own}.crt`, key: `${own}.key` }
}

function judged(endsAt: Instant, now: Instant, kind: "files" | "self"): Finding {
  const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" }).format(endsAt)
  if (kind === "self") return finding("ok", "certificate", `The appliance's own; good until ${day}, renewed by itself.`)
  if (endsAt <= now) return finding("trouble", "certificate", `It ended on ${day}: browsers refuse it.`)
  return finding(endsAt - now < SOON ? "warning" : "ok", "certificate", `It is good until ${day}.`)
}
