/** Whoever knows people on behalf of a company, from outside: the providers and the directories they sign in with. */
import type { Directories } from "~/account/rules/directory.ts"
import type { Providers } from "~/account/rules/provider.ts"
import type { Clock } from "~/kernel/clock.ts"
import { createOutbound } from "~/kernel/outbound.ts"
import { createDirectories } from "./directories.ts"
import { createProviders } from "./providers.ts"

export type Identity = { providers: Providers; directories: Directories }

export const createIdentity = (clock: Clock): Identity => ({
  directories: createDirectories(),
  providers: createProviders({
    now: () => clock.now(),
    doorTo: (destinations) => createOutbound({ clock, destinations: () => destinations }),
  }),
})
