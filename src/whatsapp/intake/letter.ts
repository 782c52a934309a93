import type { Letter, MessageContent, MessageKind } from "~/message/rules/content.ts"
import type { StatusReport } from "~/message/rules/delivery.ts"
import { failureOf } from "../errors.ts"
import { type EchoItem, type InboundContent, type MessageItem, type StatusItem, summaryText } from "../payload.ts"

/** A wire message in the house's words: everything that may matter later, without what expires. */
export function letterOf(item: MessageItem | EchoItem): Letter {
  const { wamid, sentAt, content, replyTo } = item
  const targetWamid = targetOf(content)
  return {
    wamid,
    sentAt,
    direction: item.kind === "echo" ? "out" : "in",
    kind: kindOf(content),
    text: summaryText(content),
    content: detailsOf(item),
    replyToWamid: targetWamid ?? replyTo?.wamid ?? null,
    targetWamid,
  }
}

export function reportOf({ wamid, at, status, callbackData, errors }: StatusItem): StatusReport {
  const report = { wamid, at, callbackData }
  if (status !== "failed") return { ...report, status }
  const [error] = errors
  if (!error) return { ...report, status, failure: { code: null, reason: "unknown", details: null } }
  const { code, reason, details, title } = failureOf(error)
  return { ...report, status, failure: { code, reason, details: details ?? (title || null) } }
}

const kindOf = (content: InboundContent): MessageKind =>
  content.kind === "audio" && content.voice ? "voice" : content.kind

const targetOf = (content: InboundContent): string | null =>
  content.kind === "reaction" || content.kind === "edit" || content.kind === "revoke" ? content.targetWamid : null

/** Whole, but for plain text, which its own column says. */
function detailsOf(item: MessageItem | EchoItem): MessageContent {
  const { content, forwarded, referral, product, errors, raw } = item
  return {
    ...(content.kind === "text" ? {} : { body: lasting(content) }),
    ...(forwarded === "no" ? {} : { forwarded }),
    ...(referral ? { referral } : {}),
    ...(product ? { product } : {}),
    ...(item.kind === "message" && item.threadSummary ? { threadSummary: item.threadSummary } : {}),
    ...(item.kind === "echo" ? { sentBy: item.origin } : {}),
    ...(errors.length === 0 ? {} : { errors }),
    ...(content.kind === "unknown" || content.kind === "unsupported" ? { raw } : {}),
  }
}

/** Media addresses end within minutes and are not to be kept (wire reference §6). */
function lasting(content: InboundContent): InboundContent {
  if (content.kind === "edit") return { ...content, content: lasting(content.content) }
  return "media" in content ? { ...content, media: { ...content.media, url: null } } : content
}
