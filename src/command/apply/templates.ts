/** Templates of the file, known by account, name and language: what agents may send, and what fills the variables. */
import type { Tx } from "~/database/handles.ts"
import { setTemplate } from "~/template/actions.ts"
import { templateAccounts } from "~/template/queries.ts"
import type { Application } from "./provision.ts"
import { unlessRefused } from "./refusing.ts"
import { mapOf, object, type Shape, tell, text, yesOrNo } from "./shape.ts"

const name = text(512, (value) => (/^[a-z0-9_]+$/.test(value) ? null : "must be lower-case letters, digits and _"))
const language = text(12, (value) => (/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(value) ? null : "must be like en or en_US"))
const account = text(32, (value) => (/^\d+$/.test(value) ? null : "must be Meta's id: digits only"))
const fill = text(200, (value) =>
  /^[a-z]+\.[a-zA-Z]+(\|[^|]*)?$/.test(value) ? null : "must be a placeholder like customer.firstName|there",
)

export const templateShape = object({ name, language }, { wabaId: account, enabled: yesOrNo, fills: mapOf(fill) })

export type TemplateEntry = typeof templateShape extends Shape<infer Value> ? Value : never

export const templateKey = ({ wabaId = "", name: called, language: written }: TemplateEntry): string =>
  JSON.stringify([wabaId, called, written])

/** Without an account it is the tenant's only one. */
export function applyTemplates(
  { report, problems }: Application,
  tx: Tx,
  entries: readonly TemplateEntry[],
  { slug, path }: { slug: string; path: string },
): void {
  const accounts = templateAccounts(tx).map(({ wabaId }) => wabaId)
  for (const [index, { wabaId: named, ...entry }] of entries.entries()) {
    const wabaId = named ?? (accounts.length === 1 ? accounts[0] : undefined)
    if (wabaId === undefined || !accounts.includes(wabaId)) {
      tell(problems, `${path}.templates[${index}].wabaId`, "must be the account of one of the tenant's numbers")
      continue
    }
    const object = `template ${entry.name} ${entry.language} of ${slug}`
    unlessRefused(problems, `${path}.templates[${index}]`, () =>
      report.push({ object, outcome: setTemplate(tx, { wabaId, ...entry }) }),
    )
  }
}
