import { APPLIANCE_SLUG } from "~/account/rules.ts"
import type { AppDatabase } from "~/database/database.ts"
import { tenantIds } from "~/tenant/queries.ts"
import { tenantById } from "~/tenant/store.ts"
import { type Command, InputInvalid, parseWords } from "./command.ts"
import { type Configuration, configurationOf } from "./export/configuration.ts"
import { perform } from "./perform.ts"

export type ExportInput = { tenant: string | null; secrets: boolean }
export type ExportedFile = { tenants: Configuration[] }

export const exportConfig: Command = {
  name: "export-config",
  usage: "export-config [TENANT] [--with-secrets]",
  summary: "write what was decided of a tenant, or of all, as a file that apply reads",
  help: `Prints JSON: users, skillsets, service numbers, menus, messages, settings, and nobody's customers or
conversations. \`apply\` reads it back unchanged, here or on another appliance. Passwords are never in it. Tokens and
app secrets of service numbers are left out unless --with-secrets is given: without them \`apply\` changes numbers
that are there already, and cannot make new ones.`,
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
  return {
    tenants: chosen.map(({ id }) => configurationOf(database.tenant(id).read, secrets ? database.secrets : null)),
  }
}
