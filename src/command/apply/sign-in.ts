/** The ways in of the file: providers, known by name, and the company's directory. What is not said stays as it was. */
import { type DirectoryChange, setDirectory, setProvider } from "~/account/actions/ways-in.ts"
import { waysIn } from "~/account/queries/ways-in.ts"
import { DIRECTORY_WAYS } from "~/account/rules/directory.ts"
import { PROVIDERS } from "~/account/rules/provider.ts"
import { LEVELS } from "~/account/rules.ts"
import type { Tx } from "~/database/handles.ts"
import { Refused } from "~/kernel/step.ts"
import { refusalLine } from "../wording.ts"
import type { Application } from "./provision.ts"
import { listOf, object, oneOf, orNull, type Shape, tell, text, verbatim, yesOrNo } from "./shape.ts"

const secret = verbatim((value) => (value.length > 0 && value.length <= 2_000 ? null : "must be 1 to 2000 characters"))
/** One line or several, and nothing at all where it says nothing. */
const words = (most: number) =>
  verbatim((value) => (value.length <= most ? null : `must have at most ${most} characters`))

const provider = object(
  { provider: oneOf(PROVIDERS), clientId: text(300) },
  {
    clientSecret: secret,
    directoryId: text(100),
    myDomain: text(253),
    issuer: orNull(text(300)),
    allowedDomains: listOf(text(253)),
    allowedGroups: listOf(text(300)),
    guests: yesOrNo,
    linksByEmail: yesOrNo,
    trustsFactor: yesOrNo,
    enabled: yesOrNo,
  },
)
const tenantLevels = LEVELS.filter((level) => level !== "platform_admin")
const groupRule = object({ group: text(300) }, { level: orNull(oneOf(tenantLevels)), skillsets: listOf(text(80)) })
const directory = object(
  { url: text(300) },
  {
    startTls: yesOrNo,
    certificate: orNull(text(20_000)),
    way: oneOf(DIRECTORY_WAYS),
    enabled: yesOrNo,
    bindName: words(500),
    serviceName: words(500),
    servicePassword: secret,
    searchBase: words(500),
    userFilter: words(500),
    groupBase: words(500),
    allowedGroups: listOf(text(300)),
    groupRules: listOf(groupRule),
  },
)

export const signInShape = object({}, { providers: listOf(provider), directory: orNull(directory) })
type Read<Described> = Described extends Shape<infer Value> ? Value : never
export type SignInEntry = Read<typeof signInShape>
type ProviderEntry = Read<typeof provider>
type DirectoryEntry = Read<typeof directory>

type At = { slug: string; path: string }

export function applySignIn(
  application: Application,
  tx: Tx,
  entry: SignInEntry | undefined,
  { slug, path }: At,
): void {
  const { providers = [], directory: given } = entry ?? {}
  for (const [index, one] of providers.entries())
    applyProvider(application, tx, one, slug, `${path}.signIn.providers[${index}]`)
  if (given !== undefined) applyDirectory(application, tx, given, { slug, path: `${path}.signIn.directory` })
}

const NEW_PROVIDER = {
  enabled: true,
  account: "",
  issuer: null,
  allowedDomains: [],
  allowedGroups: [],
  guests: false,
  linksByEmail: false,
  trustsFactor: false,
}

function applyProvider(application: Application, tx: Tx, entry: ProviderEntry, slug: string, path: string): void {
  const { clientSecret = null, directoryId, myDomain, ...rest } = entry
  const before = waysIn(tx).providers.find((one) => one.provider === entry.provider)
  const account = (entry.provider === "entra" ? directoryId : myDomain) ?? before?.account ?? ""
  const settings = { ...NEW_PROVIDER, ...before, ...rest, account, clientSecret }
  tried(application, `sign-in with ${entry.provider} of ${slug}`, path, before === undefined, () =>
    setProvider(tx, application.secrets, settings),
  )
}

const NEW_DIRECTORY: Omit<DirectoryChange, "url" | "servicePassword"> = {
  enabled: true,
  startTls: false,
  certificate: null,
  way: "user",
  bindName: "",
  serviceName: "",
  searchBase: "",
  userFilter: "(&(objectClass=person)(uid={username}))",
  groupBase: "",
  allowedGroups: [],
  groupRules: [],
}

function applyDirectory(application: Application, tx: Tx, entry: DirectoryEntry | null, { slug, path }: At): void {
  const { directory: kept } = waysIn(tx)
  const { hasPassword: _, ...before } = kept ?? { ...NEW_DIRECTORY, hasPassword: false }
  const object = `directory of ${slug}`
  if (entry === null) {
    tried(application, object, path, false, () => setDirectory(tx, application.secrets, null))
    return
  }
  const { groupRules, servicePassword = null, ...rest } = entry
  const rules = groupRules?.map(({ group, level = null, skillsets = [] }) => ({ group, level, skillsets }))
  const settings: DirectoryChange = { ...before, ...rest, servicePassword, ...(rules ? { groupRules: rules } : {}) }
  tried(application, object, path, kept === null, () => setDirectory(tx, application.secrets, settings))
}

function tried(application: Application, object: string, path: string, isNew: boolean, deed: () => boolean): void {
  try {
    const changed = deed()
    application.report.push({ object, outcome: changed ? (isNew ? "created" : "changed") : "left alone" })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    tell(application.problems, path, `cannot be: ${refusalLine(error.refusal)}`)
  }
}
