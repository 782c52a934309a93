/**
 * V17: a day at the office in words that nobody else uses. None of them may be found where operators and strangers look:
 * the log at its most talkative, the counters, the health page, refusals and errors, and the addresses that are visited.
 */
import { expect, test } from "bun:test"
import { userByUsername } from "~/account/queries.ts"
import { hours, minutes } from "~/kernel/clock.ts"
import type { Log, LogFields } from "~/kernel/log.ts"
import { conversation, GIULIA } from "../journeys/scene.ts"
import { ACME, companyDocument, PASSWORD } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { codeFrom, Newcomer } from "../support/newcomer.ts"
import { openWorld } from "../support/world.ts"

const CUSTOMER = { name: "Ermenegilda Canarino", phone: "+39 345 555 0999" }
const SAID = "kanarienvogel-inbound"
const ANSWERED = "kanarienvogel-outbound"
const NOTED = "kanarienvogel-note"
const WRONG = "kanarienvogel-wrong-password"
const OWN = "kanarienvogel own password"
const MAIL = "ermenegilda@kanarien.test"

/** Everything that must not be seen; numbers in every way of writing them. */
const CANARIES = [
  "Ermenegilda",
  "Canarino",
  "kanarien",
  "345 555 0999",
  "3455550999",
  "345-555-0999",
  PASSWORD,
  ACME.number.accessToken,
  ACME.number.appSecret,
  ACME.number.verifyToken,
]

function listening() {
  const lines: string[] = []
  const note = (event: string, fields: LogFields = {}) => void lines.push(JSON.stringify({ event, ...fields }))
  const log: Log = { debug: note, info: note, warn: note, error: note }
  return { lines, log }
}

test("nobody's name, number, words, token or password is in the log, the counters, errors or addresses", async () => {
  const { lines, log } = listening()
  const [acme, globex] = companyDocument().tenants
  const paolo = { username: "paolo", firstName: "Paolo", lastName: "Canarino", level: "agent", email: MAIL }
  const users = [...(acme?.users ?? []), paolo]
  const world = await openWorld({ document: { tenants: [{ ...acme, users }, globex] }, log })
  const addresses: string[] = []
  const errors: string[] = []
  const watched = async (request: Request): Promise<Response> => {
    addresses.push(request.url)
    const answer = await world.answer(request)
    addresses.push(answer.headers.get("location") ?? "")
    if (answer.status >= 400) errors.push(await answer.clone().text())
    return answer
  }
  const seen = { ...world, answer: watched }

  const phone = world.simulator.phones.create(CUSTOMER)
  const other = world.simulator.phones.create(GIULIA)
  phone.say(SAID)
  other.say("Good morning")
  await world.settle()
  const anna = await sitDown(seen, "anna")
  const { id } = conversation(world, phone)
  await anna.open(id)
  await anna.reply(id, ANSWERED)
  await anna.post(`/conversations/${id}/notes`, { text: NOTED, clientId: "note-1" })
  await world.settle()

  // WhatsApp does not take it, is not there, and comes back.
  world.network.down = true
  await anna.reply(id, `${ANSWERED} twice`)
  await world.advance(minutes(5))
  world.network.down = false
  await world.advance(minutes(30))
  // Everything that is refused: too long, not theirs, not there, no form, a webhook with a false signature.
  await anna.reply(id, `${ANSWERED} ${"x".repeat(5_000)}`)
  await anna.post(`/conversations/4711/messages`, { text: ANSWERED, clientId: "x" })
  await anna.visitor.post(`/conversations/${id}/messages`, { text: ANSWERED, kanarien: SAID })
  await anna.visitor.get(`/conversations/${id}/nothing`)
  const forged = {
    method: "POST",
    headers: { "x-hub-signature-256": "sha256=00" },
    body: JSON.stringify({ text: SAID }),
  }
  expect((await world.answerPublic(new Request("http://public.test/webhooks/whatsapp", forged))).status).toBe(401)
  // Somebody fails to sign in, is invited, comes in, sets up a second factor, forgets and resets.
  const stranger = new Newcomer(watched)
  await stranger.signIn("anna", WRONG)
  await stranger.signIn("kanarienvogel-nobody", WRONG)
  const dora = await sitDown(seen, "dora", { listening: false })
  const row = userByUsername(world.database.appliance.read, "paolo")
  world.mailbox.answers = { result: "not_now", reason: "unreachable", answer: `550 <${MAIL}> is kanarien` }
  expect(await dora.post(`/admin/users/${row?.id}/invitation`)).toBeNull()
  await world.advance(minutes(2))
  world.mailbox.answers = null
  await world.advance(minutes(61))
  const oneTime = /(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/.exec(world.mailbox.to(MAIL).text)?.[0] ?? ""
  expect(oneTime).not.toBe("")
  const newcomer = new Newcomer(watched)
  await newcomer.signIn("paolo", oneTime)
  await newcomer.open("/login/password")
  expect((await newcomer.send("/login/password", { password: OWN, repeated: OWN })).path).toBe("/profile")
  const factor = (await newcomer.send("/profile/second-factor", { proof: OWN })).text
  const secret = /<code class="code">([A-Z2-7 ]+)<\/code>/.exec(factor)?.[1]?.replaceAll(" ", "") ?? ""
  await newcomer.send("/profile/second-factor/confirmation", { code: codeFrom(factor, world.clock) })
  await world.kill()
  await world.advance(hours(2))

  const places = {
    log: lines.join("\n"),
    metrics: await (await world.answer(new Request("http://127.0.0.1:8080/metrics"))).text(),
    health: await (await world.answer(new Request("http://127.0.0.1:8080/health"))).text(),
    errors: errors.join("\n").replaceAll(/value="[^"]*"/g, ""),
    addresses: addresses.join("\n"),
  }
  for (const [place, text] of Object.entries(places))
    for (const canary of [...CANARIES, oneTime, secret])
      expect([place, canary, text.toLowerCase().includes(canary.toLowerCase())]).toEqual([place, canary, false])
  // The premises: the day was talked about, and the words were really there.
  expect(lines.length).toBeGreaterThan(5)
  expect(errors.length).toBeGreaterThan(4)
  expect(await anna.visitor.panel(`/conversations/${id}/thread`)).toContain(SAID)
  await world.close()
}, 60_000)
