/** Stand-in until the views are there. */
import type { Assets } from "~/web/assets.ts"
import type { Look } from "~/web/look.ts"
export function composeLook(_assets: Assets): Look {
  const phrases = () => (key: string) => key
  return {
    languages: ["en", "it"],
    phrases,
    inside: ({ panel, me }) => (
      <html>
        <meta name="csrf" content={me.csrfToken} />
        {panel}
      </html>
    ),
    outside: ({ panel, csrfToken }) => (
      <html>
        <meta name="csrf" content={csrfToken} />
        {panel}
      </html>
    ),
    error: ({ status }) => <p>{status}</p>,
    notice: (_l, s) => <p>{s}</p>,
    noticesAt: "#n",
  }
}
