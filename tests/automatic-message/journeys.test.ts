import { afterEach, describe, expect, test } from "bun:test"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import type { Phone } from "~/simulator/phone.ts"
import { conversation, GIULIA, messages, PAOLO, received, timeline } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"
import type { World } from "../support/world.ts"
import { skillsetOf, toSkillset, toUser } from "../transfer/scene.ts"
import { company, openShop, TEXTS } from "./scene.ts"

let world: World
afterEach(() => world.close())

const WELCOME = "Hello Giulia Lombardi, welcome to Acme."
const number = (position: number) => `You are number ${position} for Sales.`

async function write(phone: Phone, text = "Buongiorno") {
  phone.say(text)
  await world.advance(seconds(10))
}
const giuliaCalls = () => world.simulator.phones.create(GIULIA)
const idOf = (phone: Phone) => conversation(world, phone).id

describe("Whoever writes", () => {
  test("is welcomed by name, and told the place in the queue while nobody is free", async () => {
    world = await openShop()
    const giulia = giuliaCalls()
    const paolo = world.simulator.phones.create(PAOLO)
    await write(giulia)
    await write(paolo)
    expect(received(giulia)).toEqual([WELCOME, number(1)])
    expect(received(paolo)).toEqual(["Hello Paolo Verdi, welcome to Acme.", number(2)])
  })

  test("is told of no queue when an agent has it at once", async () => {
    world = await openShop()
    await sitDown(world, "anna")
    const giulia = giuliaCalls()
    await write(giulia)
    expect(conversation(world, giulia).state).toBe("offered")
    expect(received(giulia)).toEqual([WELCOME])
  })

  test("hears of the queue when the agent lets it pass and nobody else is there, once a wait", async () => {
    world = await openShop()
    const anna = await sitDown(world, "anna")
    const giulia = giuliaCalls()
    await write(giulia)
    await anna.leave()
    await world.advance(minutes(3))
    expect(received(giulia)).toEqual([WELCOME, number(1)])
    await anna.comeBack()
    await anna.leave()
    await world.advance(minutes(20))
    expect(timeline(world, idOf(giulia)).filter(({ kind }) => kind === "conversation.queued").length).toBeGreaterThan(2)
    expect(received(giulia)).toEqual([WELCOME, number(1)])
  })

  test("hears one welcome and one place in the queue, whether one message comes or fifty", async () => {
    world = await openShop()
    const giulia = giuliaCalls()
    for (let line = 0; line < 50; line++) giulia.say(`riga ${line}`)
    await world.advance(minutes(1))
    expect(messages(world, idOf(giulia)).filter(({ direction }) => direction === "in")).toHaveLength(50)
    expect(received(giulia)).toEqual([WELCOME, number(1)])
  })

  test("is welcomed anew only after the number's own time", async () => {
    world = await openShop({ messages: { welcome: TEXTS.welcome } })
    const giulia = giuliaCalls()
    const talk = async () => {
      const anna = await sitDown(world, "anna")
      await write(giulia)
      expect(await anna.open(idOf(giulia))).toBeNull()
      expect(await anna.close(idOf(giulia))).toBeNull()
      await anna.leave()
    }
    await talk()
    await world.advance(hours(11))
    await talk()
    expect(received(giulia)).toEqual([WELCOME])
    await world.advance(hours(1))
    await talk()
    expect(received(giulia)).toEqual([WELCOME, WELCOME])
  })

  test("is spoken to in the language of the number's country, if it is written", async () => {
    world = await openShop({ messages: { welcome: { en: "Hello", it: "Buongiorno {customer.name}" } } })
    const giulia = giuliaCalls()
    const james = world.simulator.phones.create({ name: "James", phone: "+44 7700 900142" })
    await write(giulia)
    await write(james)
    expect(received(giulia)).toEqual(["Buongiorno Giulia Lombardi"])
    expect(received(james)).toEqual(["Hello"])
  })

  test("hears nothing where nothing is written, and nothing more once it is switched off", async () => {
    world = await openShop({ messages: null })
    const giulia = giuliaCalls()
    const paolo = world.simulator.phones.create(PAOLO)
    await write(giulia)
    expect(received(giulia)).toEqual([])
    await world.apply(company({ messages: { welcome: { en: "Hello" } } }))
    await world.apply(company({ messages: { welcome: null } }))
    await write(paolo)
    expect(received(paolo)).toEqual([])
  })

  test("is owed an answer still: what the number says is none", async () => {
    world = await openShop()
    const giulia = giuliaCalls()
    await write(giulia)
    expect(conversation(world, giulia)).toMatchObject({ unreadCount: 1, lastOutboundAt: null })
    expect(messages(world, idOf(giulia)).filter(({ direction }) => direction === "out")).toMatchObject([
      { author: null },
      { author: null },
    ])
  })
})

