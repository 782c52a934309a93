/** Agents send, and a stand-in for the Cloud API notes when each call begins. */
import type { ClickJob, ClickResult } from "./jobs.ts"
import { steadily } from "./load-webhooks.ts"
import { agentToken, CSRF_TOKEN, conversationId } from "./seed.ts"

export async function click(job: ClickJob): Promise<ClickResult> {
  const result: ClickResult = { started: [], answered: [], sent: 0, refused: 0 }
  const clickedAt = new Map<string, number>()
  const graph = Bun.serve({
    hostname: "127.0.0.1",
    port: job.graphPort,
    async fetch(request) {
      const arrivedAt = performance.now()
      const { text } = (await request.json()) as { text?: { body: string } }
      const since = clickedAt.get(text?.body ?? "")
      if (since !== undefined) result.started.push(arrivedAt - since)
      return Response.json({
        messaging_product: "whatsapp",
        messages: [{ id: `wamid.graph.${result.started.length}` }],
      })
    },
  })
  await steadily(job.perSecond * job.seconds, job.perSecond, async (index) => {
    const text = `Your order arrives tomorrow (${process.pid} ${index})`
    clickedAt.set(text, performance.now())
    await send(job, index % job.conversations, text, result)
  })
  await Bun.sleep(500)
  await graph.stop(true)
  return result
}

async function send(job: ClickJob, conversation: number, text: string, result: ClickResult): Promise<void> {
  const since = performance.now()
  const response = await fetch(`http://127.0.0.1:${job.port}/conversations/${conversationId(conversation)}/messages`, {
    method: "POST",
    redirect: "manual",
    headers: {
      cookie: `session=${agentToken(conversation % job.agents)}`,
      "x-csrf-token": CSRF_TOKEN,
      "sec-fetch-site": "same-origin",
      "hx-request": "true",
    },
    body: new URLSearchParams({ text, clientId: text }),
  })
  await response.arrayBuffer()
  result.sent++
  if (response.status >= 400) result.refused++
  else result.answered.push(performance.now() - since)
}
