/** An agent with a conversation open, and the customer's phone. */
import { conversation } from "../journeys/scene.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import type { World } from "../support/world.ts"

export type CallRow = { id: number; state: string; ended: string | null; joinedAt: number | null }

export const callRows = (world: World): CallRow[] =>
  rowsOf(world.database.path, "SELECT id, state, ended, joinedAt FROM call ORDER BY id")

export async function talking(world: World) {
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  const anna = await sitDown(world, "anna")
  giulia.say("Can you show me?")
  await world.settle()
  const { id } = conversation(world, giulia)
  await anna.open(id)
  await world.settle()
  return { giulia, anna, id }
}

/** Starts a call and answers it with the link, as the agent's window does. */
export async function call(world: World, who: Desk, id: number) {
  const answer = await who.visitor.post(`/conversations/${id}/call`)
  await world.settle()
  return (await answer.json()) as { call: number; link: string | null; refused?: string; message?: string }
}

/** The customer's browser, which knows nothing but the link. */
export class Guest {
  readonly path: string

  constructor(
    private readonly world: World,
    link: string,
    readonly seat = "guest-seat",
  ) {
    this.path = new URL(link).pathname
  }

  page = () => this.world.answerPublic(new Request(`http://public.test${this.path}`))
  join = () => this.#post("join")
  leave = () => this.#post("leave", this.seat)
  say = (session: number, signal: unknown, seat = this.seat) =>
    this.#post("signals", JSON.stringify({ seat, session, signal }))
  listen = (more = "", seat = this.seat) =>
    this.world.answerPublic(
      new Request(`http://public.test${this.path}/events?seat=${seat}${more}`, {
        headers: { accept: "text/event-stream" },
      }),
    )

  async #post(what: string, body = "{}"): Promise<Response> {
    const answer = await this.world.answerPublic(
      new Request(`http://public.test${this.path}/${what}`, { method: "POST", body }),
    )
    await this.world.settle()
    return answer
  }
}

/** Reads what a stream says, event by event. */
export function heardFrom(response: Response) {
  const reader = response.body!.getReader()
  const decoder = new TextDecoder()
  let rest = ""
  return {
    async next(): Promise<{ event: string; data: Record<string, unknown>; id: number } | null> {
      for (;;) {
        const end = rest.indexOf("\n\n")
        if (end >= 0) {
          const block = rest.slice(0, end)
          rest = rest.slice(end + 2)
          const [, event] = /^event: (.*)$/m.exec(block) ?? []
          const [, data] = /^data: (.*)$/m.exec(block) ?? []
          const [, id] = /^id: (.*)$/m.exec(block) ?? []
          if (event && data) return { event, data: JSON.parse(data) as Record<string, unknown>, id: Number(id) }
          continue
        }
        const { value, done } = await reader.read()
        if (done) return null
        rest += decoder.decode(value, { stream: true })
      }
    },
    close: () => reader.cancel(),
  }
}