describe("What the number says by itself", () => {
  test("is no news to the agent: lists and pop-ups show what the customer said", async () => {
    world = await openShop()
    const anna = await sitDown(world, "anna")
    await write(giuliaCalls(), "La bici non frena")
    const list = await anna.visitor.panel("/conversations")
    expect(list).toContain("La bici non frena")
    expect(list).not.toContain("welcome to Acme")
  })

  test("leaves the menu to greet, and speaks when it is over", async () => {
    const menu = {
      greeting: "What is it about?",
      talkToPerson: "A person",
      wrongAnswer: "Pardon?",
      choices: [
        { title: "Sales", skillset: "Sales", answer: "Very well." },
        { title: "Service", skillset: "Service" },
      ],
    }
    world = await openShop({ channel: { menu } })
    const giulia = giuliaCalls()
    await write(giulia)
    expect(received(giulia)).toEqual(["What is it about?"])
    await write(giulia, "Sales")
    expect(received(giulia)).toEqual(["What is it about?", "Very well.", number(1)])
  })
})

describe("When the number is closed", () => {
  /** Monday, 5 January 2026, ten minutes before noon in Rome. */
  const BEFORE_LUNCH = Date.UTC(2026, 0, 5, 10, 50)
  const SPLIT = { weekly: { mon: ["09:00-12:00", "14:00-18:00"], tue: ["09:00-12:00"] } }
  const open = () => openShop({ hours: SPLIT }, BEFORE_LUNCH)
  const closedUntil = (time: string) => `We are closed. We open ${time}.`

  test("whoever writes hears when it opens, once, and waits for the opening", async () => {
    world = await open()
    await sitDown(world, "anna")
    await world.advance(minutes(15))
    const giulia = giuliaCalls()
    await write(giulia)
    await write(giulia, "C'è nessuno?")
    expect(received(giulia)).toEqual([closedUntil("14:00")])
    expect(conversation(world, giulia).state).toBe("queued")
    await world.advance(hours(2))
    expect(conversation(world, giulia).state).toBe("offered")
    expect(received(giulia)).toEqual([closedUntil("14:00")])
  })

  test("closing time tells those who wait; who is with an agent goes on", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    const giulia = giuliaCalls()
    const paolo = world.simulator.phones.create(PAOLO)
    await write(giulia)
    await anna.open(idOf(giulia))
    await write(paolo)
    await world.advance(minutes(15))
    expect(received(paolo).at(-1)).toBe(closedUntil("14:00"))
    await write(giulia, "Ancora una cosa")
    await write(paolo, "Aspetto")
    expect(received(giulia)).toEqual([WELCOME])
    expect(received(paolo)).toHaveLength(3)
  })

  test("an agent who has gone home does not answer, so the number does", async () => {
    world = await open()
    const anna = await sitDown(world, "anna")
    const giulia = giuliaCalls()
    await write(giulia)
    await anna.open(idOf(giulia))
    await world.advance(minutes(15))
    await anna.leave()
    await world.advance(minutes(3))
    await write(giulia, "Ancora una cosa")
    expect(received(giulia)).toEqual([WELCOME, closedUntil("14:00")])
  })

  test("the next closing is told anew", async () => {
    world = await open()
    await world.advance(minutes(15))
    const giulia = giuliaCalls()
    await write(giulia)
    await world.advance(hours(7))
    await write(giulia, "E adesso?")
    expect(received(giulia)).toEqual([closedUntil("14:00"), closedUntil("Tuesday 09:00")])
  })

  test("hours changed by hand in between make another closing of it", async () => {
    world = await open()
    await world.advance(minutes(15))
    const giulia = giuliaCalls()
    await write(giulia)
    await world.apply(company({ hours: "always" }))
    await world.apply(company({ hours: { weekly: { tue: ["10:00-12:00"] } } }))
    expect(received(giulia)).toEqual([closedUntil("14:00"), closedUntil("Tuesday 10:00")])
  })

  test("closed by a supervisor's word, it says until when", async () => {
    world = await open()
    const carla = await sitDown(world, "carla")
    const giulia = giuliaCalls()
    await write(giulia)
    await carla.post(`/channels/${conversation(world, giulia).channel}/forced-hours`, {
      state: "closed",
      until: "15:30",
    })
    await world.advance(seconds(10))
    expect(received(giulia)).toEqual([WELCOME, number(1), closedUntil("15:30")])
  })

  test("the menu asks first, and the opening is told when it is over", async () => {
    const menu = {
      greeting: "What is it about?",
      talkToPerson: "A person",
      wrongAnswer: "Pardon?",
      choices: [
        { title: "Sales", skillset: "Sales" },
        { title: "Service", skillset: "Service" },
      ],
    }
    world = await openShop({ hours: SPLIT, channel: { menu } }, BEFORE_LUNCH)
    await world.advance(minutes(15))
    const giulia = giuliaCalls()
    await write(giulia)
    await write(giulia, "Service")
    expect(received(giulia)).toEqual(["What is it about?", closedUntil("14:00")])
  })

  test("a number that never opens says so gracefully", async () => {
    world = await openShop({ hours: { weekly: {} } }, BEFORE_LUNCH)
    const giulia = giuliaCalls()
    await write(giulia)
    await world.advance(hours(30))
    await write(giulia)
    expect(received(giulia)).toEqual([closedUntil("again soon")])
  })
})

