import { APPLIANCE_SLUG } from "~/account/rules.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Id } from "~/kernel/id.ts"
import { tenantIds } from "~/tenant/queries.ts"
import { tenantById } from "~/tenant/store.ts"
import { type Command, InputInvalid, parseWords } from "./command.ts"
import { applianceEntry, type Configuration, configurationOf } from "./export/configuration.ts"
import { perform } from "./perform.ts"

export type ExportInput = { tenant: string | null; secrets: boolean }
export type ExportedFile = { tenants: Configuration[] } & Partial<ReturnType<typeof applianceEntry>>

export const exportConfig: Command = {
  name: "export-config",
  usage: "export-config [TENANT] [--with-secrets]",
  summary: "write what was decided of a tenant, or of all, as a file that apply reads",
  help: `Prints JSON: users, skillsets, service numbers, menus, messages, servers, settings, and nobody's customers or
conversations; of all tenants, also the appliance's own settings and admins. \`apply\` reads it back unchanged, here or
on another appliance. Passwords of people are never in it. Tokens, app secrets and passwords of servers are left out
unless --with-secrets is given: without them \`apply\` changes what is there already, and cannot make new numbers.`,
  async run(bench, words) {
    const named = words.some((word) => !word.startsWith("-"))
    const { positionals, values } = parseWords(words, { "with-secrets": { type: "boolean" } }, named ? ["TENANT"] : [])
    const secrets = values["with-secrets"] === true
    const file = await perform(bench, "exportConfig", { tenant: positionals[0] ?? null, secrets })
    bench.terminal.result(JSON.stringify(file, null, 2))
    const count = file.tenants.length
    bench.terminal.say(`${count} ${count === 1 ? "tenant" : "tenants"}. ${secrets ? HOLDS_SECRETS : NO_SECRETS}`)
  },
}

const HOLDS_SECRETS = "The file holds tokens and app secrets: keep it as you keep passwords."
const NO_SECRETS = "Tokens and app secrets were left out (--with-secrets writes them); passwords are never written."

export async function exportTenants(database: AppDatabase, { tenant, secrets }: ExportInput): Promise<ExportedFile> {
  const { read } = database.appliance
  const known = tenantIds(read).flatMap((id) => tenantById(read, id) ?? [])
  const chosen = known.filter(({ slug }) => (tenant === null ? slug !== APPLIANCE_SLUG : slug === tenant))
  if (tenant !== null && chosen.length === 0) throw new InputInvalid([`There is no tenant ${tenant}.`])
  const sealed = (id: Id) => ({ tenant: id, secrets: secrets ? database.secrets : null })
  const own = tenant === null ? known.find(({ slug }) => slug === APPLIANCE_SLUG) : undefined
  return {
    tenants: chosen.map(({ id }) => configurationOf(database.tenant(id).read, sealed(id))),
    ...(own ? applianceEntry(database.tenant(own.id).read, sealed(own.id)) : {}),
  }
}
