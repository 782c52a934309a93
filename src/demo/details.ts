/** What the demo's people know of their customers: fields, tags, and a note that one of them left for another. */
import { openOf } from "~/conversation/store.ts"
import { editCustomer, fieldOf, fieldsOf } from "~/customer/actions/editing.ts"
import { customersByPhone } from "~/customer/store.ts"
import { customerProperties } from "~/customer-property/queries.ts"
import type { TenantHandle } from "~/database/database.ts"
import type { Tx } from "~/database/handles.ts"
import type { UserActor } from "~/facts.ts"
import { found } from "~/kernel/step.ts"
import { writeNote } from "~/note/actions.ts"
import { putTag } from "~/tag/actions.ts"
import { ANNA, GIULIA, KATJA, LUCIA, MARC } from "./stories.ts"

type Known = { phone: string; name?: string; fields: Record<string, string>; tags: readonly string[]; note?: string }

const KNOWN: readonly Known[] = [
  {
    phone: GIULIA.phone,
    tags: ["VIP"],
    note: "Prefers Saturday mornings. Discount already applied, @carla knows.",
    fields: {
      "E-mail": "giulia.lombardi@example.com",
      Company: "Studio Lombardi",
      "Customer no.": "10482",
      Vehicle: "Aurora E2",
      "Licence plate": "GA 512 KL",
      "Customer since": "2023-05-12",
      Newsletter: "yes",
    },
  },
  {
    phone: MARC.phone,
    tags: ["Fleet"],
    fields: { Company: "Dubois Transports", Vehicle: "Aurora S1", Newsletter: "no" },
  },
  { phone: KATJA.phone, tags: [], fields: { "E-mail": "katja@example.com", Vehicle: "Aurora City" } },
  { phone: LUCIA.phone, tags: ["Call back"], fields: { Vehicle: "Aurora S1" } },
  { phone: ANNA.phone, tags: ["Complaint"], fields: {} },
]

/** As one of the agents entered it. */
export const giveDetails = (tenant: TenantHandle, agent: UserActor): Promise<void> =>
  tenant.act(agent, (tx) => {
    for (const known of KNOWN) give(tx, known)
  })

function give(tx: Tx, { phone, fields, tags, note }: Known): void {
  const [customer] = customersByPhone(tx, phone)
  if (!customer) return
  const own = customerProperties(tx).map(({ id, name }) => [name, fieldOf(id)] as const)
  const byName = new Map([...own, ["E-mail", "email"] as const])
  const typed = Object.fromEntries(Object.entries(fields).map(([name, value]) => [found(byName.get(name)), value]))
  editCustomer(tx, customer.id, typed, fieldsOf(tx, customer.id))
  for (const tag of tags) putTag(tx, { on: "customer", id: customer.id }, tag)
  const [open] = openOf(tx, customer.id)
  if (open && note) writeNote(tx, { conversation: open.id, text: note, clientId: "demo" })
}
