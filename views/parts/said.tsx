/** What somebody wrote on WhatsApp, as WhatsApp shows it. */
import type { Html } from "../jsx-runtime.ts"
import { type Block, blocksOf, type Link, type Span } from "./formatting.ts"

/** One element per block, each holding its text alone and reading in its own direction. */
export function Said({ text }: { text: string }) {
  const blocks = blocksOf(text)
  const [only] = blocks
  if (blocks.length === 1 && only) return <SaidBlock block={only} />
  return (
    <div class="said">
      {blocks.map((block) => (
        <SaidBlock block={block} />
      ))}
    </div>
  )
}

function SaidBlock({ block }: { block: Block }): Html {
  switch (block.block) {
    case "text":
      return (
        <p class="message-text" dir="auto">
          <Spans spans={block.spans} />
        </p>
      )
    case "quote":
      return (
        <blockquote class="message-text said-quote" dir="auto">
          <Spans spans={block.spans} />
        </blockquote>
      )
    case "code":
      return (
        <pre class="message-text said-code" dir="auto">
          {block.text}
        </pre>
      )
    case "bullets":
      return (
        <ul class="message-text said-list" dir="auto">
          {block.items.map((spans) => (
            <li>
              <Spans spans={spans} />
            </li>
          ))}
        </ul>
      )
    case "numbers":
      return (
        <ol class="message-text said-list" dir="auto" start={block.start}>
          {block.items.map((spans) => (
            <li>
              <Spans spans={spans} />
            </li>
          ))}
        </ol>
      )
  }
}

const Spans = ({ spans }: { spans: readonly Span[] }): Html => (
  <>
    {spans.map((span) => (
      <SaidSpan span={span} />
    ))}
  </>
)

function SaidSpan({ span }: { span: Span }): Html {
  if (typeof span === "string") return <>{span}</>
  if ("href" in span) return <SaidLink link={span} />
  if ("code" in span) return <code>{span.code}</code>
  const inside = <Spans spans={span.spans} />
  if (span.mark === "bold") return <b>{inside}</b>
  return span.mark === "italic" ? <i>{inside}</i> : <s>{inside}</s>
}

/** It opens apart from us and tells nobody where it was found. */
const SaidLink = ({ link: { href, text, host } }: { link: Link }): Html => (
  <bdi>
    <a href={href} rel="noopener noreferrer nofollow" target={href.startsWith("http") ? "_blank" : null}>
      {text}
    </a>
    {host !== null && <small class="said-host"> ({host})</small>}
  </bdi>
)