describe("What was on its way for hours", () => {
  /** WhatsApp reaches the number again only after this long. */
  async function cutOff(span: number, more: Parameters<typeof openShop>[0] = {}) {
    world = await openShop(more)
    const giulia = giuliaCalls()
    world.simulator.faults.add({ fault: { kind: "webhook-outage" } })
    giulia.say("Buongiorno")
    await world.advance(span)
    world.simulator.faults.clear()
    await world.advance(hours(2))
    return giulia
  }

  test("is answered by people alone: nobody is greeted, or told of a moment that is over", async () => {
    const giulia = await cutOff(hours(3))
    expect(conversation(world, giulia)).toMatchObject({ state: "queued", lastInboundAt: expect.any(Number) })
    expect(received(giulia)).toEqual([])
    await write(giulia, "Ci siete?")
    expect(received(giulia)).toEqual([])
  })

  test("while the number is closed, the opening is told to whoever writes next", async () => {
    const giulia = await cutOff(hours(3), { hours: { weekly: { sun: ["09:00-18:00"] } } })
    expect(received(giulia)).toEqual([])
    await write(giulia, "Ci siete?")
    expect(received(giulia)).toEqual(["We are closed. We open Sunday 09:00."])
  })

  test("some minutes are no delay, and a number may greet however late", async () => {
    expect(received(await cutOff(minutes(10)))).toEqual([WELCOME, number(1)])
    await world.close()
    const greeting = { channel: { settings: { silentWhenLateMinutes: 0 } } }
    expect(received(await cutOff(hours(3), greeting))).toEqual([WELCOME, number(1)])
  })
})

