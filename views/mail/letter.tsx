/**
 * A letter in both of its forms: the same words as plain text and as HTML. What a person wrote is escaped like
 * everywhere; addresses are those the caller gives, which are the configured ones.
 */
import type { Look } from "~/brand/rules.ts"
import { type Html, raw } from "../jsx-runtime.ts"
import type { Translate } from "../locales/index.ts"
import { Company } from "./company.tsx"

export type Letter = {
  subject: string
  name: string
  paragraphs: readonly string[]
  /** Labelled values, one a line: what somebody copies. */
  values?: readonly { label: string; value: string }[]
  button?: { label: string; url: string }
  /** In smaller letters: until when, what to do if it was not you. */
  small?: readonly string[]
  /** Whose letter it is; left out: Sportello's own. */
  look?: Look | null
}
export type WrittenLetter = { subject: string; text: string; html: string }

/** `host`: the appliance as its users know it. */
export function written(t: Translate, language: string, host: string, letter: Letter): WrittenLetter {
  const { subject } = letter
  return { subject, text: textOf(t, host, letter), html: `<!doctype html>\n${htmlOf(t, language, host, letter)}` }
}

function textOf(t: Translate, host: string, letter: Letter): string {
  const { name, paragraphs, values = [], button, small = [], look = null } = letter
  const lines = values.map(({ label, value }) => `${label}: ${value}`).join("\n")
  const link = button ? `${button.label}:\n${button.url}` : ""
  const parts = [
    look?.name ?? "",
    t("letter.greeting", { name }),
    ...paragraphs,
    lines,
    link,
    ...small,
    `-- \n${t("letter.footer", { host })}`,
  ]
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`
}

/** Mail programs know no style sheets but their own; what they make of these few lines is readable everywhere. */
const styleOf = (look: Look | null) =>
  raw(`
body { margin: 0; padding: 24px; background: #eef3f6; color: #17212b; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 560px; margin: 0 auto; padding: 24px 32px; background: #ffffff; border-radius: 12px; }
dl { margin: 16px 0; } dt { color: #51606e; font-size: 14px; } dd { margin: 0 0 8px; font-family: ui-monospace, monospace; font-size: 18px; }
.button { display: inline-block; padding: 10px 18px; border-radius: 8px; background: ${look?.accent ?? OWN_ACCENT}; color: #ffffff; text-decoration: none; font-weight: 600; }
.small, footer { color: #51606e; font-size: 14px; } footer { max-width: 560px; margin: 16px auto 0; padding: 0 32px; }
.company { margin: 0 0 16px; padding-bottom: 12px; border-bottom: 2px solid ${look?.accent ?? OWN_ACCENT}; font-size: 18px; font-weight: 600; }
`)

/** Colours of companies are read before they are kept: six digits, nothing else. */
const OWN_ACCENT = "#00684a"

function htmlOf(t: Translate, language: string, host: string, letter: Letter): Html {
  const { subject, name, paragraphs, values = [], button, small = [], look = null } = letter
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{subject}</title>
        <style>{styleOf(look)}</style>
      </head>
      <body>
        <main>
          {look && <Company look={look} />}
          <p>{t("letter.greeting", { name })}</p>
          {paragraphs.map((paragraph) => (
            <p>{paragraph}</p>
          ))}
          {values.length > 0 && (
            <dl>
              {values.map(({ label, value }) => (
                <>
                  <dt>{label}</dt>
                  <dd>{value}</dd>
                </>
              ))}
            </dl>
          )}
          {button && (
            <p>
              <a class="button" href={button.url}>
                {button.label}
              </a>
            </p>
          )}
          {small.map((line) => (
            <p class="small">{line}</p>
          ))}
        </main>
        <footer>{t("letter.footer", { host })}</footer>
      </body>
    </html>
  )
}
