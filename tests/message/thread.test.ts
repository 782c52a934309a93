import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { minutes, seconds } from "~/kernel/clock.ts"
import { dayStart, itemsAround, itemsFrom } from "~/message/queries/around.ts"
import { readCursor, type ThreadItem, threadItems, writeCursor } from "~/message/queries/thread.ts"
import { lastLines } from "~/message/queries.ts"
import { type House, openConversation, openHouse } from "./house.ts"

let house: House
beforeEach(async () => {
  house = await openHouse()
  await house.annaReady()
  await house.outbox.start()
})
afterEach(() => house.close())

const page = (conversation: number, before: ThreadItem | null, limit: number) =>
  threadItems(house.database.tenant(house.aurora.tenant).read, conversation, {
    before: before && readCursor(writeCursor(before)),
    limit,
    viewer: house.aurora.anna.id,
  })

describe("The thread", () => {
  test("tells what was said and what happened, in one line of time", async () => {
    const { giulia, conversation } = await openConversation(house)
    await house.pass(minutes(1))
    await house.reply(conversation, "Buongiorno!")
    await house.pass(minutes(1))
    giulia.say("Quanto costa?")
    await house.settle()
    const told = page(conversation, null, 50).map((item) => (item.type === "event" ? item.kind : item.text))
    expect(told).toEqual(["opened", "queued", "Buongiorno", "offered", "activated", "Buongiorno!", "Quanto costa?"])
  })

  test("names who did what, and why the conversation went to them", async () => {
    const { conversation } = await openConversation(house)
    const events = page(conversation, null, 50).filter((item) => item.type === "event")
    expect(events.find(({ kind }) => kind === "offered")?.data).toMatchObject({
      agentName: "Anna",
      reasonStrategy: "least_loaded",
      reasonSkillsetName: "Service",
    })
    expect(events.find(({ kind }) => kind === "activated")).toMatchObject({ actorName: "Anna" })
  })

  test("shows when a message was written, received and read, and by whom", async () => {
    const { conversation } = await openConversation(house)
    await house.pass(seconds(30))
    await house.markSeen(conversation)
    const message = page(conversation, null, 50).find(({ type }) => type === "message")
    const at = house.clock.now()
    expect(message).toMatchObject({
      times: { sentByCustomer: at - 30_000, deliveredToSystem: at - 30_000, readByAgent: at, readByAgentName: "Anna" },
    })
  })

  test("quotes what a message answers", async () => {
    const { giulia, conversation } = await openConversation(house)
    await house.reply(conversation, "Lunedì o martedì?")
    await house.pass(seconds(10))
    giulia.say("La seconda", { quote: giulia.received()[0]!.id })
    await house.settle()
    expect(page(conversation, null, 1)).toMatchObject([
      { text: "La seconda", quoted: { authorName: "Anna", kind: "text", text: "Lunedì o martedì?" } },
    ])
  })

  test("read page by page is the same thread, nothing twice and nothing missing", async () => {
    const { giulia, conversation } = await openConversation(house)
    for (let line = 0; line < 30; line++) giulia.say(`Line ${line}`)
    await house.settle()
    const whole = page(conversation, null, 100)
    const pages: ThreadItem[][] = []
    for (let before: ThreadItem | null = null; ; before = pages[0]![0]!) {
      const next = page(conversation, before, 7)
      if (next.length === 0) break
      pages.unshift(next)
    }
    expect(pages.flat()).toEqual(whole)
    expect(pages.slice(1).every(({ length }) => length === 7)).toBe(true)
  })

  test("of another company is empty", async () => {
    const { conversation } = await openConversation(house)
    expect(house.thread(conversation, house.bora.tenant)).toEqual([])
  })

  test.each(["", "1", "1-2-3", "-1-2", "a-b", "1-1e3", "0-0"])("%p is no place in a thread", (text) => {
    expect(readCursor(text)).toBeNull()
  })
})

test("the list shows the last line of each conversation that has one", async () => {
  const { giulia, conversation } = await openConversation(house)
  giulia.say("Ci siete?")
  await house.settle()
  const lines = lastLines(house.database.tenant(house.aurora.tenant).read, [conversation, 12345])
  expect([...lines]).toMatchObject([[conversation, { direction: "in", text: "Ci siete?", status: "received" }]])
})

describe("A stretch of the past", () => {
  const reader = () => house.database.tenant(house.aurora.tenant).read
  const words = (items: readonly ThreadItem[]) => items.flatMap((item) => (item.type === "message" ? [item.text] : []))

  /** 200 messages, a minute apart. */
  async function longThread() {
    const { giulia, conversation } = await openConversation(house)
    for (let index = 0; index < 200; index++) {
      giulia.say(`Riga ${index}`)
      await house.pass(minutes(1))
    }
    const all = page(conversation, null, 1_000)
    const placeOf = (text: string) => all.find((item) => item.type === "message" && item.text === text)!
    return { conversation, placeOf, viewer: house.aurora.anna.id }
  }

  test("has what was said before and after a place, and says where the rest begins", async () => {
    const { conversation, placeOf, viewer } = await longThread()
    const until = placeOf("Riga 150")
    const stretch = itemsAround(reader(), conversation, { viewer, at: placeOf("Riga 50"), until })
    expect(words(stretch.items)).toEqual(Array.from({ length: 60 }, (_, index) => `Riga ${index + 30}`))
    expect(stretch.newerFrom).toMatchObject({ id: placeOf("Riga 90").id })
    expect(stretch.olderFrom).toMatchObject({ id: placeOf("Riga 30").id })
    const next = itemsFrom(reader(), conversation, { viewer, at: placeOf("Riga 90"), until })
    expect([words(next.items).at(0), words(next.items).at(-1)]).toEqual(["Riga 90", "Riga 129"])
    const last = itemsFrom(reader(), conversation, { viewer, at: placeOf("Riga 130"), until })
    expect([words(last.items).length, words(last.items).at(-1), last.newerFrom]).toEqual([20, "Riga 149", null])
  })

  test("joins what the page has without a gap where it is near", async () => {
    const { conversation, placeOf, viewer } = await longThread()
    const until = placeOf("Riga 150")
    const { items, newerFrom } = itemsAround(reader(), conversation, { viewer, at: placeOf("Riga 140"), until })
    expect([words(items).at(0), words(items).at(-1), newerFrom]).toEqual(["Riga 120", "Riga 149", null])
  })
})

test("a day begins on the clocks of its timezone, on the day of a change too", () => {
  expect(dayStart("Europe/Rome", "2026-11-20")).toEqual({ at: Date.UTC(2026, 10, 19, 23), id: 0 })
  expect(dayStart("Europe/Rome", "2026-03-30")).toEqual({ at: Date.UTC(2026, 2, 29, 22), id: 0 })
  for (const nonsense of ["", "2026-13-40", "yesterday", "20261120"])
    expect(dayStart("Europe/Rome", nonsense)).toBeNull()
})
