/** Acme with templates at Meta, open to its agents; Giulia, whom somebody may write to. */
import { SYSTEM } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import type { TemplateSeed } from "~/simulator/templates.ts"
import { wantSync } from "~/template/actions.ts"
import { ACME, companyDocument, GLOBEX } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

export const ORDER_READY: TemplateSeed = {
  name: "order_ready",
  language: "it",
  category: "UTILITY",
  parameterFormat: "NAMED",
  components: [
    {
      type: "BODY",
      text: "Ciao {{first_name}}, il tuo ordine {{order}} è pronto.",
      example: { body_text_named_params: [{ param_name: "order", example: "4827" }] },
    },
    { type: "FOOTER", text: "Acme" },
    { type: "BUTTONS", buttons: ["Vengo oggi", "Domani", "Annulla"].map((text) => ({ type: "QUICK_REPLY", text })) },
  ],
}
export const REMINDER: TemplateSeed = {
  name: "reminder",
  language: "en",
  category: "UTILITY",
  components: [
    { type: "HEADER", format: "TEXT", text: "Visit of {{1}}" },
    { type: "BODY", text: "Hello {{1}}, we see you at {{2}} today." },
    {
      type: "BUTTONS",
      buttons: [
        { type: "URL", text: "Details", url: "https://acme.test/visits/{{1}}" },
        { type: "PHONE_NUMBER", text: "Call us", phone_number: "+39065550100" },
        { type: "COPY_CODE", example: "CODE" },
      ],
    },
  ],
}
export const PICTURE: TemplateSeed = {
  name: "picture",
  language: "en",
  category: "MARKETING",
  components: [
    { type: "HEADER", format: "IMAGE" },
    { type: "BODY", text: "Our new model is here." },
  ],
}
export const PLACE: TemplateSeed = {
  name: "place",
  language: "en",
  category: "UTILITY",
  components: [
    { type: "HEADER", format: "LOCATION" },
    { type: "BODY", text: "We are here." },
  ],
}
export const OFFER: TemplateSeed = {
  name: "offer",
  language: "en",
  category: "MARKETING",
  components: [{ type: "BODY", text: "Everything must go." }],
}
export const TEMPLATES = [ORDER_READY, REMINDER, PICTURE, PLACE, OFFER]

export const enabled = (seeds: readonly TemplateSeed[]) =>
  seeds.map(({ name, language }) => ({ name, language, enabled: true }))

/** Both companies with these templates open to agents. */
export const companyWithTemplates = (seeds: readonly TemplateSeed[] = TEMPLATES, settings: object = {}) => ({
  tenants: companyDocument().tenants.map((tenant) => ({
    ...tenant,
    templates: enabled(seeds),
    settings: { ...tenant.settings, ...settings },
  })),
})

export async function openScene({ document = companyWithTemplates() as unknown, agent = "anna" } = {}) {
  const world = await openWorld({ document })
  for (const { number } of [ACME, GLOBEX])
    for (const seed of TEMPLATES) world.simulator.templates.add(number.wabaId, structuredClone(seed))
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  const anna = await sitDown(world, agent)
  await sync(world, anna.tenant)
  const channel = channelOf(world, anna.tenant)
  return { world, giulia, anna, channel, template: templateFinder(world, anna.tenant) }
}

export async function sync(world: World, tenant: Id, wabaId = ACME.number.wabaId): Promise<void> {
  await world.database.tenant(tenant).act(SYSTEM, (tx) => wantSync(tx, wabaId))
  await world.settle()
}

export const channelOf = (world: World, tenant: Id): Id =>
  rowsOf<{ id: Id }>(world.database.path, "SELECT id FROM channel WHERE tenant = ?", tenant)[0]!.id

export type TemplateRecord = { id: Id; status: string; quality: string | null; category: string; enabled: number } & {
  rejectedReason: string | null
  metaId: string | null
  problem: string | null
  task: string | null
}

const templateFinder = (world: World, tenant: Id) => (name: string) =>
  rowsOf<TemplateRecord>(
    world.database.path,
    "SELECT * FROM template WHERE tenant = ? AND name = ?",
    tenant,
    name,
  )[0] as TemplateRecord

type Fields = Record<string, string | readonly string[]>

/** Sends a form in which a field may be there several times; answers the refusal, null when it was done. */
export async function send(desk: Desk, path: string, fields: Fields): Promise<{ refused: string } | null> {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value]] : value.map((one) => [name, one]),
  )
  const response = await desk.visitor.postAll(path, pairs)
  return response.status < 400 ? null : ((await response.json()) as { refused: string })
}
