/**
 * Networks of their own for a test: a house with an appliance, an agent's and a customer's, joined by a bridge and by
 * nothing else. No way leads out of them; each can be cut as by pulling the plug.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

export type Place = "house" | "agent" | "guest"
const PLACES: readonly Place[] = ["house", "agent", "guest"]
const ADDRESSES: Readonly<Record<Place, string>> = { house: "10.77.0.1", agent: "10.77.0.2", guest: "10.77.0.3" }
const NAME = /^sportello-(\d+)-/
const nameOf = (place: string) => `sportello-${process.pid}-${place}`

const attempt = (...words: string[]) => Bun.spawnSync(["ip", ...words], { env: { ...process.env, PATH } })
const PATH = `${process.env.PATH}:/usr/sbin:/sbin`

function ip(...words: string[]): string {
  const { exitCode, stdout, stderr } = attempt(...words)
  if (exitCode !== 0) throw new Error(`ip ${words.join(" ")}: ${stderr.toString().trim()}`)
  return stdout.toString()
}

/** Whether this user may make networks here; what it takes is root, or what root has of it. */
export function mayMakeNetworks(): boolean {
  if (Bun.which("ip", { PATH }) === null || attempt("netns", "add", nameOf("probe")).exitCode !== 0) return false
  const isPossible = attempt("-n", nameOf("probe"), "link", "add", "bridge0", "type", "bridge").exitCode === 0
  attempt("netns", "del", nameOf("probe"))
  return isPossible
}

/** What a run that was killed has left. */
function sweep(): void {
  for (const name of ip("netns", "list")
    .split("\n")
    .map((line) => line.split(" ")[0] ?? "")) {
    const owner = NAME.exec(name)?.[1]
    if (owner !== undefined && !isAlive(Number(owner))) attempt("netns", "del", name)
  }
}
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

export class Networks {
  readonly address = ADDRESSES
  readonly #folder = mkdtempSync(join(tmpdir(), "sportello-networks-"))

  constructor() {
    sweep()
    for (const place of PLACES) {
      ip("netns", "add", nameOf(place))
      ip("-n", nameOf(place), "link", "set", "lo", "up")
    }
    ip("-n", nameOf("house"), "link", "add", "bridge0", "type", "bridge")
    ip("-n", nameOf("house"), "addr", "add", `${ADDRESSES.house}/24`, "dev", "bridge0")
    ip("-n", nameOf("house"), "link", "set", "bridge0", "up")
    for (const place of ["agent", "guest"] as const) {
      const cable = ["link", "add", place, "type", "veth", "peer", "name", "cable", "netns", nameOf(place)]
      ip("-n", nameOf("house"), ...cable)
      ip("-n", nameOf("house"), "link", "set", place, "master", "bridge0", "up")
      ip("-n", nameOf(place), "addr", "add", `${ADDRESSES[place]}/24`, "dev", "cable")
      ip("-n", nameOf(place), "link", "set", "cable", "up")
    }
  }

  /** How a command is started in one of them. */
  in(place: Place, command: readonly string[]): string[] {
    return ["ip", "netns", "exec", nameOf(place), ...command]
  }

  /** The same as one executable file. */
  executable(place: Place, command: string): string {
    const path = join(this.#folder, place)
    writeFileSync(path, `#!/bin/sh\nPATH=$PATH:/usr/sbin:/sbin\nexec ${this.in(place, [command]).join(" ")} "$@"\n`, {
      mode: 0o755,
    })
    return path
  }

  /** Which ways lead out of a network: those to its neighbours. */
  ways = (place: Place): string[] => ip("-n", nameOf(place), "route", "list").trim().split("\n")

  /** The plug is pulled, and put back. */
  cut = (place: "agent" | "guest") => void ip("-n", nameOf(place), "link", "set", "cable", "down")
  mend = (place: "agent" | "guest") => void ip("-n", nameOf(place), "link", "set", "cable", "up")

  /** From now on agent and customer reach the house, and each other no more: as between two companies' firewalls. */
  part(): void {
    for (const place of ["agent", "guest"])
      ip("-n", nameOf("house"), "link", "set", place, "type", "bridge_slave", "isolated", "on")
  }

  close(): void {
    for (const place of PLACES) attempt("netns", "del", nameOf(place))
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
