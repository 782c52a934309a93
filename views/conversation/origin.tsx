/** How a message came to us: passed on by its sender, or through an advertisement. */
import type { Json } from "~/whatsapp/payload.ts"
import { spansOf } from "../parts/formatting.ts"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export const Forwarded = ({ screen: { t }, forwarded }: { screen: Screen; forwarded: "once" | "often" }) => (
  <small class="message-origin">
    <Icon name={forwarded === "once" ? "forward" : "fast-forward"} size="small" />
    {t(forwarded === "once" ? "message.forwarded" : "message.forwarded_often")}
  </small>
)

/** What the customer had before their eyes; pictures of it are Meta's and are not fetched. */
export function Referral({ screen: { t }, referral }: { screen: Screen; referral: Json }) {
  const headline = wordsOf(referral.headline)
  const body = wordsOf(referral.body)
  const source = wordsOf(referral.source_url)
  return (
    <section class="referral" aria-label={t(referral.source_type === "post" ? "referral.post" : "referral.ad")}>
      <small class="message-origin">
        <Icon name="megaphone" size="small" />
        {t(referral.source_type === "post" ? "referral.post" : "referral.ad")}
      </small>
      {headline !== "" && <strong dir="auto">{headline}</strong>}
      {body !== "" && <span dir="auto">{body}</span>}
      <SourceLink source={source} />
    </section>
  )
}

const LONGEST = 400
const wordsOf = (value: unknown): string => (typeof value === "string" ? value.slice(0, LONGEST) : "")

/** A link only where it is nothing but one. */
function SourceLink({ source }: { source: string }) {
  const [span, ...more] = spansOf(source)
  if (typeof span !== "object" || !("href" in span) || more.length > 0) return <span hidden />
  return (
    <a href={span.href} target="_blank" rel="noopener noreferrer nofollow">
      {span.host ?? span.text}
    </a>
  )
}
