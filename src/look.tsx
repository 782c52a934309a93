/** Stand-in until the views are there. */
import type { Clock } from "~/kernel/clock.ts"
import type { Assets } from "~/web/assets.ts"
import type { Look } from "~/web/look.ts"
export function composeLook(_: { assets: Assets; clock: Clock }): Look {
  const phrases = () => (key: string) => key
  return {
    languages: ["en", "it"],
    phrases,
    inside: ({ panel, me }) => (
      <html lang="en">
        <meta name="csrf" content={me.csrfToken} />
        {panel}
      </html>
    ),
    outside: ({ panel, csrfToken }) => (
      <html lang="en">
        <meta name="csrf" content={csrfToken} />
        {panel}
      </html>
    ),
    error: ({ status }) => <p>{status}</p>,
    notice: (_l, s) => <p>{s}</p>,
    noticesAt: "#n",
  }
}
