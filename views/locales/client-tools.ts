/** What the composer's tools say by themselves. */
export const COMPOSER_TOOL_KEYS = [
  ...(["emoji.none", "emoji.failed", "emoji.found", "emoji.recent"] as const),
  ...(["emoji.group_0", "emoji.group_1", "emoji.group_2", "emoji.group_3", "emoji.group_4"] as const),
  ...(["emoji.group_5", "emoji.group_6", "emoji.group_7", "emoji.group_8"] as const),
  ...(["voice.is_recording", "voice.left", "voice.failed"] as const),
  ...(["voice.insecure", "voice.insecure_detail", "voice.unsupported", "voice.unsupported_detail"] as const),
  ...(["voice.denied", "voice.denied_detail", "voice.no_device", "voice.no_device_detail"] as const),
  ...(["voice.busy", "voice.busy_detail"] as const),
] as const
