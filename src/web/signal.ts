/** What one browser of a call says to the other: JSON that is passed on as it is, within limits. */
import { Problem } from "./problem.ts"
import { isSeat } from "./signalling.ts"

const MOST_BYTES = 64_000

export type Said = { seat: string; session: number; signal: unknown }

/** Throws Problem 413 or 400. */
export async function readSignal(request: Request): Promise<Said> {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_BYTES) throw new Problem(413, "request.too_large")
  const text = await request.text()
  if (text.length > MOST_BYTES) throw new Problem(413, "request.too_large")
  const { seat, session, signal } = parsed(text)
  if (typeof seat !== "string" || !isSeat(seat) || typeof session !== "number" || typeof signal !== "object")
    throw new Problem(400, "request.malformed")
  return { seat, session, signal }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value = JSON.parse(text) as unknown
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
