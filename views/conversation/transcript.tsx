/** A conversation as a letter: once as a page, once as plain text. Whoever reads it has none of our styles or scripts. */
import type { Look } from "~/brand/rules.ts"
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { Transcript, TranscriptLine } from "~/conversation/queries/transcript.ts"
import { Company } from "../mail/company.tsx"
import type { Screen } from "../parts/screen.ts"
import { kindWords } from "./kinds.tsx"

export type TranscriptProps = {
  screen: Screen
  head: ConversationHead
  transcript: Transcript
  companyName: string
  look: Look | null
  /** What whoever sends it says first; empty: nothing. */
  words: string
}

export const transcriptSubject = ({ screen: { t, format }, head, companyName }: TranscriptProps): string =>
  oneLine(t("transcript.subject", { name: head.title, company: companyName, date: format.date(head.openedAt) }))

/** A subject is a header: whatever a customer is called, it stays one line. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 200)

export const TranscriptLetter = (props: TranscriptProps) => {
  const { screen, head, transcript, words } = props
  return (
    <html lang={screen.format.language}>
      <head>
        <meta charset="utf-8" />
        <title>{transcriptSubject(props)}</title>
      </head>
      <body>
        {props.look && <Company look={props.look} />}
        {words !== "" && lines(words)}
        <h1>{screen.t("transcript.title", { name: head.title })}</h1>
        <p>
          {about(props).map((line) => (
            <>
              {line}
              <br />
            </>
          ))}
        </p>
        <hr />
        {transcript.isCut && (
          <p>
            <em>{screen.t("transcript.cut")}</em>
          </p>
        )}
        {transcript.lines.map((line) => (
          <p dir="auto">
            <strong>{authorOf(props, line)}</strong> <small>{screen.format.dateTime(line.at)}</small>
            <br />
            {saidIn(screen, line).map((said) => (
              <>
                {said}
                <br />
              </>
            ))}
          </p>
        ))}
        <hr />
        <p>
          <small>{screen.t("transcript.foot", { company: props.companyName, zone: screen.format.timeZone })}</small>
        </p>
      </body>
    </html>
  )
}

const lines = (text: string) => (
  <p dir="auto">
    {text.split("\n").map((line) => (
      <>
        {line}
        <br />
      </>
    ))}
  </p>
)

export function transcriptText(props: TranscriptProps): string {
  const { screen, head, transcript, words } = props
  const said = transcript.lines.map((line) =>
    [`${authorOf(props, line)} · ${screen.format.dateTime(line.at)}`, ...saidIn(screen, line)].join("\n"),
  )
  return [
    ...(words === "" ? [] : [words, ""]),
    screen.t("transcript.title", { name: head.title }),
    ...about(props),
    "--",
    ...(transcript.isCut ? [screen.t("transcript.cut"), ""] : []),
    said.join("\n\n"),
    "--",
    screen.t("transcript.foot", { company: props.companyName, zone: screen.format.timeZone }),
  ].join("\n")
}

function about({ screen: { t, format }, head, transcript }: TranscriptProps): string[] {
  const { title, phone, channelName, channelPhone, openedAt, closedAt } = head
  return [
    t("transcript.customer", { customer: phone === null ? title : `${title}, ${phone}` }),
    t("transcript.number", { number: `${channelName}, ${channelPhone}` }),
    closedAt === null
      ? t("transcript.since", { from: format.dateTime(openedAt) })
      : t("transcript.period", { from: format.dateTime(openedAt), until: format.dateTime(closedAt) }),
    ...(transcript.leftOut === 0 ? [] : [t("transcript.left_out", { count: transcript.leftOut })]),
  ]
}

const authorOf = ({ screen: { t }, head, companyName }: TranscriptProps, line: TranscriptLine): string =>
  line.direction === "in" ? head.title : `${line.authorName ?? t("thread.system")} (${companyName})`

/** What was said, what it was, and what became of it, a line each. */
function saidIn(screen: Screen, { kind, content, text, medium, attachment, status }: TranscriptLine): string[] {
  const { t } = screen
  const what = kindWords(screen, kind, content)
  const file =
    attachment &&
    t(attachment === "attached" ? "transcript.attached" : "transcript.not_attached", {
      name: medium?.name || (what ?? ""),
    })
  const state = status === "failed" || status === "uncertain" ? t(`transcript.${status}`) : null
  const isNamed = what !== null && (text === "" || !what.includes(text))
  return [
    ...(file ? [file] : isNamed && kind !== "prompt" ? [`[${what}]`] : []),
    ...(text === "" ? [] : text.split("\n")),
    ...(content.prompt ? [`[${content.prompt.choices.map(({ title }) => title).join(" | ")}]`] : []),
    ...(content.removed ? [t("transcript.removed")] : []),
    ...(state === null ? [] : [`(${state})`]),
  ]
}
