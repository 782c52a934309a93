/** What a message is, in words and one icon, where it is not plain text. */
import type { MessageContent, MessageKind } from "~/message/rules/content.ts"
import type { Key } from "../locales/index.ts"
import type { IconName } from "../parts/icons.ts"
import type { Screen } from "../parts/screen.ts"

type Look = { icon: IconName; words: (screen: Screen) => string }

const named =
  (key: Key) =>
  ({ t }: Screen): string =>
    (t as (key: Key) => string)(key)

const LOOKS: { readonly [Kind in MessageKind]: Look | null } = {
  text: null,
  image: { icon: "image", words: named("kind.image") },
  video: { icon: "play", words: named("kind.video") },
  audio: { icon: "music", words: named("kind.audio") },
  voice: { icon: "mic", words: named("kind.voice") },
  document: { icon: "file-text", words: named("kind.document") },
  sticker: { icon: "sticker", words: named("kind.sticker") },
  location: { icon: "map-pin", words: named("kind.location") },
  contacts: { icon: "contact", words: ({ t }) => t("kind.contacts", { count: 1 }) },
  reaction: { icon: "smile-plus", words: ({ t }) => t("kind.reaction", { emoji: "" }) },
  button: { icon: "mouse-pointer-click", words: ({ t }) => t("kind.button", { text: "" }) },
  button_reply: { icon: "mouse-pointer-click", words: ({ t }) => t("kind.button", { text: "" }) },
  list_reply: { icon: "list-checks", words: ({ t }) => t("kind.button", { text: "" }) },
  form_reply: { icon: "list-checks", words: named("kind.form_reply") },
  call_permission: { icon: "phone", words: named("kind.call_permission") },
  product: { icon: "shopping-cart", words: named("kind.product") },
  payment: { icon: "credit-card", words: named("kind.payment") },
  order: { icon: "shopping-cart", words: ({ t }) => t("kind.order", { count: 1 }) },
  request_welcome: { icon: "hand", words: named("kind.request_welcome") },
  system: { icon: "info", words: named("kind.system") },
  unsupported: { icon: "circle-help", words: named("kind.unsupported") },
  unknown: { icon: "circle-help", words: named("kind.unknown") },
  edit: { icon: "pencil-line", words: named("kind.edit") },
  revoke: { icon: "ban", words: named("kind.revoke") },
  media_placeholder: { icon: "image", words: named("kind.media_placeholder") },
  template: { icon: "megaphone", words: ({ t }) => t("kind.template", { name: "" }) },
  prompt: { icon: "list-checks", words: named("kind.prompt") },
}

export const kindIcon = (kind: string): IconName | null => LOOKS[kind as MessageKind]?.icon ?? null

/** A message in one line, for lists: what was said, else what it is. */
export function lineWords(screen: Screen, kind: string, text: string): string {
  const look = LOOKS[kind as MessageKind]
  if (!look || ((kind === "prompt" || kind === "template") && text !== "")) return text
  const words = look.words(screen).replace(/[\s:·]+$/, "")
  return text === "" || kind === "unsupported" || kind === "unknown" ? words : `${words}: ${text}`
}

/** What it is, as exactly as its content says; null for plain text. */
export function kindWords(screen: Screen, kind: MessageKind, content: MessageContent): string | null {
  const { t } = screen
  const body = content.body
  switch (body?.kind) {
    case "contacts":
      return t("kind.contacts", { count: body.cards.length })
    case "order":
      return t("kind.order", { count: body.items.reduce((sum, { quantity }) => sum + (quantity ?? 1), 0) })
    case "reaction":
      return body.emoji === null ? t("kind.reaction_removed") : t("kind.reaction", { emoji: body.emoji })
    case "button":
      return t("kind.button", { text: body.text })
    case "button_reply":
    case "list_reply":
      return t("kind.button", { text: body.title })
    case "call_permission":
      return t(body.granted ? "kind.call_granted" : "kind.call_refused")
    case "unsupported":
      if (body.type?.startsWith("live_location")) return t("kind.live_location")
      return body.type
        ? t("kind.unsupported_type", { type: unsupportedWords(screen, body.type) })
        : t("kind.unsupported")
    case "template":
      return t("kind.template", { name: body.name })
    default:
      return LOOKS[kind]?.words(screen) ?? null
  }
}

/** Meta's names for what it keeps from companies, in ours. */
function unsupportedWords({ t }: Screen, type: string): string {
  if (type.startsWith("poll")) return t("unsupported.poll")
  if (type.startsWith("view_once")) return t("unsupported.view_once")
  if (type.startsWith("edit")) return t("unsupported.edit")
  if (type.startsWith("group_invite")) return t("unsupported.group_invite")
  if (type === "interactive" || type === "button" || type === "list") return t("unsupported.interactive")
  return type.startsWith("event") ? t("unsupported.event") : type
}
