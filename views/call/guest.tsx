/** The customer's page of a call: no framework, no sign-in, phone first. The script shows one step at a time. */
import type { Look } from "~/brand/rules.ts"
import { type Child, raw } from "../jsx-runtime.ts"
import type { Translate } from "../locales/index.ts"
import type { IconName } from "../parts/icons.ts"

export type GuestPageProps = {
  t: Translate
  language: string
  company: string
  look: Look | null
  /** First name. */
  agent: string
  /** The call is open on another device or in another tab. */
  isElsewhere: boolean
}

/** What the script says by itself. */
const WORDS = [
  "guest.waiting",
  "guest.connecting",
  "guest.reconnecting",
  "guest.unreachable",
  "guest.talking",
  "guest.ended",
  "guest.ended_detail",
  "guest.left",
  "guest.left_detail",
  "guest.replaced",
  "guest.denied",
  "guest.insecure",
  "guest.no_camera",
  "guest.no_microphone",
  "guest.nothing_found",
  "guest.agent_screen",
  "guest.agent_muted",
  "guest.offline",
] as const

export const GuestPage = (props: GuestPageProps) => {
  const { t, company, agent, isElsewhere } = props
  const words = Object.fromEntries(
    WORDS.map((key) => [
      key.replace("guest.", ""),
      (t as (key: string, blanks: object) => string)(key, { agent, company }),
    ]),
  )
  return (
    <GuestDocument {...props} title={t("guest.title", { company })}>
      <main
        class="guest"
        id="guest"
        data-step={isElsewhere ? "elsewhere" : "before"}
        data-words={JSON.stringify(words)}
      >
        <header class="guest-head">
          <GuestMark look={props.look} />
          <strong>{company}</strong>
          <span class="guest-time" role="timer" data-says="time" />
        </header>
        <video class="guest-remote" autoplay playsinline aria-label={t("guest.video_of", { agent })}>
          <track kind="captions" />
        </video>
        <video class="guest-screen" autoplay playsinline muted hidden aria-label={t("guest.agent_screen", { agent })} />
        <video class="guest-own" autoplay playsinline muted aria-label={t("guest.own_video")} />
        <section class="guest-middle">
          <GuestIcon name="video" />
          <h1 data-says="headline">{t(isElsewhere ? "guest.elsewhere" : "guest.is_waiting", { agent })}</h1>
          <p data-says="detail" role="status">
            {t(isElsewhere ? "guest.elsewhere_detail" : "guest.not_recorded", { company })}
          </p>
        </section>
        <footer class="guest-foot">
          <GuestButton action="join" icon="video" words={t("guest.join")} isPrimary />
          <GuestButton action="sound" icon="mic" words={t("guest.sound_only")} />
          <GuestButton action="here" icon="video" words={t("guest.use_here")} isPrimary />
          <GuestButton action="again" icon="video" words={t("guest.join_again")} isPrimary />
        </footer>
        <GuestControls t={t} />
      </main>
    </GuestDocument>
  )
}

const GuestControls = ({ t }: { t: Translate }) => (
  <footer class="guest-controls">
    <GuestControl action="microphone" icon="mic" off="mic-off" words={t("call.microphone")} />
    <GuestControl action="camera" icon="video" off="video-off" words={t("call.camera")} />
    <button class="guest-control" type="button" aria-label={t("guest.switch_camera")} data-guest-action="switch" hidden>
      <GuestIcon name="rotate-ccw" />
    </button>
    <button class="guest-control is-end" type="button" aria-label={t("guest.leave")} data-guest-action="leave">
      <GuestIcon name="phone-off" />
    </button>
  </footer>
)

type ControlProps = { action: string; icon: IconName; off: IconName; words: string }

const GuestControl = ({ action, icon, off, words }: ControlProps) => (
  <button class="guest-control" type="button" aria-label={words} aria-pressed="true" data-guest-action={action}>
    <GuestIcon name={icon} />
    <GuestIcon name={off} />
  </button>
)

type GuestButtonProps = { action: string; icon: IconName; words: string; isPrimary?: boolean }

const GuestButton = ({ action, icon, words, isPrimary = false }: GuestButtonProps) => (
  <button class={isPrimary ? "guest-button is-primary" : "guest-button"} type="button" data-guest-action={action}>
    <GuestIcon name={icon} />
    <span>{words}</span>
  </button>
)

/** The company's picture, or the sign of a talk. */
export const GuestMark = ({ look }: { look: Look | null }) =>
  look?.logo ? (
    <img
      class="guest-picture"
      src={`/call/brand/${look.logo.file}`}
      width={look.logo.width}
      height={look.logo.height}
      alt=""
    />
  ) : (
    <GuestIcon name="message-circle" />
  )

/** The same sprite as inside, at the public listener's address. */
export const GuestIcon = ({ name }: { name: IconName }) => (
  <svg class="guest-icon" aria-hidden="true">
    <use href={`/call/assets/icons.svg#${name}`} />
  </svg>
)

type GuestDocumentProps = {
  language: string
  title: string
  look: Look | null
  children: Child
  withScripts?: boolean
}

export const GuestDocument = ({ language, title, look, children, withScripts = true }: GuestDocumentProps) => (
  <>
    {raw("<!doctype html>")}
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{title}</title>
        <link rel="icon" type="image/png" href="/call/assets/icon.png" />
        <link rel="stylesheet" href="/call/assets/guest.css" />
        {look?.styles && <link rel="stylesheet" href={`/call/brand/${look.styles}`} />}
        {withScripts && <script src="/call/assets/connection.js" defer />}
        {withScripts && <script src="/call/assets/guest.js" defer />}
      </head>
      <body>{children}</body>
    </html>
  </>
)
