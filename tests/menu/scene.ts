/** Acme with a menu on its number, Giulia's phone, and what can be seen of the two. */
import { type Milliseconds, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Phone } from "~/simulator/phone.ts"
import { ACME, office } from "../support/cast.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

export const MENU = {
  greeting: "Welcome to Acme. What is it about?",
  style: "buttons",
  choices: [
    {
      title: "Sales",
      words: ["buy", "comprare"],
      skillset: "Sales",
      answer: "What would you like to buy?",
      choices: [
        { title: "Bikes", priority: 3, answer: "Our bike people are coming." },
        { title: "Città", skillset: "Service" },
      ],
    },
    { title: "Repairs", skillset: "Service" },
  ],
  talkToPerson: { title: "Talk to a person", words: ["human"], answer: "Somebody will be with you." },
  wrongAnswer: "I did not understand.",
}

type Hands = Parameters<typeof office>[0]

/** One number with `menu`, its default skillset being Sales; nobody is signed in until a test says so. */
export const companyWith = (menu: unknown, more: { hands?: Hands; channel?: object } = {}) => {
  const hands = more.hands ?? [
    { username: "anna", skillsets: ["Sales"] },
    { username: "marco", skillsets: ["Service"] },
    { username: "carla", skillsets: [], level: "supervisor" },
    { username: "ivo", skillsets: ["Service"], isolated: true },
  ]
  const document = office(hands)
  const [tenant] = document.tenants
  const [channel] = tenant!.channels
  return { tenants: [{ ...tenant, channels: [{ ...channel, menu, ...more.channel }] }] }
}

export async function openScene(menu: unknown = MENU, more: Parameters<typeof companyWith>[1] = {}) {
  const world = await openWorld({ document: companyWith(menu, more) })
  const giulia = world.simulator.phones.create({ name: "Giulia", phone: "+39 345 555 0172" })
  return { world, giulia, ...sightOf(world, giulia) }
}
export type Scene = Awaited<ReturnType<typeof openScene>>

/** A customer takes a while to read. */
const READING: Milliseconds = seconds(20)

const sightOf = (world: World, giulia: Phone) => {
  const rows = <Row extends Record<string, unknown>>(sql: string) => rowsOf<Row>(world.database.path, sql)
  return {
    rows,
    async write(text: string, after = READING) {
      await world.advance(after)
      giulia.say(text)
      await world.settle()
    },
    async send(content: Parameters<Phone["send"]>[0], after = READING) {
      await world.advance(after)
      giulia.send(content)
      await world.settle()
    },
    /** Presses a button or row of the last question, or of an earlier one. */
    async press(title: string, message = giulia.received().at(-1)!.id) {
      await world.advance(READING)
      giulia.tap(message, title)
      await world.settle()
    },
    /** What the phone shows of us, oldest first. */
    heard: () => giulia.received().map(({ words }) => words.text),
    lastChoices: () =>
      giulia
        .received()
        .at(-1)
        ?.words.choices?.choices.map(({ title }) => title) ?? [],
    /** The newest conversation, its skillset by name. */
    conversation: () =>
      rows<{ id: Id; state: string; skillset: string | null; priority: number; owner: Id | null; unreadCount: number }>(
        "SELECT c.*, s.name AS skillset FROM conversation c LEFT JOIN skillset s ON s.id = c.skillset ORDER BY c.id DESC",
      )[0]!,
    /** How the menu ended, as the thread shows it. */
    ends: () =>
      rows<{ data: string }>("SELECT data FROM event WHERE kind = 'conversation.menu_ended' ORDER BY id").map(
        ({ data }) => {
          const { how, path } = JSON.parse(data) as { how: string; path: string }
          return { how, path }
        },
      ),
    number: ACME.number,
  }
}
