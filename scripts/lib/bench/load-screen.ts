/** A day at the desk: every agent's browser listens, customers write, and the owner's screen hears and looks. */
import { listen, Pool } from "./connection.ts"
import type { ScreenJob, ScreenResult } from "./jobs.ts"
import { steadily } from "./load-webhooks.ts"
import { agentToken, conversationId } from "./seed.ts"
import { knownPhone, messageBody, newWamid, postBytes } from "./wire.ts"

/** What an agent's browser waits for: conversations somebody wrote into, and since when. */
type Screen = { awaited: Map<number, number>; rest: string }

export async function screen(job: ScreenJob): Promise<ScreenResult> {
  const result: ScreenResult = { heard: [], fetched: [], listed: [], sent: 0, refused: 0 }
  const screens = Array.from({ length: job.agents }, (): Screen => ({ awaited: new Map(), rest: "" }))
  const looks: Promise<void>[] = []
  const streams = []
  for (const [agent, each] of screens.entries())
    streams.push(await listen(job.port, agentToken(agent), (text) => hear(job, agent, each, text, result, looks)))
  await write(job, screens, result)
  await Bun.sleep(500)
  await Promise.all(looks)
  for (const stream of streams) stream.end()
  return result
}

async function write(job: ScreenJob, screens: readonly Screen[], result: ScreenResult): Promise<void> {
  const pool = new Pool(job.publicPort)
  await steadily(job.perSecond * job.seconds, job.perSecond, async (index) => {
    const conversation = index % job.conversations
    const body = messageBody(knownPhone(conversation), newWamid(), Date.now())
    const bytes = postBytes(job.publicPort, body)
    screens[conversation % job.agents]?.awaited.set(conversationId(conversation), performance.now())
    result.sent++
    if ((await pool.post(bytes)) !== 200) result.refused++
  })
  pool.end()
}

function hear(
  job: ScreenJob,
  agent: number,
  screen: Screen,
  piece: string,
  result: ScreenResult,
  looks: Promise<void>[],
): void {
  if (screen.awaited.size === 0) return
  const text = screen.rest + piece
  for (const [conversation, since] of screen.awaited) {
    if (!text.includes(`"conversation-${conversation}"`)) continue
    screen.awaited.delete(conversation)
    result.heard.push(performance.now() - since)
    if (job.fetches) looks.push(look(job, agent, conversation, since, result))
  }
  screen.rest = text.slice(text.lastIndexOf("\n") + 1)
}

/** What the page of the owner does: the open thread again, and the list beside it. */
async function look(job: ScreenJob, agent: number, conversation: number, since: number, result: ScreenResult) {
  const headers = { cookie: `session=${agentToken(agent)}`, "hx-request": "true", "accept-encoding": "gzip" }
  const panel = async (path: string, into: number[]) => {
    const response = await fetch(`http://127.0.0.1:${job.port}${path}`, { headers })
    await response.arrayBuffer()
    if (response.status === 200) into.push(performance.now() - since)
  }
  await Promise.all([
    panel(`/conversations/${conversation}/thread`, result.fetched),
    panel(`/conversations/list?open=${conversation}`, result.listed),
  ])
}
