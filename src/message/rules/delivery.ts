/**
 * How far a message has got. Statuses come in any order, several times, and before our own call has returned: what is
 * known is a set of times, and the status is read off it, so that every order of arrival ends the same.
 */
import type { Instant } from "~/kernel/clock.ts"
import type { MessageStatus } from "../rules.ts"

export type Failure = { code: number | null; reason: string; details: string | null }

type Outcome = { status: "sent" | "delivered" | "read" | "played" } | { status: "failed"; failure: Failure }

/** What Meta said of an attempt. */
export type DeliveryNews = { at: Instant; attempt: number } & Outcome

/** The same as it comes: `callbackData` is our own reference, echoed. */
export type StatusReport = { wamid: string; at: Instant; callbackData: string | null } & Outcome

/** The columns of a message that say how far it has got. */
export type Delivery = {
  status: MessageStatus
  /**
   * The attempt whose news move the message, counted from 1. One begins when a person asks for it (the reply, sending it
   * again) or when the outbox calls again; its number goes out with the call and comes back with every status.
   */
  attempt: number
  sentAt: Instant | null
  deliveredAt: Instant | null
  readAt: Instant | null
  playedAt: Instant | null
  failedAt: Instant | null
  failureCode: number | null
  failureReason: string | null
  failureDetails: string | null
}

/** The delivery with one more piece of news; the same object when it says nothing new. */
export function climb(delivery: Delivery, news: DeliveryNews): Delivery {
  const next = withNews(delivery, news)
  return next === delivery ? delivery : { ...next, status: statusOf(next) }
}

/** Of an earlier attempt only what proves arrival counts: whether Meta took or refused it is history. */
function withNews(delivery: Delivery, news: DeliveryNews): Delivery {
  const isHistory = news.attempt < delivery.attempt
  switch (news.status) {
    case "sent":
      return isHistory ? delivery : earliest(delivery, "sentAt", news.at)
    case "delivered":
      return earliest(delivery, "deliveredAt", news.at)
    case "read":
      return earliest(delivery, "readAt", news.at)
    case "played":
      return earliest(delivery, "playedAt", news.at)
    case "failed":
      return isHistory ? delivery : withFailure(delivery, news.at, news.failure)
  }
}

function earliest(delivery: Delivery, column: "sentAt" | "deliveredAt" | "readAt" | "playedAt", at: Instant): Delivery {
  const known = delivery[column]
  return known !== null && known <= at ? delivery : { ...delivery, [column]: at }
}

/** Of several failures the earliest is kept, then the smallest code: again no matter in which order they came. */
function withFailure(delivery: Delivery, at: Instant, { code, reason, details }: Failure): Delivery {
  const { failedAt, failureCode } = delivery
  const later = failedAt !== null && (at > failedAt || (at === failedAt && (code ?? 0) >= (failureCode ?? 0)))
  if (later) return delivery
  return { ...delivery, failedAt: at, failureCode: code, failureReason: reason, failureDetails: details }
}

/**
 * Arrival outweighs a failure (one of the customer's devices may have refused what another showed), a failure
 * outweighs acceptance, and whatever Meta says outweighs what we thought.
 */
function statusOf(delivery: Delivery): MessageStatus {
  if (delivery.playedAt !== null) return "played"
  if (delivery.readAt !== null) return "read"
  if (delivery.deliveredAt !== null) return "delivered"
  if (delivery.failedAt !== null) return "failed"
  return delivery.sentAt === null ? delivery.status : "sent"
}

/** To be sent again, as another attempt: statuses of the one before can no longer be taken for its own. */
export const requeued = (delivery: Delivery): Delivery => ({
  ...delivery,
  status: "queued",
  attempt: delivery.attempt + 1,
  sentAt: null,
  failedAt: null,
  failureCode: null,
  failureReason: null,
  failureDetails: null,
})
