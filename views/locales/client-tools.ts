/** What the composer's tools say by themselves. */
export const COMPOSER_TOOL_KEYS = [
  ...(["emoji.none", "emoji.failed", "emoji.found", "emoji.recent"] as const),
  ...(["emoji.smileys", "emoji.people", "emoji.animals", "emoji.food", "emoji.travel"] as const),
  ...(["emoji.activities", "emoji.objects", "emoji.symbols", "emoji.flags"] as const),
  ...(["voice.is_recording", "voice.left", "voice.failed"] as const),
  ...(["voice.insecure", "voice.insecure_detail", "voice.unsupported", "voice.unsupported_detail"] as const),
  ...(["voice.denied", "voice.denied_detail", "voice.no_device", "voice.no_device_detail"] as const),
  ...(["voice.busy", "voice.busy_detail", "voice.plain", "voice.plain_detail"] as const),
  ...(["dictation.listening", "dictation.listening_browser", "dictation.working", "dictation.slow"] as const),
  ...(["dictation.failed", "dictation.offline", "dictation.no_answer", "dictation.no_network"] as const),
  ...(["dictation.not_spoken", "dictation.stopped"] as const),
  ...(["places.nothing", "places.not_sent"] as const),
] as const
