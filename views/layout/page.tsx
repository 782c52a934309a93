/** The document around everything: what a browser must know before the first word. */
import type { Look } from "~/brand/rules.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Child, type Html, raw } from "../jsx-runtime.ts"
import { clientPhrases } from "../locales/client.ts"
import { isLanguage } from "../locales/index.ts"

/** The address of a file of public/, with its hash. */
export type AssetUrl = (path: string) => string

export type DocumentProps = {
  title: string
  language: string
  asset: AssetUrl
  now: Instant
  /** Who is signed in and where the bell stands; null on pages for anybody. */
  session: { user: Id; csrfToken: string; liveCursor: string } | null
  /** How the company looks; null: as Sportello does. */
  look?: Look | null
  children: Child
}

/** Runs before anything is drawn, so that a dark page does not flash. */
const FIRST_SCRIPT = "scripts/theme.js"
const OUTSIDE_SCRIPT = "scripts/forms.js"

/**
 * What htmx must not do: swap answers that are no page of ours, close what a person opened (`open` belongs to the
 * browser), write styles of its own.
 */
const HTMX = JSON.stringify({
  noSwap: [204, 304],
  // What a script draws into a picture is not the server's to take away.
  morphSkipChildren: "line-chart",
  morphIgnore: ["data-htmx-powered", "open"],
  includeIndicatorCSS: false,
  defaultTimeout: 20_000,
})

export function Document({ title, language, asset, now, session, look = null, children }: DocumentProps): Html {
  const headers = session && JSON.stringify({ "X-CSRF-Token": session.csrfToken })
  return (
    <>
      {raw("<!doctype html>")}
      <html lang={language}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
          <title>{`${title} · Sportello`}</title>
          <meta name="color-scheme" content="light dark" />
          <meta name="now" content={now} />
          {session && <SessionMeta {...session} language={language} asset={asset} />}
          <link rel="icon" type="image/png" sizes="32x32" href={asset("icon-32.png")} />
          <link rel="icon" type="image/png" sizes="192x192" href={asset("icon-192.png")} />
          <link rel="apple-touch-icon" href={asset("apple-touch-icon.png")} />
          <link
            rel="icon"
            type="image/svg+xml"
            sizes="any"
            href={asset("favicon.svg")}
            data-unread={asset("favicon-unread.svg")}
            data-read={asset("favicon.svg")}
          />
          <link
            rel="preload"
            as="font"
            type="font/woff2"
            href="/assets/fonts/inter-latin.woff2"
            crossorigin="anonymous"
          />
          <link rel="stylesheet" href={asset("bundles/sportello.css")} />
          {look?.styles && <link rel="stylesheet" href={`/brand/${look.styles}`} />}
          <script src={asset(FIRST_SCRIPT)} />
          <script src={asset(session ? "bundles/sportello.js" : OUTSIDE_SCRIPT)} defer />
        </head>
        <body {...(headers && { "hx-headers:inherited": headers })}>{children}</body>
      </html>
    </>
  )
}

const SessionMeta = ({
  user,
  csrfToken,
  liveCursor,
  language,
  asset,
}: NonNullable<DocumentProps["session"]> & Pick<DocumentProps, "language" | "asset">) => (
  <>
    <meta name="htmx-config" content={HTMX} />
    <meta name="csrf" content={csrfToken} />
    <meta name="phrases" content={JSON.stringify(clientPhrases(language))} />
    <meta name="user" content={user} />
    <meta name="live" content={liveCursor} />
    <meta name="live-worker" content={asset("scripts/live-worker.js")} />
    <meta name="chart-library" content={asset("vendor/uplot.js")} />
    <meta name="notify-worker" content={asset("scripts/notify-worker.js")} />
    <meta name="speech-worklet" content={asset("speech/worklet.js")} />
    <meta name="sound" content={asset("sounds/notification.wav")} />
    <meta name="emoji" content={asset(`emoji/${isLanguage(language) ? language : "en"}.json`)} />
  </>
)
