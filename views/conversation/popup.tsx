/** At the top centre: a conversation needs this agent. It never takes the focus; hiding it changes nothing. */
import type { Standing } from "~/agent/queries.ts"
import type { ConversationLabel } from "~/conversation/queries/console.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Until } from "../parts/time.tsx"
import { lineWords } from "./kinds.tsx"

export type PopupsProps = { screen: Screen; offers: readonly ConversationLabel[]; standing: Standing | null }

export const Popups = ({ screen, offers, standing }: PopupsProps) => (
  <section class="popups" id="popups" aria-label={screen.t("popup.region")} {...livePanel("/popups", "popups")}>
    {standing?.reason === "missed_offers" && <OnBreak screen={screen} />}
    {offers.map((offer, index) => (
      <Popup screen={screen} offer={offer} following={offers.length - 1 - index} />
    ))}
  </section>
)

/** The appliance took them off duty; one click puts them back. It stays until they choose. */
const OnBreak = ({ screen }: { screen: Screen }) => (
  <article class="popup is-on-break" id="popup-on-break">
    <Icon name="timer-off" />
    <div class="popup-words" role="status">
      <p>
        <strong>{screen.t("missed.title")}</strong>
      </p>
      <p class="popup-text">{screen.t("missed.text")}</p>
    </div>
    <form method="post" action="/presence" hx-post="/presence" hx-swap="none">
      <FormToken csrfToken={screen.csrfToken} />
      <Button kind="primary" type="submit" more={{ name: "status", value: "ready" }}>
        {screen.t("missed.ready")}
      </Button>
    </form>
  </article>
)

/** Only the first is seen until somebody points at it, so that the thread stays free; it says how many follow. */
const Popup = ({ screen, offer, following }: { screen: Screen; offer: ConversationLabel; following: number }) => (
  <article
    class={offer.transfer ? "popup is-transferred" : "popup"}
    id={`popup-${offer.id}`}
    data-popup={offer.id}
    data-name={offer.title}
  >
    <Avatar name={offer.title} size="small" />
    <div class="popup-words">
      <p>
        <strong>{newsOf(screen, offer)}</strong>
        <span class="popup-name">{offer.title}</span>
        {offer.offeredUntil !== null && <Until at={offer.offeredUntil} screen={screen} isShort />}
      </p>
      <p class="popup-line">
        <span dir="auto">{offer.lastLine ? lineWords(screen, offer.lastLine.kind, offer.lastLine.text) : ""}</span>
        <small>
          {offer.channelName}
          {offer.skillsetName && ` · ${offer.skillsetName}`}
        </small>
      </p>
      {offer.transfer?.note && (
        <div class="popup-note">
          <strong>{screen.t("popup.note", { name: offer.transfer.senderName })}</strong>
          <span dir="auto">{offer.transfer.note}</span>
        </div>
      )}
    </div>
    <form
      method="post"
      action={`/conversations/${offer.id}/opening`}
      hx-post={`/conversations/${offer.id}/opening`}
      hx-swap="none"
    >
      <FormToken csrfToken={screen.csrfToken} />
      <Button kind="primary" type="submit">
        {screen.t("popup.open")}
      </Button>
    </form>
    {following > 0 && (
      <span class="popup-more">
        <span aria-hidden="true">+{following}</span>
        <span class="visually-hidden">{screen.t("popup.more", { count: following })}</span>
      </span>
    )}
    <IconButton icon="x" label={screen.t("popup.hide")} more={{ "data-hide-popup": offer.id }} />
  </article>
)

/** A conversation that somebody sent is told apart from one that has just come in. */
function newsOf({ t }: Screen, { transfer }: ConversationLabel): string {
  if (!transfer) return t("popup.new")
  const by = t("popup.transferred", { name: transfer.senderName })
  return transfer.isExclusive ? `${by} · ${t("event.exclusive")}` : by
}
