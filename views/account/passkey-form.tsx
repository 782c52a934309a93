/** The button behind which a browser speaks with a key: what it says goes into the form, and the form goes its way. */
import type { PasskeyAsk } from "~/account/actions/passkeys.ts"
import type { Child } from "../jsx-runtime.ts"
import type { PlainKey, Translate } from "../locales/index.ts"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"

/** What goes wrong between a person, a browser and a key, in the browser's own words. */
const TROUBLES = {
  NotAllowedError: "passkey.declined",
  InvalidStateError: "passkey.here_already",
  SecurityError: "passkey.other_host",
  NotSupportedError: "passkey.not_able",
  "": "passkey.failed",
} as const satisfies Readonly<Record<string, PlainKey>>

export type PasskeyFormProps = {
  t: Translate
  csrfToken: string
  action: string
  /** A key is made, or one is asked for. */
  deed: "create" | "get"
  /** What is asked; null: the script asks for it when the button is pressed, for the page may stand open for hours. */
  asked: PasskeyAsk | null
  label: string
  kind?: "primary" | "plain"
  /** Fields above the button. */
  children?: Child
}

/** Hidden until the script has seen that the browser can; without a script nothing is offered that could not be done. */
export function PasskeyForm({ t, csrfToken, action, deed, asked, label, kind = "plain", children }: PasskeyFormProps) {
  const words = Object.fromEntries(Object.entries(TROUBLES).map(([name, key]) => [name, t(key)]))
  return (
    <form
      class="stack passkey-form"
      method="post"
      action={action}
      hidden
      data-passkey={deed}
      data-options={asked?.options ?? null}
      data-words={JSON.stringify(words)}
    >
      <FormToken csrfToken={csrfToken} />
      <input type="hidden" name="question" value={asked?.question ?? ""} />
      <input type="hidden" name="answer" value="" />
      {children}
      <Button type="submit" icon="shield-check" kind={kind} size="big">
        {label}
      </Button>
      <p class="passkey-trouble" role="alert" hidden />
    </form>
  )
}
