/** The phones page: the page itself, its live events, its files. Served from the simulator's own address. */
import { simulatorEn } from "views/locales/simulator.en.ts"
import { simulatorIt } from "views/locales/simulator.it.ts"
import { SimulatorPage } from "views/simulator/page.tsx"
import type { BusyDay } from "./busy-day.ts"
import type { Faults } from "./faults.ts"
import { benchProps, type Looking } from "./page-props.ts"
import type { World } from "./world.ts"

export type PageParts = {
  world: World
  faults: Faults
  busyDay: BusyDay
  productUrl: string | null
  /** Answers `/assets/…`; null when there is no such file. */
  assets: (request: Request) => Response | null
}

const CATALOGUES = { en: simulatorEn, it: simulatorIt }
const HEADERS = {
  "content-security-policy": "default-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cache-control": "no-store",
}

/** Null when the address is none of the page's. */
export function answerPage(parts: PageParts, request: Request): Response | null {
  const url = new URL(request.url)
  if (request.method !== "GET") return null
  if (url.pathname === "/") return page(parts, lookingOf(request, url))
  if (url.pathname === "/favicon.ico") return new Response(null, { status: 204 })
  if (url.pathname === "/events") return events(parts, request)
  if (url.pathname.startsWith("/assets/")) return parts.assets(request) ?? missing()
  if (url.pathname.startsWith("/media/")) return medium(parts, url.pathname.slice("/media/".length))
  return null
}

function page(parts: PageParts, looking: Looking): Response {
  const { language } = looking
  const html = (
    <SimulatorPage bench={benchProps(parts, looking)} phrases={CATALOGUES[language]} language={language} />
  ).toString()
  return new Response(html, { headers: { ...HEADERS, "content-type": "text/html; charset=utf-8" } })
}

/** `?phones=c1,c2&chat.c1=106…&lang=it`; the language of the browser otherwise. */
function lookingOf(request: Request, { searchParams }: URL): Looking {
  const wanted = searchParams.get("lang") ?? request.headers.get("accept-language") ?? "en"
  const chats = [...searchParams].filter(([name]) => name.startsWith("chat."))
  return {
    language: /^it\b/i.test(wanted) ? "it" : "en",
    phones: searchParams.get("phones")?.split(",") ?? null,
    chats: new Map(chats.map(([name, number]) => [name.slice("chat.".length), number])),
  }
}

/** More unread news than this, and the reader is not reading. */
const MOST_UNREAD = 64

/** Says only that something changed; the page then asks again. */
function events({ world }: PageParts, request: Request): Response {
  const encoder = new TextEncoder()
  let leave = () => {}
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text))
      const end = () => {
        leave()
        controller.close()
      }
      send("retry: 1000\n\n")
      leave = world.wire.subscribe(({ changed }) => {
        if ((controller.desiredSize ?? 0) < -MOST_UNREAD) end()
        else send(`event: ${changed}\ndata: \n\n`)
      })
      request.signal.addEventListener("abort", () => leave(), { once: true })
    },
    cancel: () => leave(),
  })
  return new Response(stream, { headers: { ...HEADERS, "content-type": "text/event-stream" } })
}

/** For the page only; the Graph API's own download asks for a token. */
function medium({ world }: PageParts, id: string): Response {
  const found = world.media.get(id)
  if (!found) return missing()
  const inline = /^(image|audio|video)\//.test(found.mimeType) && !found.mimeType.includes("svg")
  const headers = {
    ...HEADERS,
    "content-security-policy": "default-src 'none'; sandbox",
    "content-type": inline ? found.mimeType : "application/octet-stream",
    ...(inline ? {} : { "content-disposition": "attachment" }),
  }
  return new Response(found.bytes, { headers })
}

const missing = (): Response => new Response("Not found", { status: 404, headers: HEADERS })
