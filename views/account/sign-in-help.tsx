import type { Colleague } from "~/account/queries/users.ts"
import type { Child } from "../jsx-runtime.ts"
import { Button } from "../parts/button.tsx"
import type { Screen } from "../parts/screen.ts"
import { USERS_PATH } from "./users.tsx"

/** `handed`: what is to be handed over, an invitation that no mail could take. */
type SignInHelpProps = { screen: Screen; user: Colleague; handed: Child }

/** What an administrator does for somebody's sign-in; nobody sets another's password. What came of it stands below. */
export const SignInHelp = ({ screen: { t }, user, handed }: SignInHelpProps) => (
  <div class="sign-in-help">
    <div class="row-of-buttons">
      {user.hasOwnPassword ? (
        <HelpButton user={user} deed="password-reset" label={t("users.start_reset")} />
      ) : (
        <HelpButton user={user} deed="invitation" label={t("users.invite")} />
      )}
      {user.hasFactor && <HelpButton user={user} deed="second-factor/reset" label={t("users.reset_factor")} />}
      <HelpButton user={user} deed="sessions/ending" label={t("users.end_sessions")} />
    </div>
    <div id="sign-in-help" role="status">
      {handed}
    </div>
  </div>
)

const HelpButton = ({ user, deed, label }: { user: Colleague; deed: string; label: string }) => {
  const path = `${USERS_PATH}/${user.id}/${deed}`
  return (
    <Button
      type="submit"
      more={{ formaction: path, "hx-post": path, "hx-target": "#sign-in-help", "hx-swap": "innerHTML" }}
    >
      {label}
    </Button>
  )
}
