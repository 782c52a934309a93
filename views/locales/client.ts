/** The few phrases that scripts in the browser say by themselves. */
import { COMPOSER_TOOL_KEYS } from "./client-tools.ts"
import { catalogues, isLanguage, type Key, type Plural } from "./index.ts"

const KEYS = [
  ...COMPOSER_TOOL_KEYS,
  ...([
    "composer.left",
    "composer.over",
    "composer.draft",
    "composer.not_sent",
    "composer.offline",
    "composer.sending",
    "composer.slow",
    "composer.no_answer",
  ] as const),
  ...(["attach.waiting", "attach.sending", "attach.failed", "attach.cut", "attach.too_large", "attach.empty"] as const),
  ...(["media.kilobytes", "media.megabytes"] as const),
  ...(["composer.unfilled", "composer.buttons", "composer.list", "profiling.found"] as const),
  ...(["template.file_sending", "template.file_ready", "template.file_failed"] as const),
  ...(["search.count", "search.none", "search.looking", "acts.copied", "thread.you"] as const),
  ...(["list.now", "live.lost", "live.lost_detail", "live.retry", "live.back"] as const),
  ...(["thread.new", "thread.said", "thread.window_closed", "notice.dismiss"] as const),
  ...(["notify.conversation", "notify.message"] as const),
  ...(["notify.hidden", "notify.test", "notify.tested", "user.notifications_off", "user.notifications_none"] as const),
  ...(["user.notifications_on", "user.notifications_blocked", "user.sound_blocked"] as const),
  ...(["call.camera_is_off", "call.connecting", "call.connecting_detail", "call.copied"] as const),
  ...(["call.denied", "call.device_busy", "call.insecure", "call.is_muted"] as const),
  ...(["call.joined_now", "call.left", "call.left_detail", "call.no_camera"] as const),
  ...(["call.no_microphone", "call.nothing_found", "call.offline", "call.over"] as const),
  ...(["call.over_detail", "call.over_missed", "call.quality_fair", "call.quality_good"] as const),
  ...(["call.quality_poor", "call.reconnecting", "call.reconnecting_detail", "call.replaced"] as const),
  ...(["call.replaced_detail", "call.sees_screen", "call.unreachable", "call.unreachable_detail"] as const),
  ...(["call.waiting", "call.waiting_detail"] as const),
  ...(["note.saving", "note.not_saved", "note.draft"] as const),
] satisfies Key[]

export type ClientPhrases = Record<(typeof KEYS)[number], string | Plural>

export function clientPhrases(language: string): ClientPhrases {
  const catalogue = catalogues[isLanguage(language) ? language : "en"]
  return Object.fromEntries(KEYS.map((key) => [key, catalogue[key]])) as ClientPhrases
}
