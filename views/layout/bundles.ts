/**
 * What every page inside loads, in order: many small files for whoever writes them, two for the browser, which would wait
 * for each of them by itself.
 */

const styles = (...names: string[]) => names.map((name) => `styles/${name}.css`)
const scripts = (...names: string[]) => names.map((name) => `scripts/${name}.js`)

export const BUNDLES: Readonly<Record<`bundles/${string}`, readonly string[]>> = {
  "bundles/sportello.css": [
    ...styles("base", "parts", "shell", "notices", "agents", "conversation", "messages", "media", "location"),
    ...styles("ways-in"),
    ...styles(
      "transfer",
      "predefined",
      "templates",
      "emoji",
      "voice",
      "dictation",
      "profiling",
      "details",
      "customers",
      "search",
    ),
    ...styles("account", "audit", "set-aside", "call", "pages", "reports", "list", "admin", "channels"),
    ...styles("templates-admin", "contents", "retention", "imports"),
  ],
  "bundles/sportello.js": [
    "vendor/htmx.js",
    ...scripts("trust", "phrases", "live", "notify", "charts", "comparing", "words", "console", "thread", "past"),
    ...scripts("acts", "replying", "contacts", "attach", "drafts", "composer", "predefined", "emoji"),
    ...scripts("voice", "dictation", "map", "places"),
    ...scripts("templates", "closing", "search", "details", "notes", "onlookers", "palette", "transfer", "waiting"),
    ...scripts("admin", "channels", "contents", "imports", "forms", "passkeys"),
    "call/connection.js",
    ...scripts("call", "call-trial", "roam"),
  ],
}
