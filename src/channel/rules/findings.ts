/** What Meta answers when it is asked about a number: whether the token works, whose number it is, who hears of it. */
import { type Refusal, refuse } from "~/kernel/step.ts"
import { isMetaId } from "../rules.ts"

/** `code` and `words` are Meta's own, for whoever asks Meta's support; `why` is a failure key. */
export type Trouble = { why: string; code: number | null; words: string | null }
export type Finding<News> = { found: News } | { trouble: Trouble }

export type NumberFound = {
  displayPhone: string | null
  verifiedName: string | null
  status: string | null
  quality: string | null
  nameStatus: string | null
}
export type Findings = {
  number: Finding<NumberFound>
  /** Whether the number belongs to the account that was named. */
  account: Finding<{ hasNumber: boolean }>
  /** The apps that hear the account's webhooks. */
  apps: Finding<{ names: readonly string[] }>
}

/** What a number is asked about with. */
export type Credentials = { phoneNumberId: string; wabaId: string; accessToken: string }

/** How Meta is asked; the answers come from outside, so never inside a command. */
export interface NumberChecks {
  ask(credentials: Credentials): Promise<Findings>
  /** Has the app of this token hear the account's webhooks. */
  subscribe(account: Pick<Credentials, "wabaId" | "accessToken">): Promise<Finding<true>>
  /** Sends Meta's own `hello_world` to a phone. */
  sayHello(credentials: Credentials, phone: string): Promise<Finding<true>>
}

/** Meta knows the token and the number, and the number is of the account. */
export const isRight = ({ number, account }: Findings): boolean =>
  "found" in number && (!("found" in account) || account.found.hasNumber)

/** Meta answered, and said no: what was typed is wrong. */
export const isRefused = ({ number }: Findings): boolean => "trouble" in number && number.trouble.why !== "unreachable"

/** The field of the form that is wrong, and why (keys); null where Meta found nothing wrong. */
export function wrongField({ number, account }: Findings): { field: string; refused: string } | null {
  if ("trouble" in number) {
    const { why } = number.trouble
    if (why === "unreachable") return null
    return why === "number_gone" || why === "request_invalid"
      ? { field: "phoneNumberId", refused: "channel.number_unknown" }
      : { field: "accessToken", refused: why === "token_refused" ? "channel.token_wrong" : "channel.token_weak" }
  }
  if ("trouble" in account)
    return account.trouble.why === "unreachable" ? null : { field: "wabaId", refused: "channel.account_unknown" }
  return account.found.hasNumber ? null : { field: "wabaId", refused: "channel.number_elsewhere" }
}

export const troubleIn = ({ number, account }: Findings): Trouble | null =>
  "trouble" in number ? number.trouble : "trouble" in account ? account.trouble : null

/** What cannot be what it should, before anybody is asked. */
export function malformedIn(given: Readonly<Record<string, string>>): Record<string, Refusal> {
  const wrong = Object.entries(given).flatMap(([name, value]): [string, Refusal][] => {
    if (name === "phoneNumberId" || name === "wabaId")
      return isMetaId(value) ? [] : [[name, refuse("channel.not_a_meta_id")]]
    if (name === "accessToken" || name === "appSecret")
      return /\s/.test(value) ? [[name, refuse("channel.blank_inside")]] : []
    return []
  })
  return Object.fromEntries(wrong)
}
