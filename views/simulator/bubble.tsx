/** One message on a pretend phone. */
import type { Html } from "../jsx-runtime.ts"
import type { SimulatorPhrases } from "../locales/simulator.en.ts"
import { Icon, type IconName } from "./icon.tsx"
import type { BubbleProps } from "./props.ts"

type Props = { bubble: BubbleProps; phrases: SimulatorPhrases }

export function Bubble({ bubble, phrases }: Props): Html {
  const { id, side, reactions } = bubble
  return (
    <article class={["message", side]} data-message={id} data-side={side} data-text={bubble.text}>
      <div class="bubble">
        {bubble.deleted ? <em class="muted">{phrases.deleted}</em> : <Content bubble={bubble} phrases={phrases} />}
        <Meta bubble={bubble} phrases={phrases} />
        {reactions.length > 0 && <span class="reactions">{reactions}</span>}
        {!bubble.deleted && (
          <button
            class="icon-button act"
            type="button"
            data-act="menu"
            aria-label={phrases.actions}
            aria-haspopup="menu"
          >
            <Icon name="chevron-down" small />
          </button>
        )}
      </div>
      {bubble.choices && !bubble.deleted && <Offer bubble={bubble} choices={bubble.choices} phrases={phrases} />}
      {bubble.links.length > 0 && !bubble.deleted && <Links links={bubble.links} />}
    </article>
  )
}

function Content({ bubble, phrases }: Props): Html {
  const { heading, text, footer, quote, type } = bubble
  return (
    <>
      {quote && (
        <div class="quote">
          <b>{quote.who ?? phrases.you}</b>
          {quote.text || kindOf(quote.type, phrases)}
        </div>
      )}
      {bubble.medium && <Medium medium={bubble.medium} phrases={phrases} />}
      {type === "location" && <Place phrases={phrases} />}
      {type === "contacts" && (
        <span class="card">
          <Icon name="circle-user-round" label={phrases.contact} />
          <b>{text}</b>
        </span>
      )}
      {type === "unsupported" && <em class="muted">{phrases.unsupported}</em>}
      {heading !== "" && <b class="heading">{heading}</b>}
      {text !== "" && type !== "contacts" && <p>{text}</p>}
      {footer !== "" && <small class="muted">{footer}</small>}
    </>
  )
}

/** What to call a message that has no words. */
function kindOf(type: string, phrases: SimulatorPhrases): string {
  const { photo, video, document, sticker, place, contact, template, attachment } = phrases
  const names: Record<string, string> = { image: photo, audio: attachment.voice, location: place, contacts: contact }
  return { ...names, video, document, sticker, template }[type] ?? phrases.message
}

function Medium({ medium, phrases }: { medium: NonNullable<BubbleProps["medium"]>; phrases: SimulatorPhrases }): Html {
  const { kind, url, name, size } = medium
  if (url === null) return <span class="linked">{name}</span>
  switch (kind) {
    case "image":
      return <img class="picture" src={url} alt={phrases.photo} loading="lazy" />
    case "sticker":
      return <img class="sticker" src={url} alt={phrases.sticker} loading="lazy" />
    case "video":
      return <video class="picture" src={url} controls muted preload="metadata" aria-label={phrases.video} />
    case "audio":
      return (
        <div class="voice">
          <button class="play" type="button" data-play={url} aria-label={phrases.playVoice}>
            <Icon name="play" small />
          </button>
          <svg class="wave" viewBox="0 0 108 26" aria-hidden="true">
            <path
              d="M2 5v16M6 9v8M10 4v18M14 11v4M18 10v6M22 10v6M26 5v16M30 11v4M34 8v10M38 11v4M42 10v6M46 4v18M50 4v18M54 10v6M58 8v10M62 10v6M66 4v18M70 11v4M74 10v6M78 8v10M82 11v4M86 4v18M90 11v4M94 8v10M98 11v4M102 9v8M106 7v12"
              stroke="currentColor"
              stroke-width="2.4"
              stroke-linecap="round"
            />
          </svg>
        </div>
      )
    default:
      return (
        <a class="file" href={url} download={name} target="_blank" rel="noopener">
          <Icon name="file-text" label={phrases.document} />
          <span>
            <b>{name}</b>
            <small>{size}</small>
          </span>
        </a>
      )
  }
}

