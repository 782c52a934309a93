/** That something is otherwise about one's way in: short, with the moment, and what to do if it was not you. */
import type { LetterTo } from "~/account/actions/inviting.ts"
import type { WayInChange } from "~/account/rules/way-in.ts"
import { formatters } from "../locales/formatters.ts"
import { type Translate, translator } from "../locales/index.ts"
import { type WrittenLetter, written } from "./letter.tsx"

type To = Omit<LetterTo, "until">

/** `url`: how browsers reach the appliance. */
export function wayInLetter(url: URL, to: To, change: WayInChange, at: number): WrittenLetter {
  const t = translator(to.language)
  const moment = formatters(to.language, to.timezone).dateTime(at)
  const isPassword = change.what.startsWith("password.")
  return written(t, to.language, url.host, {
    subject: t(isPassword ? "letter.changed_subject" : "letter.way_in_subject"),
    name: to.name,
    look: to.look,
    paragraphs: [sentence(t, to.username, moment, change), t("letter.changed_not_you")],
  })
}

function sentence(t: Translate, username: string, at: string, change: WayInChange): string {
  switch (change.what) {
    case "password.changed":
    case "password.reset":
      return t("letter.changed", { username, at })
    case "password.set_by_operator":
      return t("letter.set_by_operator", { username, at })
    case "second_factor.turned_on":
    case "second_factor.turned_off":
    case "second_factor.reset":
    case "second_factor.renewed":
    case "sign_in.unlinked":
      return t(`letter.${change.what}`, { username, at })
    case "passkey.added":
    case "passkey.removed":
    case "passkey.stopped":
      return t(`letter.${change.what}`, { username, at, name: change.name })
    case "sign_in.linked":
      return t("letter.sign_in.linked", { username, at, provider: change.provider })
    case "email.changed":
      return t("letter.email.changed", { username, at })
  }
}
