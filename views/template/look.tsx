/** A template as the customer's WhatsApp shows it: in the thread as it was sent, in the picker as it will be. */
import type { SentButton, SentHeader } from "~/template/rules/filling.ts"
import type { Child } from "../jsx-runtime.ts"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import type { Screen } from "../parts/screen.ts"

export type LookProps = { header: Child; body: Child; footer: string | null; buttons: Child }

export const TemplateLook = ({ header, body, footer, buttons }: LookProps) => (
  <div class="template-look">
    {header}
    <p class="message-text" dir="auto">
      {body}
    </p>
    {footer !== null && (
      <small class="template-footer" dir="auto">
        {footer}
      </small>
    )}
    {buttons}
  </div>
)

const ICONS: Readonly<Record<SentButton["kind"], IconName>> = {
  quick_reply: "reply",
  url: "external-link",
  phone: "phone",
  copy_code: "copy",
}

type ButtonsProps = {
  screen: Screen
  buttons: readonly { kind: SentButton["kind"]; text: string; detail?: string; isChosen?: boolean }[]
}

/** They are the customer's to press: here they are shown, with the pressed one marked. */
export const TemplateButtons = ({ screen: { t }, buttons }: ButtonsProps) =>
  buttons.length === 0 ? (
    <span />
  ) : (
    <ul class="template-buttons" aria-label={t("template.buttons")}>
      {buttons.map(({ kind, text, detail, isChosen }) => (
        <li class={isChosen ? "is-chosen" : ""} title={detail}>
          <Icon
            name={isChosen ? "check" : ICONS[kind]}
            size="small"
            {...(isChosen ? { label: t("message.chosen") } : {})}
          />
          <span dir="auto">{text}</span>
        </li>
      ))}
    </ul>
  )

const MEDIA: Readonly<Record<"image" | "video" | "document", IconName>> = {
  image: "image",
  video: "play",
  document: "file-text",
}

/** Where a file or a place will stand. */
export const HeaderFrame = ({ kind, words }: { kind: "image" | "video" | "document" | "location"; words: string }) => (
  <span class={`template-frame is-${kind}`} data-slot="file">
    <Icon name={kind === "location" ? "map-pin" : MEDIA[kind]} />
    <span>{words}</span>
  </span>
)

/** A heading, or a place with its name; files are the message's own to show. */
export const SentHeading = ({ screen: { format }, header }: { screen: Screen; header: SentHeader | null }) => {
  if (header?.kind === "text")
    return (
      <strong class="template-heading" dir="auto">
        {header.text}
      </strong>
    )
  if (header?.kind !== "location") return <span />
  const at = `${format.degrees(header.latitude)}, ${format.degrees(header.longitude)}`
  return <HeaderFrame kind="location" words={[header.name, header.address, at].filter(Boolean).join(" · ")} />
}