describe("Parking and closing", () => {
  const silent = { settings: { parkSilentAfterMinutes: 30, closeParkedAfterHours: 2 } }

  async function talk(more: Parameters<typeof openShop>[0] = {}) {
    world = await openShop(more)
    const anna = await sitDown(world, "anna")
    const giulia = giuliaCalls()
    await write(giulia)
    await anna.open(idOf(giulia))
    await anna.reply(idOf(giulia), "Mi dica")
    await anna.leave()
    await world.advance(seconds(10))
    return { anna, giulia, heard: () => received(giulia).slice(2) }
  }

  test("the customer hears when their silence parks it, and when it is closed after a while", async () => {
    const { heard } = await talk({ channel: silent })
    await world.advance(minutes(30))
    expect(heard()).toEqual(["Write again when it suits you."])
    await world.advance(hours(2))
    expect(heard()).toEqual(["Write again when it suits you.", "We have not heard from you."])
  })

  test("parked for its agent, it says whose", async () => {
    const { heard } = await talk({ channel: { settings: { ...silent.settings, parkSilentAs: "personal" } } })
    await world.advance(minutes(30))
    expect(heard()).toEqual(["Write again when it suits you. Anna"])
  })

  test("without words of its own the automatic closing uses the usual ones", async () => {
    const { heard } = await talk({ channel: silent, messages: { ...TEXTS, parked: null, closed_automatically: null } })
    await world.advance(hours(3))
    expect(heard()).toEqual(["Goodbye from all of us."])
  })

  test("an agent's closing says goodbye, once", async () => {
    const { anna, giulia, heard } = await talk()
    await anna.close(idOf(giulia))
    await world.advance(seconds(10))
    expect(heard()).toEqual(["Goodbye from Anna."])
    expect(conversation(world, giulia).state).toBe("closed")
  })

  test("after the 24 hours nothing is said, and the thread says so", async () => {
    const { giulia, heard } = await talk({ channel: { settings: { ...silent.settings, closeParkedAfterHours: 30 } } })
    await world.advance(hours(31))
    expect(conversation(world, giulia).state).toBe("closed")
    expect(heard()).toEqual(["Write again when it suits you."])
    expect(timeline(world, idOf(giulia)).at(-1)).toMatchObject({
      kind: "conversation.message_withheld",
      data: { why: "window_closed" },
    })
  })
})

describe("The end of the 24 hours", () => {
  const REMINDER = "Write to us within two hours."
  const reminding = { messages: { window_reminder: TEXTS.window_reminder } }
  const settings = { settings: { windowReminderBeforeMinutes: 120 } }

  async function talk(more: Parameters<typeof openShop>[0] = {}) {
    world = await openShop({ ...reminding, channel: settings, ...more })
    const anna = await sitDown(world, "anna")
    const giulia = giuliaCalls()
    await write(giulia)
    await anna.open(idOf(giulia))
    await anna.leave()
    const answer = async () => {
      const again = await sitDown(world, "anna")
      expect(await again.reply(idOf(giulia), "Mi faccia sapere")).toBeNull()
      await again.leave()
      await world.advance(seconds(10))
    }
    return { giulia, answer, reminders: () => received(giulia).filter((text) => text === REMINDER).length }
  }

  test("a customer who owes the answer is reminded in time, once", async () => {
    const { answer, reminders } = await talk()
    await answer()
    await world.advance(hours(22) - minutes(1))
    expect(reminders()).toBe(0)
    await world.advance(minutes(1))
    expect(reminders()).toBe(1)
    await answer()
    await world.advance(hours(2))
    expect(reminders()).toBe(1)
  })

  test("while we owe the answer nobody is reminded", async () => {
    const { giulia, answer, reminders } = await talk()
    await answer()
    await world.advance(minutes(1))
    await write(giulia, "E quindi?")
    await world.advance(hours(24))
    expect(reminders()).toBe(0)
  })

  test("switched on in the middle of a conversation it counts for that one too", async () => {
    const { answer, reminders } = await talk({ channel: {} })
    await answer()
    await world.apply(company({ ...reminding, channel: settings }))
    await world.advance(hours(22))
    expect(reminders()).toBe(1)
    await world.apply(company({ ...reminding, channel: { settings: { windowReminderBeforeMinutes: 180 } } }))
    await world.advance(minutes(30))
    expect(reminders()).toBe(1)
  })

  test("a new message begins new 24 hours, with a reminder of their own", async () => {
    const { giulia, answer, reminders } = await talk()
    await answer()
    await world.advance(hours(22))
    await write(giulia, "Ci sono")
    await answer()
    await world.advance(hours(20))
    expect(reminders()).toBe(1)
    await world.advance(hours(2))
    expect(reminders()).toBe(2)
  })

  test("in the wait queue it is said as well, and nobody is woken while the number is closed", async () => {
    const parking = { settings: { ...settings.settings, parkSilentAfterMinutes: 30 } }
    const { answer, reminders } = await talk({ channel: parking })
    await answer()
    await world.advance(hours(22))
    expect(reminders()).toBe(1)
    await world.close()
    const night = await talk({ hours: { weekly: { mon: ["09:00-18:00"] } } })
    await night.answer()
    await world.advance(hours(24))
    expect(night.reminders()).toBe(0)
  })

  test("its moment does not come again because something else of the conversation changes", async () => {
    const { giulia, answer, reminders } = await talk({
      hours: { weekly: { mon: ["09:00-18:00"], tue: ["09:00-18:00"] } },
    })
    await answer()
    await world.advance(hours(23))
    const anna = await sitDown(world, "anna")
    expect(await anna.park(idOf(giulia), "personal")).toBeNull()
    expect(await anna.unpark(idOf(giulia))).toBeNull()
    await world.advance(hours(2))
    expect(reminders()).toBe(0)
  })
})