const Place = ({ phrases }: { phrases: SimulatorPhrases }): Html => (
  <svg class="map" viewBox="0 0 220 96" preserveAspectRatio="xMidYMid slice" role="img" aria-label={phrases.place}>
    <path
      d="M0 70 90 40l130-8M40 0l30 96M150 0l-24 96M0 22l220 54"
      fill="none"
      stroke="currentColor"
      stroke-width="5"
    />
    <circle class="pin" cx="112" cy="44" r="8" />
    <circle cx="112" cy="44" r="3" fill="#fff" />
  </svg>
)

function Meta({ bubble, phrases }: Props): Html {
  const { tick, errorCode, time, edited } = bubble
  return (
    <span class="meta">
      {errorCode !== null && <span class="failure">{phrases.failedWith(errorCode)}</span>}
      {edited && <span>{phrases.edited}</span>}
      <time>{time}</time>
      {tick !== null && (
        <span class={["tick", tick]}>
          <Icon name={TICKS[tick]} small label={phrases.tick[tick]} />
        </span>
      )}
    </span>
  )
}

const TICKS: Record<NonNullable<BubbleProps["tick"]>, IconName> = {
  waiting: "clock",
  sent: "check",
  delivered: "check-check",
  read: "check-check",
  played: "check-check",
  failed: "circle-alert",
}

type Choices = NonNullable<BubbleProps["choices"]>

function Offer({ bubble, choices, phrases }: Props & { choices: Choices }): Html {
  const { id, chosen } = bubble
  const taken = chosen !== null
  if (choices.kind === "list")
    return (
      <div class="taps">
        <button type="button" data-list={id} disabled={taken} aria-haspopup="dialog">
          <Icon name="list" small />
          {choices.label}
        </button>
        <template data-list-of={id}>
          <Sheet label={choices.label} sections={choices.sections} id={id} phrases={phrases} />
        </template>
      </div>
    )
  return (
    <div class="taps">
      {choices.sections
        .flatMap((section) => section.choices)
        .map((choice) => (
          <button
            type="button"
            data-tap={id}
            data-choice={choice.id}
            disabled={taken}
            aria-pressed={chosen === choice.id ? "true" : null}
          >
            <Icon name="reply" small />
            {choice.title}
          </button>
        ))}
    </div>
  )
}

const LINK_ICONS = { url: "external-link", phone: "phone", copy_code: "copy" } as const

/** What the phone would do is said: a pretend phone opens no page and calls nobody. */
const Links = ({ links }: Pick<BubbleProps, "links">): Html => (
  <ul class="taps">
    {links.map(({ kind, title, value }) => (
      <li class="on-phone">
        <Icon name={LINK_ICONS[kind]} small />
        <span>{title}</span>
        <small class="on-phone-value">{value}</small>
      </li>
    ))}
  </ul>
)

type SheetProps = {
  id: string
  label: string
  sections: Choices["sections"]
  phrases: SimulatorPhrases
}

function Sheet({ id, label, sections, phrases }: SheetProps): Html {
  return (
    <form class="sheet" aria-label={label} data-sheet={id}>
      <header>
        <b>{label}</b>
        <button class="icon-button" type="button" data-act="close-sheet" aria-label={phrases.closeList}>
          <Icon name="x" />
        </button>
      </header>
      {sections.map((section) => (
        <fieldset>
          {section.title !== "" && <legend>{section.title}</legend>}
          {section.choices.map((choice) => (
            <label class="choice">
              <span>
                {choice.title}
                {choice.description !== "" && <small>{choice.description}</small>}
              </span>
              <input type="radio" name="choice" value={choice.id} required />
            </label>
          ))}
        </fieldset>
      ))}
      <button class="button primary" type="submit">
        {phrases.send}
      </button>
    </form>
  )
}
