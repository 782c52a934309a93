/**
 * Pages, panels and maps packed on their way out. Not for what another site's link made the browser ask: a packed page's
 * length tells, guess by guess, what a secret beside the guess is (BREACH).
 */
/** Below this, packing costs more than it saves. */
const WORTH_PACKING_CHARACTERS = 1_024
/** Half the time of the usual level for a few percent of the size. */
const LEVEL = 3

export type Encoding = "br" | "gzip"

export async function withCompression(request: Request, response: Response): Promise<Response> {
  const { headers, status } = response
  if (!/^(text\/html|image\/svg)/.test(headers.get("content-type") ?? "") || headers.has("content-encoding"))
    return response
  headers.append("vary", "Accept-Encoding")
  if (!takes(request, "gzip") || !askedByOurselves(request)) return response
  const text = await response.text()
  if (text.length < WORTH_PACKING_CHARACTERS) return new Response(text, { status, headers })
  headers.set("content-encoding", "gzip")
  return new Response(Bun.gzipSync(text, { level: LEVEL }), { status, headers })
}

const NAMED = { br: /\bbr\b(?!;q=0(\.0*)?(,|$))/, gzip: /\bgzip\b(?!;q=0(\.0*)?(,|$))/ }

/** Whether the asker unpacks `encoding`: it is named, and not with `q=0`. */
export const takes = ({ headers }: Request, encoding: Encoding): boolean =>
  NAMED[encoding].test(headers.get("accept-encoding") ?? "")

/** Browsers say where a request comes from wherever there is TLS to look into. */
function askedByOurselves({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site")
  return site === null || site === "same-origin" || site === "none"
}
