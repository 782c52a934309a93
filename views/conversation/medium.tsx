/** What a message carries: shown where that is safe, offered for saving otherwise, awaited while it is on its way. */
import type { MediumView, MessageItem } from "~/message/queries/thread.ts"
import { Button } from "../parts/button.tsx"
import { Dialog } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { Said } from "../parts/said.tsx"
import type { Screen } from "../parts/screen.ts"
import { TranscriptionOf } from "../speech/transcription.tsx"
import { kindIcon, kindWords } from "./kinds.tsx"

type Props = { screen: Screen; item: MessageItem; medium: MediumView }

export function Medium(props: Props) {
  const { body } = props.item.content
  const caption = body && "caption" in body ? body.caption : null
  return (
    <div class="medium">
      {props.medium.state !== "here" ? (
        <Awaited {...props} />
      ) : props.medium.check ? (
        <Checked {...props} />
      ) : (
        <Shown {...props} />
      )}
      {caption !== null && caption !== "" && <Said text={caption} />}
    </div>
  )
}

export const mediumPath = ({ id }: Pick<MessageItem, "id">): string => `/media/${id}`

function Shown(props: Props) {
  const { screen, item, medium } = props
  if (!medium.inline) return <FileCard {...props} />
  const path = mediumPath(item)
  const words = kindWords(screen, item.kind, item.content) ?? ""
  switch (item.kind) {
    case "image":
      return (
        <a class="medium-picture" href={path} target="_blank" rel="noopener" data-picture aria-label={words}>
          <Picture {...props} />
        </a>
      )
    case "sticker":
      return <Picture {...props} />
    case "video":
      return <video class="medium-video" src={path} controls preload="metadata" playsinline aria-label={words} />
    case "audio":
    case "voice":
      return (
        <>
          <div class={`medium-sound is-${item.kind}`}>
            <Icon name={item.kind === "voice" ? "mic" : "music"} />
            <audio src={path} controls preload="metadata" aria-label={words} />
          </div>
          <TranscriptionOf screen={screen} item={item} />
        </>
      )
    default:
      return <FileCard {...props} />
  }
}

/** Width and height are known before the picture is there, so that nothing jumps when it comes. */
const Picture = ({ screen, item, medium: { dimensions } }: Props) => (
  <img
    class={item.kind === "sticker" ? "sticker" : "picture"}
    src={mediumPath(item)}
    alt={kindWords(screen, item.kind, item.content) ?? ""}
    {...(dimensions && fitted(dimensions))}
    loading="lazy"
    decoding="async"
  />
)

const LONGEST_SIDE_PX = 330

function fitted({ width, height }: { width: number; height: number }) {
  const scale = Math.min(1, LONGEST_SIDE_PX / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

function FileCard({ screen, item, medium: { name, size } }: Props) {
  const { t } = screen
  const called = name === "" ? (kindWords(screen, item.kind, item.content) ?? "") : name
  const type = /\.([a-z0-9]{1,8})$/i.exec(name)?.[1]?.toUpperCase()
  return (
    <a class="file-card" href={mediumPath(item)} download={called} title={t("media.save", { name: called })}>
      <span class="file-card-icon">
        <Icon name={kindIcon(item.kind) ?? "file-text"} />
      </span>
      <span class="file-card-words">
        <b dir="auto">{called}</b>
        <small>{[type, screen.format.size(size)].filter(Boolean).join(" · ")}</small>
      </span>
      <Icon name="download" label={t("media.save", { name: called })} />
    </a>
  )
}

/** Here, and not for anybody: a virus is in it, or nobody knows yet that none is. */
function Checked({ screen, item, medium: { name, check } }: Props) {
  const { t } = screen
  const isInfected = check?.state === "infected"
  return (
    <div class={isInfected ? "medium-absent is-infected" : "medium-absent is-waiting"}>
      <Icon name={isInfected ? "shield-alert" : (kindIcon(item.kind) ?? "file-text")} />
      <div class="medium-absent-words">
        <strong dir="auto">{name === "" ? kindWords(screen, item.kind, item.content) : name}</strong>
        <small>
          {isInfected
            ? t("media.infected", { virus: check.virus })
            : t(check?.state === "unanswered" ? "media.check_unanswered" : "media.being_checked")}
        </small>
      </div>
    </div>
  )
}

/** Not here: on its way, or gone wrong with what can be done. */
function Awaited({ screen, item, medium }: Props) {
  const { t } = screen
  const isComing = medium.state === "waiting" || medium.state === "fetching"
  const path = `${mediumPath(item)}/fetching`
  return (
    <div class={`medium-absent is-${medium.state}`}>
      <Icon name={kindIcon(item.kind) ?? "file-text"} />
      <div class="medium-absent-words">
        <strong dir="auto">{medium.name === "" ? kindWords(screen, item.kind, item.content) : medium.name}</strong>
        <small>{t(absenceOf(medium, isComing))}</small>
      </div>
      {!isComing && medium.mayFetch && (
        <form method="post" action={path} hx-post={path} hx-swap="none">
          <FormToken csrfToken={screen.csrfToken} />
          <Button size="small" icon="rotate-ccw" type="submit">
            {t("media.again")}
          </Button>
        </form>
      )}
    </div>
  )
}

function absenceOf({ mayFetch, isRemoved, lacksRoom }: MediumView, isComing: boolean) {
  if (isComing) return lacksRoom ? "media.no_room" : "media.coming"
  if (isRemoved) return "media.removed"
  return mayFetch ? "media.failed" : "media.expired"
}

/** One for all pictures of the page: filled by what is pressed. */
export const PictureDialog = ({ screen: { t } }: { screen: Screen }) => (
  <Dialog id="picture-dialog" title={t("media.picture")} closeLabel={t("media.close")} size="wide">
    <div class="picture-full" id="picture-full" />
  </Dialog>
)
