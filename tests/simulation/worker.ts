/** An agent of a long run: a shift with its breaks, one thing at a time, and the conversations in the order of their urgency. */
import { SeededChance } from "~/kernel/chance.ts"
import { hours, type Instant, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Desk, type Refusal, sitDown } from "../support/desk.ts"
import { about, happens, oneOf } from "./agenda.ts"
import type { Person } from "./company.ts"
import { type Course, type Held, noteRefusal } from "./course.ts"

/** How long an agent lets a customer be silent before closing. */
const PATIENCE = minutes(6)

type Task = { kind: "open" | "answer" | "close"; conversation: Held }

export type Worker = ReturnType<typeof createWorker>

export function createWorker(course: Course, person: Person, seed: number) {
  const { world, agenda, callers } = course
  const chance = new SeededChance(seed)
  const me = course.users.get(person.username) ?? 0
  let desk: Desk | null = null
  /** Something is being done, or thought about. */
  let busy = false
  let onPause = false
  const mySkillsets = person.skillsets.flatMap((name) => course.skillsets.get(name) ?? [])

  const mine = (): readonly Held[] => course.held.get(me) ?? []
  const tell = (refusal: Refusal) => noteRefusal(course, refusal)

  /** Looks at the screen: is there anything to do, and nothing else being done? */
  function look(): void {
    if (busy || !desk) return
    const task = mostUrgent()
    if (!task && mine().length < person.most) helpMyself()
    if (!task) return
    busy = true
    agenda.in(about(chance, timeFor[task.kind]), async () => {
      busy = false
      const now = mostUrgent()
      if (now && desk) await perform[now.kind](desk, now.conversation)
    })
  }

  /** Where nobody is pushed, agents take what waits for them. */
  function helpMyself(): void {
    const next = mySkillsets.flatMap((skillset) => course.waiting.get(skillset)?.[0] ?? [])[0]
    if (next === undefined || onPause) return
    busy = true
    agenda.in(about(chance, seconds(40)), async () => {
      busy = false
      if (desk && !onPause) tell(await desk.take(next))
    })
  }

  function mostUrgent(): Task | null {
    const [first] = mine()
      .map((conversation) => taskOf(conversation, world.clock.now(), callers.isDone(conversation.caller)))
      .filter((task) => task !== null)
      .sort((a, b) => URGENCY[a.kind] - URGENCY[b.kind] || a.conversation.stateSince - b.conversation.stateSince)
    return first ?? null
  }

  const perform: Record<Task["kind"], (desk: Desk, conversation: Held) => Promise<void>> = {
    async open(desk, { id }) {
      if (happens(chance, 4)) agenda.in(minutes(1), () => {})
      else if (happens(chance, 3)) tell(await desk.post(`/conversations/${id}/declining`, { reason: "Not mine" }))
      else tell(await desk.open(id))
    },
    async answer(desk, conversation) {
      if (happens(chance, 6)) return transfer(desk, conversation)
      if (happens(chance, 4)) return park(desk, conversation)
      const { id, caller } = conversation
      const refusal = await desk.reply(id, `Answer ${chance.below(1_000)}`, `${me}-${chance.below(2 ** 31)}`)
      tell(refusal)
      if (!refusal) callers.hear(caller)
    },
    async close(desk, { id }) {
      tell(await desk.read(id))
      tell(await desk.close(id))
    },
  }

  async function transfer(desk: Desk, { id }: Held): Promise<void> {
    const mode = happens(chance, 25) ? "exclusive" : "immediate"
    const to: Record<string, string> = happens(chance, 60)
      ? { to: "user", user: String(oneOf(chance, [...course.users.values()])) }
      : { to: "skillset", skillset: String(oneOf(chance, [...course.skillsets.values()])) }
    tell(await desk.post(`/conversations/${id}/transfer`, { ...to, mode, note: "" }))
  }

  /** Puts it aside, and sometimes takes it up again before the customer has written. */
  async function park(desk: Desk, { id }: Held): Promise<void> {
    tell(await desk.park(id, happens(chance, 50) ? "personal" : "public"))
    if (happens(chance, 50)) agenda.in(about(chance, minutes(5)), async () => tell(await desk.unpark(id)))
  }

  /** Arrives, eats, goes; on some days the line is bad, or a quarter of an hour of paperwork is due. */
  function plan(day: Instant): void {
    const early = happens(chance, 50)
    const begins = day + (early ? hours(7.75) : hours(11)) + chance.below(minutes(25))
    const ends = day + (early ? hours(16.25) : hours(19.75)) + chance.below(minutes(20))
    agenda.at(begins, arrive)
    agenda.at(begins + hours(3.5) + chance.below(hours(1)), () => pause("break", minutes(40)))
    if (happens(chance, 40)) agenda.at(begins + chance.below(hours(3)), () => pause("back_office", minutes(12)))
    if (course.options.faults && happens(chance, 30)) agenda.at(begins + chance.below(hours(7)), loseConnection)
    agenda.at(ends, async () => {
      onPause = true
      tell((await desk?.status("back_office")) ?? null)
    })
    agenda.at(ends + minutes(10), leave)
  }

  async function arrive(): Promise<void> {
    desk = await sitDown(world, person.username)
    onPause = false
    tell(await desk.status("ready"))
  }

  async function pause(status: "break" | "back_office", usual: number): Promise<void> {
    if (!desk) return
    onPause = true
    tell(await desk.status(status))
    agenda.in(about(chance, usual), async () => {
      onPause = false
      tell((await desk?.status("ready")) ?? null)
    })
  }

  async function loseConnection(): Promise<void> {
    const lost = desk
    await lost?.leave()
    desk = null
    agenda.in(about(chance, minutes(2)), async () => {
      if (!lost?.isSignedIn()) return
      await lost.comeBack()
      desk = lost
    })
  }

  async function leave(): Promise<void> {
    const leaving = desk
    desk = null
    if (leaving) tell(await leaving.signOut())
  }

  return { id: me as Id, plan, look, desk: () => desk, chance }
}

const URGENCY = { open: 0, answer: 1, close: 2 }
const timeFor = { open: seconds(8), answer: seconds(35), close: seconds(15) }

function taskOf(conversation: Held, now: Instant, isDone: boolean): Task | null {
  const { state, lastInboundAt, lastOutboundAt } = conversation
  if (state === "offered") return { kind: "open", conversation }
  const answered = lastOutboundAt !== null && lastOutboundAt >= (lastInboundAt ?? 0)
  if (!answered) return { kind: "answer", conversation }
  const isOver = isDone ? now > lastOutboundAt + seconds(90) : now > lastOutboundAt + PATIENCE
  return isOver ? { kind: "close", conversation } : null
}
