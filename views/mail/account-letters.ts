/** The letters of an account that somebody asked for: an invitation, a link to a new password. */
import type { Letters, LetterTo } from "~/account/actions/inviting.ts"
import { formatters } from "../locales/formatters.ts"
import { translator } from "../locales/index.ts"
import { type Letter, type WrittenLetter, written } from "./letter.tsx"

/** `url`: how browsers reach the appliance. */
export function accountLetters(url: URL): Letters {
  const write = (to: Pick<LetterTo, "language" | "look">, letter: Letter): WrittenLetter =>
    written(translator(to.language), to.language, url.host, { ...letter, look: to.look })
  const moment = ({ language, timezone }: Pick<LetterTo, "language" | "timezone">, at: number) =>
    formatters(language, timezone).dateTime(at)
  return {
    invitation(to) {
      const t = translator(to.language)
      return write(to, {
        subject: t("letter.invitation_subject"),
        name: to.name,
        paragraphs: [t("letter.invitation"), t("letter.invitation_next")],
        values: [
          { label: t("login.username"), value: to.username },
          { label: t("letter.one_time_password"), value: "{{password}}" },
        ],
        button: { label: t("letter.invitation_button"), url: "{{link}}" },
        small: [t("letter.invitation_until", { until: moment(to, to.until) })],
      })
    },
    reset(to) {
      const t = translator(to.language)
      return write(to, {
        subject: t("letter.reset_subject"),
        name: to.name,
        paragraphs: [t("letter.reset", { username: to.username })],
        button: { label: t("letter.reset_button"), url: "{{link}}" },
        small: [t("letter.reset_until", { until: moment(to, to.until) }), t("letter.reset_not_you")],
      })
    },
  }
}
