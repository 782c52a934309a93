/** A walk through a menu that nobody is sent: the same rules as for customers, on a pretend phone. */
import { hours } from "~/kernel/clock.ts"
import { destination, farewell, type Menu, type MenuEnd, type Path } from "../rules.ts"
import { answered, type Consequence, greeted } from "./answer.ts"
import { question } from "./question.ts"

/** What the customer did: wrote, pressed a choice, or let the time pass. */
export type Said = { words: string; pressed: string | null } | { waited: true }

export type TrialBubble =
  | { by: "customer"; text: string }
  | {
      by: "us"
      text: string
      choices: readonly { id: string; title: string }[]
      opener: string | null
      footer: string | null
    }
  /** It is over; `skillset` null: the number's default. */
  | { by: "end"; how: MenuEnd; skillset: number | null; priority: number | null }

const REVISION = 1
/** Nobody of these is so quick that their answer was written before the question. */
const LATER = hours(1)

/** What both sides see; after the end nothing more is heard. */
export function walkThrough(menu: Menu, firstWords: string, said: readonly Said[]): TrialBubble[] {
  const bubbles: TrialBubble[] = [{ by: "customer", text: firstWords }]
  let place = { path: [] as Path, wrongAnswers: 0 }
  let isOver = false
  const follow = (consequence: Consequence) => {
    if (consequence.does === "nothing") return
    if (consequence.does === "end") {
      isOver = true
      bubbles.push(...ending(menu, consequence.how, consequence.path))
      return
    }
    place = { path: consequence.path, wrongAnswers: consequence.wrongAnswers }
    bubbles.push(asked(menu, consequence.path, consequence.isWrong))
  }
  follow(greeted(menu, REVISION, { words: firstWords, pressed: null, sentAt: 0 }))
  for (const one of said) {
    if (isOver) break
    if ("waited" in one) {
      follow({ does: "end", how: "timed_out", path: place.path })
      continue
    }
    bubbles.push({ by: "customer", text: one.words })
    const visit = { id: 0, conversation: 0, revision: REVISION, titles: [], askedAt: 0, endsAt: 0, ...place }
    follow(answered(menu, visit, { words: one.words, pressed: one.pressed, sentAt: LATER }))
  }
  return bubbles
}

function asked(menu: Menu, path: Path, isWrong: boolean): TrialBubble {
  const content = question(menu, REVISION, path, isWrong)
  if (content.type === "text") return { by: "us", text: content.text, choices: [], opener: null, footer: null }
  const { prompt, text } = content
  const opener = prompt.style === "list" ? prompt.opener : null
  return { by: "us", text, choices: prompt.choices, opener, footer: prompt.footer }
}

function ending(menu: Menu, how: MenuEnd, path: Path): TrialBubble[] {
  const text = farewell(menu, how, path)
  const said: TrialBubble[] = text === null ? [] : [{ by: "us", text, choices: [], opener: null, footer: null }]
  return [...said, { by: "end", how, ...destination(menu, how, path) }]
}
