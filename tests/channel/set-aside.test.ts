/** What webhooks brought and nobody could place: the admin is told, reads it as it came, and has it placed later. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { days, hours } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversations, GIULIA, textsIn } from "../journeys/scene.ts"
import { ACME, companyDocument, GLOBEX } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { envelope, inbound, post } from "../support/wire.ts"
import { openWorld, type World } from "../support/world.ts"
import { noticesOf, pageOf } from "../transfer/scene.ts"

let world: World
let giulia: Phone
beforeEach(async () => {
  world = await openWorld()
  giulia = world.simulator.phones.create(GIULIA)
})
afterEach(() => world.close())

const PATH = "/admin/set-aside"
const NEW_NUMBER = { ...ACME.number, phoneNumberId: "300540352242922", displayPhoneNumber: "+39 06 555 0300" }
const TOLD = "something that could not be placed"
/** As a line of the list; the newest is said aloud besides. */
const timesTold = (html: string) => html.match(new RegExp(`notice-words">[^<]*${TOLD}`, "g"))?.length ?? 0
const asideIds = () =>
  rowsOf<{ id: number }>(world.database.path, "SELECT id FROM quarantine ORDER BY id").map(({ id }) => id)

/** Giulia writes to a number of Acme that nobody has set up here. */
async function writesToNobody(text = "C'è qualcuno?", wamid = "wamid.lost") {
  expect(await post(world, inbound(giulia, { id: wamid, text }, NEW_NUMBER))).toBe(200)
  await world.settle()
}

/** The same company with the number that was missing. */
const withNewNumber = () => {
  const { tenants } = companyDocument()
  const [acme, globex] = tenants
  const [main] = acme!.channels
  const { verifiedName: _, ...number } = NEW_NUMBER
  return { tenants: [{ ...acme, channels: [main, { ...main, ...number, name: "Second" }] }, globex] }
}

const act = (desk: Desk, id: number, deed: string) => desk.post(`${PATH}/${id}/${deed}`)

describe("What is for a number that nobody has set up", () => {
  test("is kept as it came for the admin of the company that signed it, and for nobody else", async () => {
    await writesToNobody()
    const dora = await sitDown(world, "dora")
    const dora2 = await sitDown(world, "dora2")
    const page = await pageOf(dora, PATH)
    expect(page).toContain("For a number that is not set up here")
    expect(page).toContain(NEW_NUMBER.phoneNumberId)
    expect(page).toContain("qualcuno?")
    expect(await pageOf(dora2, PATH)).toContain("Nothing is set aside")
    expect(conversations(world)).toEqual([])
  })

  test("is told to admins once a day, with the way to it; supervisors are not bothered", async () => {
    await writesToNobody()
    await writesToNobody("Pronto?", "wamid.lost2")
    const dora = await sitDown(world, "dora")
    const carla = await sitDown(world, "carla")
    const dora2 = await sitDown(world, "dora2")
    const notices = await noticesOf(dora)
    expect(notices).toContain(TOLD)
    expect(timesTold(notices)).toBe(1)
    expect(notices).toContain(`href="${PATH}"`)
    expect(await noticesOf(carla)).not.toContain(TOLD)
    expect(await noticesOf(dora2)).not.toContain(TOLD)
    await dora.leave()
    await world.advance(days(1) + hours(1))
    await writesToNobody("Ancora qui", "wamid.lost3")
    expect(timesTold(await noticesOf(await sitDown(world, "dora")))).toBe(2)
  })

  test("finds its place once the number is set up, and the conversation goes its usual way", async () => {
    await writesToNobody()
    const dora = await sitDown(world, "dora")
    const [id = 0] = asideIds()
    expect(await act(dora, id, "placing")).toMatchObject({ refused: "set_aside.unknown_number" })
    await world.apply(withNewNumber())
    const anna = await sitDown(world, "anna")
    expect(await act(dora, id, "placing")).toBeNull()
    await world.settle()
    const [conversation] = conversations(world, giulia)
    expect(conversation).toMatchObject({ state: "offered", owner: anna.id })
    expect(textsIn(world, conversation?.id ?? 0)).toEqual(["C'è qualcuno?"])
    expect(asideIds()).toEqual([])
    expect((await dora.visitor.post(`${PATH}/${id}/placing`)).status).toBe(404)
  })

  test("is never placed in a company that did not sign it, though the number is theirs", async () => {
    const forged = inbound(giulia, { id: "wamid.forged", text: "Sono il titolare" }, ACME.number)
    expect(await post(world, forged, { secret: GLOBEX.number.appSecret })).toBe(200)
    const dora = await sitDown(world, "dora")
    const dora2 = await sitDown(world, "dora2")
    const [id = 0] = asideIds()
    expect(await act(dora2, id, "placing")).toMatchObject({ refused: "set_aside.unknown_number" })
    expect((await dora.visitor.post(`${PATH}/${id}/placing`)).status).toBe(404)
    expect(conversations(world)).toEqual([])
  })
})

describe("What cannot be understood", () => {
  test("can be looked at and removed, and not be tried again", async () => {
    expect(await post(world, "no json at all")).toBe(200)
    const dora = await sitDown(world, "dora")
    const [id = 0] = asideIds()
    const page = await pageOf(dora, PATH)
    expect(page).toContain("Not what WhatsApp sends")
    expect(page).not.toContain("/placing")
    expect(await act(dora, id, "placing")).toMatchObject({ refused: "set_aside.not_understood" })
    expect(await act(dora, id, "removing")).toBeNull()
    expect(await pageOf(dora, PATH)).toContain("Nothing is set aside")
  })
})

describe("WhatsApp's news of the account", () => {
  test("is on the same page in words, and a restriction is told at once", async () => {
    const quality = {
      field: "phone_number_quality_update",
      value: { display_phone_number: "39065550100", event: "FLAGGED", current_limit: "TIER_10K" },
    }
    expect(await post(world, envelope([quality]))).toBe(200)
    await world.settle()
    const dora = await sitDown(world, "dora")
    const page = await pageOf(dora, PATH)
    expect(page).toContain("Quality of a number")
    expect(page).toContain("FLAGGED")
    expect(await noticesOf(dora)).toContain("news of your account")
    expect(await pageOf(await sitDown(world, "dora2"), PATH)).toContain("No news")
  })
})
