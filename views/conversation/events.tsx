/** The thread's system lines: who did what, when and why. */
import type { EventItem } from "~/message/queries/thread.ts"
import type { Key, Phrase, PlainKey } from "../locales/index.ts"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import type { Screen } from "../parts/screen.ts"

export const EventLine = ({ screen, item }: { screen: Screen; item: EventItem }) => (
  <>
    <Line screen={screen} item={item} />
    {noteOf(item) !== null && <Note screen={screen} item={item} note={noteOf(item) ?? ""} />}
  </>
)

/** What goes with a transfer, into the wait queue, or with a closing. */
function noteOf({ kind, data }: EventItem): string | null {
  const notes = { transferred: data.note, parked: data.reason, closed: data.profilingNotes }
  const note = notes[kind as keyof typeof notes]
  return typeof note === "string" ? note : null
}

/** What is said to the next agent, or to whoever reads it later; the customer never sees it. */
const Note = ({ screen, item, note }: { screen: Screen; item: EventItem; note: string }) => (
  <div class="event-note" id={`note-${item.id}`}>
    <strong>{screen.t("event.note_from", { actor: item.actorName ?? screen.t("thread.system") })}</strong>
    <p dir="auto">{note}</p>
  </div>
)

const Line = ({ screen, item }: { screen: Screen; item: EventItem }) => (
  <p class={`event-line is-${item.kind}`} id={`event-${item.id}`}>
    <Icon name={eventIcon(item)} size="small" />
    <span>
      {eventSentence(screen, item)} · {screen.format.time(item.at)}
    </span>
  </p>
)

/** What happened, and why. */
export const eventSentence = (screen: Screen, item: EventItem): string =>
  [eventWords(screen, item), whyWords(screen, item)].filter(Boolean).join(" – ")
export const eventIcon = ({ kind }: EventItem): IconName => ICONS[kind] ?? "info"

const ICONS: Readonly<Record<string, IconName>> = {
  opened: "message-circle",
  queued: "hourglass",
  offered: "bell",
  offer_expired: "clock",
  overflowed: "users",
  activated: "circle-check",
  transferred: "arrow-right-left",
  declined: "arrow-right-left",
  parked: "clock",
  handed_over: "arrow-right-left",
  awaiting_reply: "clock",
  closed: "circle-check",
  call: "video",
  menu_ended: "list-checks",
  kept_back: "user-round",
  message_withheld: "ban",
  consent_changed: "megaphone",
  new_person: "user-plus",
  joined: "users",
  separated: "user-round",
  mailed: "mail",
  identity_changed: "user-round",
}

function eventWords({ t }: Screen, { kind, actorName, data }: EventItem): string {
  const actor = actorName ?? t("thread.system")
  const name = (key: string) => String(data[`${key}Name`] ?? "")
  switch (kind) {
    case "opened":
      return data.how === "inbound" ? t("event.opened") : t("event.started", { actor })
    case "queued":
      if (data.targetUser !== null)
        return t(data.exclusive ? "event.queued_exclusive" : "event.queued_user", { user: name("targetUser") })
      if (data.exclusive) return t("event.queued_exclusive_skillset", { skillset: name("skillset") })
      return data.skillset === null ? t("event.queued") : t("event.queued_skillset", { skillset: name("skillset") })
    case "offered":
      return t("event.offered", { agent: name("agent") })
    case "overflowed":
      return t(`event.overflowed.${String(data.why)}` as "event.overflowed.skillset", { skillset: name("toSkillset") })
    case "offer_expired":
      return t("event.offer_expired", { agent: name("agent") })
    case "activated":
      return activatedWords(t, data, name)
    case "transferred":
      return transferredWords(t, actor, data, name)
    case "declined":
      return data.reason === null
        ? t("event.declined", { agent: name("agent") })
        : t("event.declined_because", { agent: name("agent"), reason: String(data.reason) })
    case "parked":
      if (data.why === "customer_silent") return t("event.parked_silent")
      if (data.why === "kept_too_long") return t("event.parked_released")
      return t(data.as === "public" ? "event.parked_public" : "event.parked_personal", { actor })
    case "handed_over":
      return t("event.handed_over", { actor, agent: name("agent") })
    case "awaiting_reply":
      return t("event.awaiting_reply")
    case "closed":
      if (data.how === "automatic") return t("event.closed_automatic")
      if (data.how === "blocked") return t("event.closed_blocked")
      return [t("event.closed", { actor }), data.profilingPath].filter(Boolean).join(" – ")
    case "kept_back":
      return t("event.kept_back")
    case "menu_ended":
      return data.path === "" ? t("event.menu_nothing") : t("event.menu", { path: String(data.path) })
    case "call":
      return callWords(t, actor, data)
    case "message_withheld":
      return t(WITHHELD[String(data.why)] ?? "event.withheld.window_closed")
    case "consent_changed":
      return consentWords(t, actor, data)
    case "mailed":
      return t("event.mailed", { actor, to: String(data.to ?? "") })
    case "new_person":
      return t("event.new_person", { actor })
    case "joined":
      return t("event.joined", { actor, name: name("other") })
    case "separated":
      return t("event.separated", { actor, name: name("other") })
    case "identity_changed":
      return identityWords(t, data)
    default:
      return t("event.other", { kind })
  }
}

