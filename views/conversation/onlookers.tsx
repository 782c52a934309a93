/** «Marco is looking», «Marco is writing»: so that two do not answer the same customer. */
import type { Id } from "~/kernel/id.ts"
import type { Onlooker } from "~/web/onlookers.ts"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; conversation: Id; others: readonly Onlooker[] }

/** Whoever goes away without a word is noticed within half a minute, by whoever sees them. */
export const OnlookersLine = ({ screen: { t }, conversation, others }: Props) => (
  <p
    class="onlookers"
    id="onlookers"
    role="status"
    hx-get={`/conversations/${conversation}/onlookers`}
    hx-trigger={`onlookers-${conversation} from:body, refetch from:body, ${others.length === 0 ? "load once" : "every 30s"}`}
    hx-swap="outerMorph"
    hx-target="this"
    hx-sync="this:queue last"
  >
    {others.slice(0, MOST_NAMED).map(({ name, doing }) => (
      <span class={`onlooker is-${doing}`}>
        <Icon name={doing === "looking" ? "eye" : "pencil-line"} size="small" />
        {t(`onlooker.${doing}`, { name })}
      </span>
    ))}
    {others.length > MOST_NAMED && (
      <span class="onlooker">{t("onlooker.more", { count: others.length - MOST_NAMED })}</span>
    )}
  </p>
)

const MOST_NAMED = 2
