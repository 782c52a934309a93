import { afterEach, describe, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import { conversation, GIULIA, timeline } from "../journeys/scene.ts"
import { office, withSkillsets } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

const CARLA = { username: "carla", level: "supervisor", skillsets: [] }
const said = (html: string) => html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ")

async function waiting(document: unknown, start?: number) {
  world = await openWorld({ document, ...(start === undefined ? {} : { start }) })
  const carla = await sitDown(world, "carla")
  const giulia = world.simulator.phones.create(GIULIA)
  const write = async () => {
    giulia.say("Buongiorno")
    await world.settle()
    return conversation(world, giulia).id
  }
  const why = async (id: number, { visitor }: Desk = carla) => said(await visitor.panel(`/conversations/${id}/why`))
  return { carla, giulia, write, why }
}

describe("Why it waits", () => {
  test("a supervisor reads one word for each agent of the skillset", async () => {
    const hands = [
      { username: "anna", most: 0 },
      { username: "bruno" },
      { username: "dino" },
      { username: "elsa" },
      { username: "sara", skillsets: ["Service"] },
      CARLA,
    ]
    const { write, why } = await waiting(office(hands))
    const [, bruno, dino] = [await sitDown(world, "anna"), await sitDown(world, "bruno"), await sitDown(world, "dino")]
    await bruno.status("break")
    await dino.status("back_office")
    const text = await why(await write())
    expect(text).toContain("Why the conversation with Giulia Lombardi waits")
    expect(text).toContain("It is first in the queue of Sales")
    for (const line of ["Anna Rossi Full 0/0", "Bruno Rossi Break", "Dino Rossi Back office", "Elsa Rossi Signed out"])
      expect(text).toContain(line)
    expect(text).not.toContain("Sara")
  })

  test("whose connection is lost is told from who has signed out, in the words of the page of agents", async () => {
    const { write, why } = await waiting(office([{ username: "anna" }, { username: "bruno" }, CARLA]))
    const anna = await sitDown(world, "anna")
    const bruno = await sitDown(world, "bruno")
    anna.leave()
    await bruno.signOut()
    await world.advance(minutes(3))
    const text = await why(await write())
    expect(text).toContain("Anna Rossi Disconnected")
    expect(text).toContain("Bruno Rossi Signed out")
  })

  test("who let it pass, and who joins in when", async () => {
    const hands = [{ username: "anna" }, { username: "sara", skillsets: ["Service"] }, CARLA]
    const overflow = { skillset: "Service", afterSeconds: 600 }
    const document = withSkillsets(office(hands, { settings: { missedOffersUntilBreak: 1 } }), [
      { name: "Sales", overflow },
      { name: "Service" },
    ])
    const { write, why } = await waiting(document)
    const anna = await sitDown(world, "anna")
    const id = await write()
    await world.advance(minutes(3))
    expect(await why(id)).toContain("Service joins in at 10:10")
    expect(await why(id)).toContain("Anna Rossi Break")
    await world.advance(minutes(8))
    const text = await why(id)
    expect(text).toContain("Service, joined in")
    expect(text).toContain("Sara Rossi Signed out")
    expect(anna.id).toBeGreaterThan(0)
  })

  test("a closed number, a manual skillset and an end of waiting are said as such", async () => {
    const hands = [{ username: "anna" }, CARLA]
    const hours = { weekly: { mon: ["12:00-18:00"] } }
    const manual = withSkillsets(office(hands), [{ name: "Sales", strategy: "manual" }, { name: "Service" }])
    const { write, why } = await waiting(office(hands, { hours }))
    const anna = await sitDown(world, "anna")
    const id = await write()
    expect(await why(id)).toContain("The service number is closed")
    expect(await why(id)).toContain("Anna Rossi Could have it")
    await world.apply({
      tenants: manual.tenants.map((one) => ({ ...one, channels: office(hands).tenants[0]?.channels })),
    })
    expect(await why(id)).toContain("Nobody is pushed here")
    expect(await why(id)).toContain("Anna Rossi May take it")
    await anna.take(id)
    expect(await why(id)).toContain("It does not wait for an agent any more")
  })

  test("only those who supervise may ask", async () => {
    const { write, carla } = await waiting(office([{ username: "anna" }, CARLA]))
    const id = await write()
    const anna = await sitDown(world, "anna")
    expect((await anna.visitor.get(`/conversations/${id}/why`)).status).toBe(403)
    expect(await carla.visitor.panel(`/conversations/${id}/details`)).not.toContain(`/conversations/${id}/why`)
    await anna.status("break")
    await world.advance(minutes(4))
    expect(await carla.visitor.panel(`/conversations/${id}/details`)).toContain(`/conversations/${id}/why`)
  })
})

describe("A person and the appliance at the same moment", () => {
  test("who takes it has it: the appliance backs off, in either order of the two", async () => {
    for (const first of ["person", "appliance"] as const) {
      const { write } = await waiting(office([{ username: "anna", most: 5 }, { username: "marco" }, CARLA]))
      const anna = await sitDown(world, "anna")
      const marco = await sitDown(world, "marco")
      await anna.status("back_office")
      await marco.status("break")
      const id = await write()
      const take = () => anna.take(id)
      const ready = () => marco.status("ready")
      const [one, other] = first === "person" ? [take(), ready()] : [ready(), take()]
      const [answer] = first === "person" ? await Promise.all([one, other]) : await Promise.all([other, one])
      await world.settle()
      const kinds = timeline(world, id).map(({ kind }) => kind)
      if (first === "person") {
        expect(answer).toBeNull()
        expect(kinds.at(-1)).toBe("conversation.activated")
        expect(kinds).not.toContain("conversation.offered")
      } else expect(answer).toMatchObject({ refused: "conversation.offered_to_another" })
      if (first === "person") await world.close()
    }
  })

  test("a supervisor's choice stands over what the appliance has just offered", async () => {
    const { write, carla } = await waiting(office([{ username: "anna" }, { username: "marco" }, CARLA]))
    const anna = await sitDown(world, "anna")
    const marco = await sitDown(world, "marco")
    const id = await write()
    expect(timeline(world, id).at(-1)).toMatchObject({ kind: "conversation.offered", data: { agent: anna.id } })
    const fields = { to: "user", user: String(marco.id), mode: "immediate", note: "", search: "", onlyReady: "" }
    expect(await carla.post(`/conversations/${id}/transfer`, fields)).toBeNull()
    await world.settle()
    expect(await anna.open(id)).toMatchObject({ refused: "conversation.offered_to_another" })
    expect(await marco.open(id)).toBeNull()
  })

  test("what was handed to a skillset does not return to the customer's last agent", async () => {
    const both = ["Sales", "Service"]
    const hands = [{ username: "anna", skillsets: both }, { username: "sara", skillsets: ["Service"] }, CARLA]
    const { write, giulia, carla } = await waiting(office(hands))
    const anna = await sitDown(world, "anna")
    const first = await write()
    expect([await anna.open(first), await anna.close(first)]).toEqual([null, null])
    const second = await write()
    expect(await anna.open(second)).toBeNull()
    const sara = await sitDown(world, "sara")
    const skillset = rowsOf<{ id: number }>(
      world.database.path,
      "SELECT id FROM skillset WHERE tenant = ? AND name = 'Service'",
      anna.tenant,
    )[0]?.id
    const fields = {
      to: "skillset",
      skillset: String(skillset),
      mode: "immediate",
      note: "",
      search: "",
      onlyReady: "",
    }
    await world.advance(1)
    expect(await carla.post(`/conversations/${second}/transfer`, fields)).toBeNull()
    await world.settle()
    const offered = timeline(world, second).findLast(({ kind }) => kind === "conversation.offered")
    expect(offered?.data).toMatchObject({ agent: sara.id, reason: { strategy: "least_loaded" } })
    expect(conversation(world, giulia).id).toBe(second)
  })
})
