/** Acme with fields and tags of its own, Anna at her desk, and Giulia, who has written. */
import type { Id } from "~/kernel/id.ts"
import { conversation } from "../journeys/scene.ts"
import { companyDocument } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { openWorld } from "../support/world.ts"

export const PROPERTIES = [
  { name: "Billing e-mail" },
  { name: "Customer no.", kind: "number" },
  { name: "Member since", kind: "date" },
  { name: "Vehicle", kind: "choice", choices: ["Aurora E2", "Aurora S1"] },
  { name: "Newsletter", kind: "yes_no" },
  { name: "Old code", enabled: false },
]
export const TAGS = [{ name: "VIP", tone: "ok" }, "Complaint"]

type More = { settings?: object; user?: (username: string) => object; properties?: readonly object[] }

/** Acme's part of the file with these fields and tags, Globex as it is. */
export function companyWithDetails({ settings = {}, user = () => ({}), properties = PROPERTIES }: More = {}) {
  const [acme, globex] = companyDocument().tenants
  const users = acme!.users.map((one) => ({ ...one, ...user(one.username) }))
  const more = { customerProperties: properties, tags: TAGS, settings: { ...acme!.settings, ...settings } }
  return { tenants: [{ ...acme!, ...more, users }, globex!] }
}

export async function openScene(more: More = {}) {
  const world = await openWorld({ document: companyWithDetails(more) })
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  const anna = await sitDown(world, "anna")
  giulia.say("Buongiorno")
  await world.settle()
  const { id, customer } = conversation(world, giulia)
  await anna.open(id)
  /** The window in which somebody edits her, as it is drawn now: fields by their labels. */
  const form = async (desk = anna) =>
    fieldsIn(await desk.visitor.panel(`/customers/${customer}/form?conversation=${id}`))
  return { world, giulia, anna, conversation: id, customer: customer as Id, form }
}

export type FormFields = { values: Record<string, string>; names: Record<string, string> }

/** The fields of a form by their labels, and what each would send. */
export function fieldsIn(html: string): FormFields {
  const names: Record<string, string> = {}
  for (const [, field = "", label = ""] of html.matchAll(/<label for="field-([^"]+)">\s*([^<]+?)\s*</g))
    names[label] = field
  const values: Record<string, string> = {}
  for (const [, name = "", value = ""] of html.matchAll(/<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"/g))
    if (name !== "_csrf") values[name] ??= value
  return { names, values }
}
