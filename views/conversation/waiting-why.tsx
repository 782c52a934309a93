import type { WaitingConversation } from "~/conversation/queries/waiting.ts"
import type { WaitingWhy } from "~/conversation/queries/waiting-why.ts"
import type { Screen } from "../parts/screen.ts"

/** Why it waits, in one sentence. */
export function whyWords({ t, format, now }: Screen, why: WaitingWhy): string {
  switch (why.kind) {
    case "given":
      return t("waiting.why.given", { name: why.name, time: format.time(why.until) })
    case "for_user":
      return [
        t(`waiting.why.for_user_${why.standing}`, { name: why.name }),
        ...untilWords({ t, format, now }, why.until),
      ].join(", ")
    case "for_skillset":
      return [
        t("waiting.why.for_skillset", { skillset: why.skillset }),
        ...untilWords({ t, format, now }, why.until),
      ].join(", ")
    case "number_closed":
      return why.opensAt === null
        ? t("waiting.why.number_closed", { channel: why.channel })
        : t("waiting.why.number_closed_until", { channel: why.channel, time: format.moment(why.opensAt, now) })
    case "nobody_there":
    case "nobody_ready":
    case "all_full":
    case "by_hand":
      return t(`waiting.why.${why.kind}`, { skillset: why.skillset })
    case "its_turn":
    case "silent":
    case "released":
      return t(`waiting.why.${why.kind}`)
    case "parked_by":
    case "handed_over":
      return t(`waiting.why.${why.kind}`, { name: why.name })
    case "agent_gone":
      return t(why.owesAnswer ? "waiting.why.gone_owing" : "waiting.why.gone", {
        name: why.name,
        time: format.moment(why.since, now),
      })
  }
}

/** Whose it is, where nobody else may take it: «Sara only». */
export const onlyWords = ({ t }: Screen, { status, userName }: WaitingConversation): string | null =>
  userName === null || status === "left_open" ? null : t("waiting.only", { name: userName })

const untilWords = ({ t, format, now }: Pick<Screen, "t" | "format" | "now">, until: number | null): string[] =>
  until === null || until <= now ? [] : [t("waiting.why.window", { span: format.span(until - now) })]
