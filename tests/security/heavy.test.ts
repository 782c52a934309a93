/**
 * One request that is meant to be too heavy, against a process of its own: how much memory it takes at its highest, and
 * for how long the thread that answers everybody could at most have been held, which is what it has reckoned meanwhile.
 */
import { afterAll, beforeAll, expect, test } from "bun:test"
import { readFileSync, rmSync, writeFileSync } from "node:fs"
import { sign } from "~/whatsapp/signature.ts"
import { atPort, freePorts, furnishedFolder, type Server, signIn, startServer } from "../faults/server.ts"
import { ACME } from "../support/cast.ts"
import { Visitor } from "../support/visitor.ts"

const MOST_MEGABYTES = 160
const MOST_HELD_MS = 1_500
/** The system counts a thread's time in hundredths of a second. */
const TICK_MS = 10
const MEGABYTE = 1_048_576

let server: Server
let anna: Visitor
let folder: string
beforeAll(async () => {
  folder = await furnishedFolder()
  server = await startServer(folder, await freePorts())
  anna = await signIn(server)
}, 60_000)
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const megabytes = (line: string): number =>
  Number(new RegExp(`${line}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${server.pid}/status`, "utf8"))?.[1]) / 1_024
/** What the thread that answers has reckoned so far. */
const reckonedMs = (): number => {
  const [, times = ""] = readFileSync(`/proc/${server.pid}/task/${server.pid}/stat`, "utf8").split(") ")
  const [user = 0, system = 0] = times.split(" ").slice(11, 13).map(Number)
  return (user + system) * TICK_MS
}

async function measured(attack: () => Promise<number>) {
  writeFileSync(`/proc/${server.pid}/clear_refs`, "5")
  const memory = megabytes("VmRSS")
  const reckoned = reckonedMs()
  const status = await attack()
  return { status, grown: megabytes("VmHWM") - memory, held: reckonedMs() - reckoned }
}

const publicly = (init: RequestInit) => fetch(`http://127.0.0.1:${server.publicPort}/webhooks/whatsapp`, init)
const signed = async (body: Uint8Array<ArrayBuffer>) => {
  const headers = { "content-type": "application/json", "x-hub-signature-256": sign(ACME.number.appSecret, body) }
  return (await publicly({ method: "POST", headers, body })).status
}
/** A body that goes on and on: whoever reads it to its end has a gigabyte. */
function endless(of: string): ReadableStream<Uint8Array> {
  const piece = new TextEncoder().encode(of.repeat(MEGABYTE / of.length))
  let sent = 0
  return new ReadableStream({
    pull(controller) {
      sent += 1
      if (sent > 1_024) controller.close()
      else controller.enqueue(piece)
    },
  })
}
/** A server that hangs up in the middle of it has answered too. */
const orHungUp = (status: Promise<number>) => status.catch(() => 413)
const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const repeated = (text: string, megabytesOfIt: number) =>
  text.repeat(Math.floor((megabytesOfIt * MEGABYTE) / text.length))

const ATTACKS: Readonly<Record<string, () => Promise<number>>> = {
  "a webhook without end, with a signature of the right shape": () =>
    orHungUp(
      publicly({
        method: "POST",
        body: endless("a"),
        headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${"0".repeat(64)}` },
      }).then(({ status }) => status),
    ),
  "a signed webhook of a million empty brackets": () =>
    signed(bytes(`${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}`)),
  "a signed webhook of very many entries": () =>
    signed(bytes(`{"object":"whatsapp_business_account","entry":[${repeated('{"id":"1"},', 3.5)}{"id":"1"}]}`)),
  "a signed webhook of one long word": () => signed(bytes(`{"object":"${repeated("é", 1.8)}"}`)),
  "a form without end": () =>
    orHungUp(
      fetch(`http://127.0.0.1:${server.port}/login`, {
        method: "POST",
        body: endless("username=a&"),
        headers: { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" },
      }).then(({ status }) => status),
    ),
  "twenty thousand fields": async () =>
    (
      await anna.postAll(
        "/profile/password",
        Array.from({ length: 20_000 }, (_, index) => [`f${index}`, "x"]),
      )
    ).status,
  "words that a careless pattern never gets through": async () =>
    (await anna.get(`/customers?q=${encodeURIComponent(`${"a ".repeat(3_000)}!`)}`)).status,
  "a password of a megabyte": async () =>
    (await anna.post("/profile/password", { current: "a".repeat(MEGABYTE), password: "b", repeated: "b" })).status,
  "an address of a megabyte": async () =>
    (await anna.post("/password/forgotten", { known: `${"a".repeat(MEGABYTE)}@` })).status,
  "a passkey's answer of nothing but brackets": async () => {
    const stranger = new Visitor((request) => fetch(atPort(request, server.port), { redirect: "manual" }))
    await stranger.get("/login")
    const fields = { question: "A".repeat(4_000), answer: "[".repeat(30_000), next: "/", language: "" }
    return (await stranger.post("/login/passkey", { ...fields, shownLanguage: "en" })).status
  },
}

test.each(Object.keys(ATTACKS))(
  "%s takes neither the memory nor the time of others",
  async (name) => {
    const { status, grown, held } = await measured(ATTACKS[name]!)
    const within = [grown < MOST_MEGABYTES, held < MOST_HELD_MS]
    expect([name, Math.round(grown), held, status < 500, ...within]).toEqual([
      name,
      Math.round(grown),
      held,
      true,
      true,
      true,
    ])
    expect((await fetch(`http://127.0.0.1:${server.port}/health`)).status).toBe(200)
    expect((await anna.get("/profile")).status).toBe(200)
  },
  60_000,
)

test("what is measured would show: honest pages take time, and the process has some memory", async () => {
  const { held } = await measured(async () => {
    for (let times = 0; times < 300; times++) await anna.get("/profile")
    return 200
  })
  expect(held).toBeGreaterThan(TICK_MS)
  expect(megabytes("VmHWM")).toBeGreaterThan(20)
}, 60_000)
