/** One conversation of ten messages, of a thousand, of fifty thousand: opening it, going back in it, searching it. */
import { conversationHead } from "~/conversation/queries/console.ts"
import { SYSTEM, type UserActor } from "~/facts.ts"
import { itemsAround } from "~/message/queries/around.ts"
import { hitsIn } from "~/message/queries/searching.ts"
import { type ThreadCursor, threadItems } from "~/message/queries/thread.ts"
import { insertReceived } from "~/message/store.ts"
import { removeAtEnd } from "./appliance.ts"
import type { Course } from "./course.ts"
import { openInside, timeEach } from "./inside.ts"
import { type Figure, median } from "./measure.ts"
import { agentId, conversationId, placeIn, seed } from "./seed.ts"

const SIZES = [10, 1_000, 50_000] as const
const FROM = Date.UTC(2026, 0, 1)
const APART_MS = 60_000

export async function conversations({ binary }: Course): Promise<Figure[]> {
  const { folder } = await seed(binary, { agents: 5, activeEach: 3, queued: 0, openMessages: 0, pastMessages: 0 })
  removeAtEnd(folder)
  const { channel, skillset } = placeIn(folder)
  const file = await openInside(folder)
  for (const [index, size] of SIZES.entries()) await fill(file, { conversation: conversationId(index), channel, size })
  const actor: UserActor = { kind: "user", id: agentId(0), level: "supervisor", isolated: false, skillsets: [skillset] }
  const viewer = { viewer: agentId(0), actor }
  const { read } = file.tenant
  const cost = (calls: number, work: (id: number, size: number) => unknown) =>
    SIZES.map((size, index) => median(timeEach(calls, () => work(conversationId(index), size))))
  const open = cost(200, (id) => {
    conversationHead(read, actor, id)
    threadItems(read, id, { ...viewer, before: null, limit: 60 })
  })
  const back = cost(200, (id, size) =>
    itemsAround(read, id, { ...viewer, at: { at: FROM + (size / 2) * APART_MS, id: 1 }, until: null }),
  )
  const search = cost(10, (id) => searchAll(read, id))
  await file.close()
  const perMessage = search.map((took, index) => took / (SIZES[index] ?? 1))
  return [
    ratio("opening", open, [2, 1]),
    ratio("going back to its middle", back, [2, 1]),
    ratio("searching all of it, a message", perMessage, [2, 1]),
  ]
}

const ratio = (what: string, took: readonly number[], [after, before]: [number, number]): Figure => ({
  what: `a conversation: ${what}`,
  measured: (took[after] ?? Number.NaN) / (took[before] ?? Number.NaN),
  unit: "×",
  goal: { atMost: 1.5 },
  note: SIZES.map((size, index) => `${(took[index] ?? 0).toPrecision(3)} µs with ${size}`).join(", "),
})

type File = Awaited<ReturnType<typeof openInside>>
type Filling = { conversation: number; channel: number; size: number }

async function fill({ tenant }: File, { conversation, channel, size }: Filling): Promise<void> {
  for (let from = 0; from < size; from += 5_000)
    await tenant.act(SYSTEM, (tx) => {
      for (let index = from; index < Math.min(size, from + 5_000); index++)
        insertReceived(tx, {
          id: tx.newId(),
          conversation,
          channel,
          direction: "in",
          kind: "text",
          content: null,
          at: FROM + index * APART_MS,
          text: `Line ${index} of what was said`,
          status: "received",
          wamid: `bench-${conversation}-${index}`,
          replyToWamid: null,
          receivedAt: FROM,
          sentAt: null,
        })
    })
}

/** As the page does it: a stretch at a time, to the beginning. */
function searchAll(read: File["tenant"]["read"], conversation: number): void {
  let before: ThreadCursor | null = null
  do before = hitsIn(read, conversation, "nobody says this", before).next
  while (before !== null)
}
