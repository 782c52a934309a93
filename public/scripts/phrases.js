/** What scripts say by themselves, in the reader's language: `say(key, blanks)`; and what the page's head tells them. */
;(() => {
  const content = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? ""
  const phrases = JSON.parse(content("phrases") || "{}")
  const language = document.documentElement.lang
  const plural = new Intl.PluralRules(language)
  const numbers = new Intl.NumberFormat(language)

  const say = (key, blanks = {}) => {
    const entry = phrases[key] ?? key
    const words = typeof entry === "string" ? entry : (entry[plural.select(blanks.count)] ?? entry.other)
    return words.replace(/\{(\w+)\}/g, (_, name) => {
      const value = blanks[name] ?? ""
      return typeof value === "number" ? numbers.format(value) : value
    })
  }
  /** Spoken by a screen reader when there is time, and shown to nobody. */
  const announce = (words) => {
    const region = document.getElementById("announcements")
    if (region) region.textContent = words
  }
  /** An answer that takes longer is none: whoever asked says so, and may ask again. */
  const ANSWER_WITHIN_MS = 30_000
  const patience = () => AbortSignal.timeout(ANSWER_WITHIN_MS)
  globalThis.sportello = { content, say, announce, patience }
})()
