/** Meta's refusals, worded and numbered as Meta does (wire reference §8.2, §8.3). */
import type { JsonObject } from "./json.ts"

type Known = { status: number; message: string; transient?: boolean }

/** Code → HTTP status and title. The status follows the documentation; clients must decide on the code. */
const KNOWN: Record<number, Known> = {
  0: { status: 401, message: "AuthException" },
  1: { status: 400, message: "Invalid request or possible server error" },
  2: { status: 503, message: "Service temporarily unavailable", transient: true },
  3: { status: 500, message: "Application does not have the capability to make this API call." },
  4: { status: 400, message: "Application request limit reached", transient: true },
  10: { status: 403, message: "Application does not have permission for this action" },
  33: { status: 400, message: "Parameter value is not valid" },
  100: { status: 400, message: "Invalid parameter" },
  190: { status: 401, message: "Invalid OAuth access token - Cannot parse access token" },
  200: { status: 403, message: "Permissions error" },
  368: { status: 403, message: "Temporarily blocked for policies violations" },
  2500: { status: 400, message: "Unknown path components" },
  80007: { status: 400, message: "Rate limit issues", transient: true },
  130403: { status: 400, message: "User is blocked by the business" },
  130429: { status: 400, message: "Rate limit hit", transient: true },
  130472: { status: 400, message: "User's number is part of an experiment" },
  130497: { status: 403, message: "Business account is restricted from messaging users in this country." },
  131000: { status: 500, message: "Something went wrong" },
  131005: { status: 403, message: "Access denied" },
  131008: { status: 400, message: "Required parameter is missing" },
  131009: { status: 400, message: "Parameter value is not valid" },
  131016: { status: 500, message: "Service unavailable", transient: true },
  131021: { status: 400, message: "Recipient cannot be sender" },
  131026: { status: 400, message: "Message undeliverable" },
  131030: { status: 400, message: "Recipient phone number not in allowed list" },
  131031: { status: 403, message: "Business account has been locked" },
  131037: { status: 400, message: "Display name approval needed before this number can send messages" },
  131042: { status: 400, message: "Business eligibility payment issue" },
  131045: { status: 500, message: "Incorrect certificate" },
  131047: { status: 400, message: "Re-engagement message" },
  131048: { status: 400, message: "Spam rate limit hit" },
  131049: { status: 400, message: "This message was not delivered to maintain healthy ecosystem engagement." },
  131050: { status: 400, message: "User has stopped marketing messages from this business" },
  131051: { status: 400, message: "Unsupported message type" },
  131052: { status: 400, message: "Media download error" },
  131053: { status: 400, message: "Media upload error" },
  131056: { status: 400, message: "(Business Account, Consumer Account) pair rate limit hit", transient: true },
  131057: { status: 500, message: "Account in maintenance mode", transient: true },
  131059: { status: 400, message: "Paging cursor is not valid" },
  131062: { status: 400, message: "Message type not possible to a business-scoped user id" },
  132000: { status: 400, message: "Number of parameters does not match the expected number of params" },
  132001: { status: 404, message: "Template name does not exist in the translation" },
  132005: { status: 400, message: "Translated text too long" },
  132012: { status: 400, message: "Parameter format does not match format in the created template" },
  132015: { status: 400, message: "Template is paused" },
  132016: { status: 400, message: "Template is disabled" },
  133004: { status: 503, message: "Server temporarily unavailable", transient: true },
  133005: { status: 400, message: "Two step verification PIN mismatch" },
  133010: { status: 400, message: "The account is not registered" },
  135000: { status: 400, message: "Generic user error" },
  139100: { status: 400, message: "Failed to block/unblock some users" },
  2388019: { status: 400, message: "Message template limit exceeded" },
  2388040: { status: 400, message: "Character limit exceeded" },
  2388073: { status: 400, message: "Message template body format is not valid" },
}

export type GraphErrorDetail = {
  details?: string
  /** Replaces the usual title. */
  message?: string
  type?: string
  subcode?: number
  status?: number
  retryAfterSeconds?: number
}

/** Thrown by a handler; the Graph front turns it into Meta's error body. */
export class GraphError extends Error {
  readonly status: number

  constructor(
    readonly code: number,
    readonly detail: GraphErrorDetail = {},
  ) {
    super(detail.message ?? graphTitle(code))
    this.name = "GraphError"
    this.status = detail.status ?? KNOWN[code]?.status ?? 400
  }

  /** `traceId` is Meta's `fbtrace_id`. */
  body(traceId: string): JsonObject {
    const { details, subcode, type = "OAuthException" } = this.detail
    const prefixed = this.code === 190 || type !== "OAuthException" ? this.message : `(#${this.code}) ${this.message}`
    return {
      error: {
        message: prefixed,
        type,
        code: this.code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(KNOWN[this.code]?.transient ? { is_transient: true } : {}),
        ...(details === undefined ? {} : { error_data: { messaging_product: "whatsapp", details } }),
        fbtrace_id: traceId,
      },
    }
  }
}

export const graphTitle = (code: number): string => KNOWN[code]?.message ?? "Something went wrong"

/** `(#131008)`: Meta names the missing parameter in the details. */
export const missing = (parameter: string): GraphError =>
  new GraphError(131008, { details: `The parameter ${parameter} is required.` })

/** `(#131009)` with the reason in the details. */
export const invalid = (details: string): GraphError => new GraphError(131009, { details })

/** `(#100)`: what Meta refuses before it looks at the message, in its own words. */
export const badParameter = (message: string): GraphError => new GraphError(100, { message })

/** An object that does not exist, or that the token may not see: the same answer (wire reference §8.3). */
export const unknownObject = (method: string, id: string): GraphError =>
  new GraphError(100, {
    type: "GraphMethodException",
    subcode: 33,
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  })

/** The form of an error inside webhooks: `title` and `message` are the same there. */
export function webhookError(code: number): JsonObject {
  const title = graphTitle(code)
  return {
    code,
    title,
    message: title,
    error_data: { details: title },
    href: "/documentation/business-messaging/whatsapp/support/error-codes",
  }
}
