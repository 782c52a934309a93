/** The one place where what went wrong becomes an answer (2-architecture.md, "Errors"). */
import { Outage } from "~/database/act.ts"
import { Abandoned } from "~/database/reading-room.ts"
import type { Chance } from "~/kernel/chance.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import { NotFound, type Refusal, Refused, refuse } from "~/kernel/step.ts"
import type { Look } from "./look.ts"
import { InvalidForm, Problem, SignInNeeded } from "./problem.ts"
import { audienceOf, htmlResponse, jsonResponse, ownPath, pageOf } from "./request.ts"

export type ErrorParts = { look: Look; log: Log; chance: Chance }

/** Refusals that are not a conflict with the state of things (409) but with what was typed, or with how often. */
const STATUS: Readonly<Record<string, number>> = {
  busy: 503,
  "login.throttled": 429,
  "login.wrong": 422,
  "login.code_wrong": 422,
  "login.network_refused": 403,
  "password.too_short": 422,
  "password.too_long": 422,
  "password.too_common": 422,
  "password.is_known": 422,
  "password.same": 422,
  "password.wrong": 422,
  "password.not_repeated": 422,
  "message.empty": 422,
  "message.too_long": 422,
  "message.caption_too_long": 422,
  "file.empty": 422,
  "voice.empty": 422,
  "voice.unreadable": 422,
  "voice.not_mono": 422,
  "file.kind_unknown": 422,
  "file.kind_mismatch": 422,
  "file.too_large_image": 422,
  "file.too_large_video": 422,
  "file.too_large_audio": 422,
  "file.too_large_document": 422,
}

/** The HTTP status of a refusal. */
export const statusOf = ({ refused }: Refusal): number => STATUS[refused] ?? 409

type Answer = { status: number; refusal: Refusal; reference: string | null }

/** The answer to a request that threw; faults and outages are logged under the reference they show. */
export function answerTo(error: unknown, request: Request, language: string, parts: ErrorParts): Response {
  if (error instanceof SignInNeeded) return signInFirst(request)
  // Whoever asked has gone on: nobody reads this.
  if (error instanceof Abandoned) return new Response(null, { status: 204 })
  const answer = answerFor(error, parts)
  const response = worded(answer, request, language, parts.look)
  if (answer.refusal.refused === "login.throttled")
    response.headers.set("retry-after", String(answer.refusal.detail?.seconds ?? 1))
  if (answer.status === 503) response.headers.set("retry-after", "5")
  return response
}

function answerFor(error: unknown, { log, chance }: ErrorParts): Answer {
  if (error instanceof Refused) return { status: statusOf(error.refusal), refusal: error.refusal, reference: null }
  if (error instanceof InvalidForm)
    return { status: 422, refusal: Object.values(error.errors)[0] ?? refuse("form.invalid"), reference: null }
  if (error instanceof Problem) return { status: error.status, refusal: error.refusal, reference: null }
  if (error instanceof NotFound) return { status: 404, refusal: refuse("not_found"), reference: null }
  const reference = Buffer.from(chance.bytes(6)).toString("hex")
  if (error instanceof Outage) {
    log.error("storage is not available", { reference, ...describeError(error.cause) })
    return { status: 503, refusal: refuse("outage", { reference }), reference }
  }
  log.error("request faulted", { reference, ...describeError(error) })
  return { status: 500, refusal: refuse("fault", { reference }), reference }
}

function worded({ status, refusal, reference }: Answer, request: Request, language: string, look: Look): Response {
  const sentence = look.phrases(language)(`refused.${refusal.refused}`, refusal.detail)
  switch (audienceOf(request)) {
    case "page":
      return htmlResponse(look.error({ language, status, refusal, reference }), status)
    case "panel": {
      const response = htmlResponse(look.notice(language, sentence), status)
      response.headers.set("hx-retarget", look.noticesAt)
      response.headers.set("hx-reswap", "beforeend")
      return response
    }
    case "stream":
    case "program":
      return jsonResponse({ refused: refusal.refused, message: sentence }, status)
  }
}

/** A page goes to the login and comes back; a panel tells its page to; a stream says goodbye and is not opened again. */
function signInFirst(request: Request): Response {
  const login = `/login?next=${encodeURIComponent(ownPath(pageOf(request)))}`
  switch (audienceOf(request)) {
    case "page":
      return new Response(null, { status: 303, headers: { location: login } })
    case "stream":
      return new Response("event: bye\ndata: {}\n\n", { headers: { "content-type": "text/event-stream" } })
    case "panel":
    case "program":
      return new Response(null, { status: 401, headers: { "hx-redirect": login } })
  }
}
