/** The timezones that this program knows, by their IANA names. */
let known: readonly string[] | null = null

export function knownTimezones(): readonly string[] {
  known ??= [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC"])].sort()
  return known
}
