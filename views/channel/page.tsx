/** A3: one service number: what is wrong with it, its sections, and one of them. */
import type { ChannelFrame } from "~/channel/queries/administering.ts"
import type { Child } from "../jsx-runtime.ts"
import { panelLink } from "../list/list.tsx"
import type { Phrase, PlainKey, Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export const CHANNELS_PATH = "/admin/channels"
/** The element that every link and form of a number's pages swaps. */
export const CHANNEL_PANEL = "channel"

export const CHANNEL_SECTIONS = [
  "connection",
  "hours",
  "skillsets",
  "behaviour",
  "messages",
  "menu",
  "profiling",
] as const
export type ChannelSection = (typeof CHANNEL_SECTIONS)[number]

export const channelPath = (id: number, section: ChannelSection): string =>
  section === "connection" ? `${CHANNELS_PATH}/${id}` : `${CHANNELS_PATH}/${id}/${section}`

export type ChannelPageProps = { screen: Screen; frame: ChannelFrame; section: ChannelSection; children: Child }

export const ChannelPage = ({ screen, frame, section, children }: ChannelPageProps) => {
  const { t } = screen
  return (
    <section class="channel-page" id={CHANNEL_PANEL} aria-labelledby="channel-title">
      <header class="channel-head">
        <nav class="crumbs" aria-label={t("channels.way")}>
          <a href={CHANNELS_PATH}>{t("channels.title")}</a>
          <Icon name="chevron-right" size="small" />
          <span aria-current="page">{frame.name}</span>
        </nav>
        <h1 id="channel-title">{frame.name}</h1>
        <span class="channel-number">{frame.displayPhoneNumber}</span>
        <OpeningChip screen={screen} frame={frame} />
      </header>
      <Health screen={screen} frame={frame} />
      <div class="channel-body">
        <nav class="channel-sections" aria-label={t("channels.sections")}>
          {CHANNEL_SECTIONS.map((one) => {
            const path = channelPath(frame.id, one)
            return (
              <a href={path} aria-current={one === section ? "page" : null} {...panelLink(CHANNEL_PANEL, path)}>
                <span>{t(`channels.section_${one}`)}</span>
                {one === "connection" && (frame.standing === "held" || frame.standing === "silent") && (
                  <Icon name="circle-alert" size="small" label={t("channels.needs_you")} />
                )}
              </a>
            )
          })}
        </nav>
        <div class="channel-content">{children}</div>
      </div>
    </section>
  )
}

/** Open or closed, and until when. */
export function OpeningChip({ screen, frame }: { screen: Screen; frame: ChannelFrame }) {
  const { t, format, now } = screen
  if (frame.standing === "off") return <Chip>{t("channels.off")}</Chip>
  const moment = frame.nextChange === null ? null : format.moment(frame.nextChange, now)
  const words = moment === null ? t(frame.open ? "channels.open_always" : "channels.closed_always") : null
  return (
    <Chip tone={frame.open ? "ok" : "warn"}>
      {words ?? t(frame.open ? "channels.open_until" : "channels.closed_until", { moment: moment ?? "" })}
    </Chip>
  )
}

/** What has to be said before anything else: it cannot send, nothing arrives, it is switched off. */
function Health({ screen, frame }: { screen: Screen; frame: ChannelFrame }) {
  const { t, format, now } = screen
  switch (frame.standing) {
    case "held":
      return (
        <Banner
          tone="bad"
          title={t("channels.held_since", { time: format.moment(frame.heldSince ?? now, now) })}
          actions={<Button href={`${channelPath(frame.id, "connection")}#access`}>{t("channels.new_token")}</Button>}
        >
          {`${troubleWords(t, frame.holdReason ?? "unknown")} ${t("channels.held_waiting", { count: frame.waiting })}`}
        </Banner>
      )
    case "silent":
      return (
        <Banner tone="warn" title={t("channels.silent", { time: format.moment(frame.lastHeardAt ?? now, now) })}>
          {t("channels.silent_detail")}
        </Banner>
      )
    case "off":
      return (
        <Banner tone="info" title={t("channels.off_title")} actions={<Enabling screen={screen} id={frame.id} isOn />}>
          {t("channels.off_detail")}
        </Banner>
      )
    case "unheard":
    case "well":
      return null
  }
}

/** Switches it on, or off. */
export const Enabling = ({ screen, id, isOn }: { screen: Screen; id: number; isOn: boolean }) => {
  const action = `${CHANNELS_PATH}/${id}/enabling`
  return (
    <form method="post" action={action} hx-post={action} hx-target={`#${CHANNEL_PANEL}`} hx-swap="outerMorph">
      <FormToken csrfToken={screen.csrfToken} />
      {isOn && <input type="hidden" name="enabled" value="on" />}
      <Button type="submit" icon={isOn ? "play" : "pause"}>
        {screen.t(isOn ? "channels.switch_on" : "channels.switch_off")}
      </Button>
    </form>
  )
}

const OWN_WORDS: ReadonlySet<string> = new Set([
  "token_refused",
  "permission_missing",
  "number_gone",
  "number_not_registered",
  "request_invalid",
  "unreachable",
  "payment_problem",
  "policy_blocked",
  "account_locked",
  "unknown",
])

/** Why Meta does not let us, for whoever can do something about it. */
export const troubleWords = (t: Translate, why: string): string =>
  OWN_WORDS.has(why) ? t(`channels.trouble_${why}` as PlainKey) : (t as Phrase)(`failure.${why}`)

/** Comes first in a form, so that Enter saves and presses none of its small buttons. */
export const SavesOnEnter = () => <button type="submit" hidden />

/** A small button that changes the form alone. */
export const pressing = (deed: string) => ({ name: "do", value: deed })
