/** What was said with the words that somebody looked for: the hit in its surroundings, and the way to it. */
import type { SaidLine } from "~/message/queries/said.ts"
import { Icon } from "./icon.tsx"
import type { Screen } from "./screen.ts"

/** The place of a hit as it stands in an address. */
const placeOf = ({ at, message }: SaidLine): string => `${at}-${message}`

/** The thread, at the hit. */
export const threadAt = (said: SaidLine): string =>
  `/conversations/${said.conversation}?at=${placeOf(said)}#message-${said.message}`

/** A list with the sheet of the conversation beside it, at the hit. */
export function sheetAt(address: string, said: SaidLine): string {
  return `${address}${address.includes("?") ? "&" : "?"}hit=${placeOf(said)}#message-${said.message}`
}

export const SaidExcerpt = ({ screen, said, href }: { screen: Screen; said: SaidLine; href: string }) => (
  <a class="found-words" href={href}>
    <Icon
      name={said.isNote ? "lock" : "message-circle"}
      size="small"
      label={said.isNote ? screen.t("words.note") : undefined}
    />
    <span dir="auto">{said.pieces.map(({ words, isHit }) => (isHit ? <mark>{words}</mark> : words))}</span>{" "}
    <time>{screen.format.moment(said.at, screen.now)}</time>
  </a>
)

/** What a search could not look at. */
export const SaidLimits = ({
  screen,
  said,
}: {
  screen: Screen
  said: { isCut: boolean; behindFrom: number | null } | null
}) => (
  <>
    {said?.isCut && <p class="list-limits">{screen.t("words.cut")}</p>}
    <Behind screen={screen} from={said?.behindFrom ?? null} />
  </>
)

/** After an upgrade, while the words of the past are being indexed. */
export const Behind = ({ screen: { t, format }, from }: { screen: Screen; from: number | null }) => (
  <>{from !== null && <p class="list-limits">{t("words.behind", { date: format.dateTime(from) })}</p>}</>
)
