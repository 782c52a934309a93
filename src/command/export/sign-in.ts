/** The ways in as the file writes them. */
import { directoryServer, openedProvider } from "~/account/actions/ways-in.ts"
import { waysIn } from "~/account/queries/ways-in.ts"
import { loadProviders } from "~/account/store/providers.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"

/** Nothing where a company has none. `secrets`: with them providers and the directory carry theirs. */
export function signInEntry(reader: Reader, secrets: Secrets | null) {
  const providers = loadProviders(reader).map((kept) => {
    const { sealedSecret: _, account, provider, ...settings } = kept
    return {
      provider,
      ...settings,
      ...(provider === "entra" ? { directoryId: account } : {}),
      ...(provider === "salesforce" ? { myDomain: account } : {}),
      ...(secrets ? { clientSecret: openedProvider(reader, secrets, kept).clientSecret } : {}),
    }
  })
  const { directory } = waysIn(reader)
  if (providers.length === 0 && directory === null) return {}
  return {
    signIn: { providers, ...(directory === null ? {} : { directory: directoryEntry(reader, directory, secrets) }) },
  }
}

type Directory = NonNullable<ReturnType<typeof waysIn>["directory"]>

function directoryEntry(reader: Reader, { hasPassword: _, ...directory }: Directory, secrets: Secrets | null) {
  const servicePassword = secrets && (directoryServer(reader, secrets)?.servicePassword ?? null)
  return { ...directory, ...(servicePassword === null ? {} : { servicePassword }) }
}