const WITHHELD: Readonly<Record<string, PlainKey>> = {
  channel_disabled: "event.withheld.channel_disabled",
  tenant_disabled: "event.withheld.tenant_disabled",
}

function callWords(t: Screen["t"], actor: string, { what, seconds }: EventItem["data"]): string {
  const total = Number(seconds ?? 0)
  const time = `${Math.floor(total / 60)}:${String(total % 60).padStart(2, "0")}`
  switch (what) {
    case "joined":
      return t("event.call_joined")
    case "left":
      return t("event.call_left", { time })
    case "ended":
      return t("event.call_ended", { time })
    case "missed":
      return t("event.call_missed")
    default:
      return t("event.call_started", { actor })
  }
}

function consentWords(t: Screen["t"], actor: string, { choice, how, words }: EventItem["data"]): string {
  const key = `event.consent_${choice === "out" ? "out" : "in"}_${how === "by_hand" || how === "word" ? how : "whatsapp"}`
  return (t as Phrase)(key, { actor, words: String(words ?? "") })
}

/** The number is read like any other; one that is not told is not made up. */
function identityWords(t: Screen["t"], { previousPhone, phone }: EventItem["data"]): string {
  if (typeof phone !== "string" || phone === previousPhone) return t("event.identity_changed")
  return typeof previousPhone === "string"
    ? t("event.number_changed", { before: `+${previousPhone}`, now: `+${phone}` })
    : t("event.number_known", { now: `+${phone}` })
}

function transferredWords(t: Screen["t"], actor: string, data: EventItem["data"], name: (key: string) => string) {
  const to =
    data.toUser === null
      ? t("event.transferred_skillset", { actor, skillset: name("toSkillset") })
      : t("event.transferred_user", { actor, user: name("toUser") })
  return data.mode === "exclusive" ? `${to} – ${t("event.exclusive")}` : to
}

function activatedWords(t: Screen["t"], data: EventItem["data"], name: (key: string) => string): string {
  const agent = name("agent")
  switch (data.how) {
    case "taken":
      return data.previousOwner === null
        ? t("event.taken", { agent })
        : t("event.taken_from", { agent, previous: name("previousOwner") })
    case "customer_wrote":
      return t("event.activated_wrote", { agent })
    case "unparked":
      return t("event.unparked", { agent })
    case "started":
      return t("event.activated_started", { agent })
    case "reopened":
      return t("event.reopened", { agent })
    default:
      return t("event.activated", { agent })
  }
}

/** «Why me»: the reason of an assignment, or of a return to the queue. */
function whyWords({ t }: Screen, { kind, data }: EventItem): string | null {
  if (kind === "queued" && typeof data.why === "string" && data.why !== "new" && data.why !== "transfer")
    return t(`event.why.${data.why}` as "event.why.menu")
  if (kind === "menu_ended" && data.how !== "chosen") return t(`event.menu.${data.how}` as "event.menu.person")
  if (kind !== "offered" || typeof data.reasonStrategy !== "string") return null
  const reason = t(`event.reason.${data.reasonStrategy}` as Key & "event.reason.least_loaded", {
    count: Number(data.reasonCandidates ?? 1),
    skillset: String(data.reasonSkillsetName ?? ""),
    load: Number(data.reasonLoad ?? 0),
    maximum: Number(data.reasonMaximum ?? 0),
  })
  const from = data.reasonOverflowFromName
  return typeof from === "string" ? `${reason}, ${t("event.reason.overflow", { skillset: from })}` : reason
}
