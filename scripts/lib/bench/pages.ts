/** What a person waits for: pages and panels, and the weight of the first visit. */
import { indexed, type Running, removeAtEnd, startAppliance } from "./appliance.ts"
import type { Course } from "./course.ts"
import { type Figure, percentile } from "./measure.ts"
import { agentToken, conversationId, seed } from "./seed.ts"

const TIMES = 200

export async function pages({ binary, quick }: Course): Promise<Figure[]> {
  const { folder } = await seed(binary, {
    agents: 50,
    activeEach: 10,
    queued: 300,
    openMessages: 50,
    pastMessages: 100_000,
  })
  removeAtEnd(folder)
  const appliance = await startAppliance(binary, folder)
  await indexed(appliance)
  const conversation = `/conversations/${conversationId(0)}`
  const figures: Figure[] = []
  const times = quick ? 50 : TIMES
  for (const path of ["/conversations", conversation, "/waiting", "/profile"])
    figures.push(await serverTime(appliance, path, "page", times))
  for (const path of [
    `${conversation}/thread`,
    "/conversations/list",
    `${conversation}/details`,
    "/waiting",
    "/header",
  ])
    figures.push(await serverTime(appliance, path, "panel", times))
  figures.push(...(await weights(appliance, conversation)))
  await appliance.stop()
  return figures
}

const headers = (as: "page" | "panel") => ({
  cookie: `session=${agentToken(0)}`,
  "accept-encoding": "gzip",
  ...(as === "panel" ? { "hx-request": "true" } : { accept: "text/html" }),
})

/** From asking to the last byte on an otherwise idle machine: a little more than the server's own time. */
async function serverTime({ port }: Running, path: string, as: "page" | "panel", times: number): Promise<Figure> {
  const took: number[] = []
  let status = 0
  for (let index = 0; index < times + 20; index++) {
    const before = performance.now()
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: headers(as), redirect: "manual" })
    await response.arrayBuffer()
    took.push(performance.now() - before)
    status = response.status
  }
  const what = `${as} ${path.replace(/\d{6,}/, ":id")}, p95`
  const measured = status === 200 ? percentile(took.slice(20), 0.95) : Number.NaN
  return { what, measured, unit: "ms", goal: { atMost: 20 }, ...(status === 200 ? {} : { note: `answered ${status}` }) }
}

/** The console with everything it loads, and one panel of it, compressed as a browser gets them. */
async function weights({ port }: Running, conversation: string): Promise<Figure[]> {
  const origin = `http://127.0.0.1:${port}`
  const seen = new Map<string, number>()
  await weigh(new URL("/conversations", origin), seen)
  const panel = await body(new URL(`${conversation}/thread`, origin), "panel")
  const total = [...seen.values()].reduce((sum, bytes) => sum + bytes, 0)
  const heaviest = [...seen].sort((a, b) => b[1] - a[1]).slice(0, 3)
  const note = `${seen.size} files; ${heaviest.map(([path, bytes]) => `${path} ${(bytes / 1_000).toFixed(0)}`).join(", ")}`
  return [
    { what: "first load of the console", measured: total / 1_000, unit: "KB", goal: { atMost: 150 }, note },
    { what: "update of a thread of 50 messages", measured: panel.bytes / 1_000, unit: "KB", goal: { atMost: 10 } },
  ]
}

/** Follows what a browser follows: styles, scripts and what they import, fonts, icons. */
async function weigh(url: URL, seen: Map<string, number>): Promise<void> {
  if (seen.has(url.pathname)) return
  seen.set(url.pathname, 0)
  const { text, bytes, type } = await body(url, "page")
  seen.set(url.pathname, bytes)
  for (const found of referencesIn(text, type)) {
    const next = new URL(found, url)
    if (next.origin === url.origin) await weigh(next, seen)
  }
}

async function body(url: URL, as: "page" | "panel"): Promise<{ text: string; bytes: number; type: string }> {
  const response = await fetch(url, { headers: headers(as), decompress: false })
  const raw = new Uint8Array(await response.arrayBuffer())
  const plain = response.headers.get("content-encoding") === "gzip" ? Bun.gunzipSync(raw) : raw
  const type = response.headers.get("content-type") ?? ""
  return { text: new TextDecoder().decode(plain), bytes: raw.length, type }
}

function referencesIn(text: string, type: string): string[] {
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, found]) => found ?? "")
  if (type.startsWith("text/html"))
    return [
      ...all(/<(?:script|img)\b[^>]*\bsrc="([^"]+)"/g),
      ...all(/<link\b[^>]*\bhref="([^"]+)"/g),
      ...all(/<use\b[^>]*\bhref="([^"#]+)/g),
    ].map((found) => found.replaceAll("&amp;", "&"))
  if (type.startsWith("text/css")) return stylesheetReferences(text)
  if (type.includes("javascript")) return all(/\b(?:import|from)\s*"(\.?\/[^"]+)"/g)
  return []
}

/** A browser fetches a font only for the characters it needs; ours write Latin ones, which start at U+0000. */
function stylesheetReferences(text: string): string[] {
  const other = /@font-face\s*\{[^}]*unicode-range:\s*(?!U\+0{1,4}\b|U\+0{1,4}-)[^}]*\}/gi
  return [...text.replace(other, "").matchAll(/url\("?([^")]+)"?\)/g)]
    .map(([, found]) => found ?? "")
    .filter((found) => !found.startsWith("data:"))
}
