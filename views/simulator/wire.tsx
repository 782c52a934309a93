/** The list at the right: what went over the wire of late, newest first. */
import type { Html } from "../jsx-runtime.ts"
import type { SimulatorPhrases } from "../locales/simulator.en.ts"
import { Icon } from "./icon.tsx"
import type { WireProps } from "./props.ts"

export function WireList({ wire, phrases }: { wire: WireProps[]; phrases: SimulatorPhrases }): Html {
  return (
    <section class="panel wire" aria-labelledby="wire-title">
      <header>
        <h2 id="wire-title">{phrases.wire}</h2>
        <button
          class="icon-button"
          type="button"
          data-act="pause"
          aria-pressed="false"
          aria-label={phrases.pause}
          data-other-label={phrases.resume}
        >
          <Icon name="pause" />
        </button>
      </header>
      <ol data-live="wire" data-pausable tabindex="0" aria-labelledby="wire-title">
        {wire.length === 0 && <li class="muted">{phrases.wireEmpty}</li>}
        {wire.map((entry) => (
          <li>
            <span class={["chip", entry.tone]}>{phrases.direction[entry.direction]}</span>
            <span class="what">
              {subjectOf(entry, phrases)}
              <small>{entry.details.map((detail) => wordsOf(detail, phrases)).join(" · ")}</small>
            </span>
            <time class="muted">{entry.time}</time>
          </li>
        ))}
      </ol>
    </section>
  )
}

function subjectOf({ subject }: WireProps, phrases: SimulatorPhrases): string {
  switch (subject.about) {
    case "message":
      return subject.again ? phrases.subject.again : phrases.subject.message(subject.of)
    case "status":
      return phrases.subject.status(phrases.tick[subject.of as keyof SimulatorPhrases["tick"]] ?? subject.of)
    case "send":
      return phrases.subject.send(subject.of)
    case "receipt":
      return phrases.subject.receipt
    case "typing":
      return phrases.subject.typing
    case "words":
      return subject.words
  }
}

function wordsOf(detail: WireProps["details"][number], phrases: SimulatorPhrases): string {
  if (detail === "no answer") return phrases.noAnswer
  if (typeof detail === "string") return detail
  if ("attempt" in detail) return phrases.attempt(detail.attempt)
  return `${phrases.byFault}: ${phrases.fault[detail.fault as keyof SimulatorPhrases["fault"]] ?? detail.fault}`
}
