import { type Clock, SystemClock } from "~/kernel/clock.ts"
import { createOutbound } from "~/kernel/outbound.ts"
import { createWhatsAppClient } from "~/whatsapp/client.ts"
import { whatsappDestinations } from "~/whatsapp/graph.ts"
import { stopWithTest } from "./loopback.ts"
import { NUMBER, WABA } from "./support.ts"

export const credentials = { phoneNumberId: NUMBER, wabaId: WABA, accessToken: "EAAtoken" }

export const clientOf = (graphUrl: string, clock: Clock = new SystemClock()) => {
  const allowed = whatsappDestinations(graphUrl)
  const destinations = (purpose: string) => (purpose === "graph" || purpose === "media" ? allowed[purpose] : [])
  return createWhatsAppClient({ outbound: createOutbound({ clock, destinations }), graphUrl, graphVersion: "v26.0" })
}

/** A Graph API that answers as told, and remembers what it was asked. */
export function graph(answer: (request: Request, before: number) => Response | Promise<Response>) {
  const asked: { line: string; authorization: string | null; type: string | null; body: string }[] = []
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request) {
      const url = new URL(request.url)
      const { headers } = request
      const kept = request.clone()
      asked.push({
        line: `${request.method} ${url.pathname}${url.search}`,
        authorization: headers.get("authorization"),
        type: headers.get("content-type"),
        body: await kept.text(),
      })
      return await answer(request, asked.length - 1)
    },
  })
  stopWithTest(() => server.stop(true))
  const url = `http://127.0.0.1:${server.port}`
  return { url, asked, client: clientOf(url) }
}