describe("Whatever happens to the machine", () => {
  const ends: [string, () => Promise<void>][] = [
    ["a restart", () => world.restart()],
    ["a kill", () => world.kill()],
  ]

  test.each(ends)("%s right after the message loses no text and doubles none", async (_name, interrupt) => {
    world = await openShop()
    const giulia = giuliaCalls()
    giulia.say("Buongiorno")
    await world.database.idle()
    await interrupt()
    await world.advance(minutes(1))
    expect(received(giulia)).toEqual([WELCOME, number(1)])
    await write(giulia, "Ci siete?")
    expect(received(giulia)).toEqual([WELCOME, number(1)])
  })

  test.each(ends)("%s over closing time: those who wait hear of it at start, once", async (_name, interrupt) => {
    world = await openShop(
      { hours: { weekly: { mon: ["09:00-12:00"], tue: ["09:00-12:00"] } } },
      Date.UTC(2026, 0, 5, 10, 50),
    )
    const giulia = giuliaCalls()
    await write(giulia)
    world.clock.jumpTo(Date.UTC(2026, 0, 5, 11, 20))
    await interrupt()
    await interrupt()
    await world.advance(minutes(1))
    expect(received(giulia)).toEqual([WELCOME, number(1), "We are closed. We open Tuesday 09:00."])
  })
})

describe("A transfer", () => {
  async function talk(messages: unknown) {
    world = await openShop({ messages })
    const anna = await sitDown(world, "anna")
    const giulia = giuliaCalls()
    await write(giulia)
    await anna.open(idOf(giulia))
    return { anna, giulia, id: idOf(giulia) }
  }
  const only = { transferred: TEXTS.transferred, queued: TEXTS.queued }

  test("tells the customer who goes on; the note stays in the house", async () => {
    const { anna, giulia, id } = await talk(only)
    const marco = await sitDown(world, "marco")
    expect(await toUser(anna, id, marco.id, { note: "Vuole uno sconto" })).toBeNull()
    await world.advance(seconds(10))
    expect(received(giulia)).toEqual(["Marco of Sales goes on."])
  })

  test("to a skillset where nobody is free says which, and the place in its queue", async () => {
    const { anna, giulia, id } = await talk(only)
    expect(await toSkillset(anna, id, skillsetOf(world, "Service"))).toBeNull()
    await world.advance(seconds(10))
    expect(received(giulia)).toEqual(["A colleague of Service goes on.", "You are number 1 for Service."])
  })

  test("to one agent only, who is away, counts nobody's place", async () => {
    const { anna, giulia, id } = await talk(only)
    const marco = await sitDown(world, "marco")
    await marco.status("break")
    await toUser(anna, id, marco.id, { mode: "exclusive" })
    await world.advance(seconds(10))
    expect(received(giulia)).toEqual(["Marco of Sales goes on."])
  })

  test("to and fro while nobody writes is told once", async () => {
    const { anna, giulia, id } = await talk(only)
    const marco = await sitDown(world, "marco")
    await toUser(anna, id, marco.id)
    await marco.open(id)
    await toUser(marco, id, anna.id)
    await anna.open(id)
    await world.advance(seconds(10))
    expect(received(giulia)).toHaveLength(1)
    await write(giulia, "Con chi parlo?")
    await toUser(anna, id, marco.id)
    await world.advance(seconds(10))
    expect(received(giulia)).toHaveLength(2)
  })

  test("where nothing is written for it, the customer hears nothing of it", async () => {
    const { anna, giulia, id } = await talk({ welcome: TEXTS.welcome })
    const marco = await sitDown(world, "marco")
    await toUser(anna, id, marco.id)
    await world.advance(seconds(10))
    expect(received(giulia)).toEqual([WELCOME])
  })
})
