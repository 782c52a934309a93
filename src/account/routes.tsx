/** Signing in and out, the first run, one's own profile, and what administrators do for somebody's sign-in. */

import { accountLetters } from "views/mail/account-letters.ts"
import type { Screen } from "views/parts/screen.ts"
import type { Reader } from "~/database/handles.ts"
import type { Log } from "~/kernel/log.ts"
import type { Mailing } from "~/mail/rules.ts"
import type { Areas } from "~/web/areas.ts"
import type { InvitingParts } from "./actions/inviting.ts"
import type { SetupParts } from "./actions/setup.ts"
import type { SessionUser } from "./queries.ts"
import { factorRoutes } from "./routes/factor.tsx"
import { helpingRoutes } from "./routes/helping.tsx"
import { type LoginViews, loginRoutes } from "./routes/login.tsx"
import { passkeyLoginRoutes, passkeyRoutes } from "./routes/passkeys.tsx"
import { profileRoutes } from "./routes/profile.tsx"
import { proofRoutes } from "./routes/proof.tsx"
import { providerRoutes } from "./routes/providers.tsx"
import { resetRoutes } from "./routes/reset.tsx"
import { type SetupViews, setupRoutes } from "./routes/setup.tsx"
import { stepRoutes } from "./routes/steps.tsx"
import { waysInRoutes } from "./routes/ways-in.tsx"
import type { Providers } from "./rules/provider.ts"

export type { LoginProps } from "./routes/login.tsx"
export type { SetupProps } from "./routes/setup.tsx"

export type AccountViews = LoginViews & SetupViews
export type AccountParts = SetupParts & {
  chance: InvitingParts["chance"]
  directories: InvitingParts["directories"]
  providers: Providers
  log: Log
  url: URL
  mailing: Mailing
  languages: readonly string[]
  views: AccountViews
  screenOf: (me: SessionUser, read: Reader) => Screen
}
/** What the routes of an account share. */
export type AccountRouteParts = AccountParts & InvitingParts

export function accountRoutes(areas: Areas, given: AccountParts) {
  const parts: AccountRouteParts = { ...given, letters: accountLetters(given.url) }
  return [
    loginRoutes(areas, parts),
    stepRoutes(areas, parts),
    setupRoutes(areas, parts),
    resetRoutes(areas, parts),
    profileRoutes(areas, parts),
    factorRoutes(areas, parts),
    proofRoutes(areas, parts),
    passkeyRoutes(areas, parts),
    passkeyLoginRoutes(areas, parts),
    helpingRoutes(areas, parts),
    providerRoutes(areas, parts),
    waysInRoutes(areas, parts),
  ]
}
