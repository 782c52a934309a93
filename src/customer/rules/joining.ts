/** Two customers who are one person, and one who is two: what is asked before, what stays of which, how long it can be undone. */
import { days, type Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { ConsentChoice } from "./consent.ts"
import type { Fields } from "./editing.ts"

export type Join = {
  id: Id
  kept: Id
  joined: Id
  at: Instant
  actor: Id
  /** Fields that the joining changed, as they stood and as they stand since. */
  before: Fields
  after: Fields
  endedAt: Instant | null
}

export const UNDONE_WITHIN = days(7)

export type FieldPick = "kept" | "joined"
export type FieldPreview = {
  field: string
  kept: string
  joined: string
  /** What stays unless somebody says otherwise: what is there, else what the other brings. */
  pick: FieldPick
}

/** Every field in which there is anything, of one or the other. */
export function fieldPreviews(kept: Fields, joined: Fields): FieldPreview[] {
  const names = [...new Set([...Object.keys(kept), ...Object.keys(joined)])]
  return names
    .map((field) => ({ field, kept: kept[field] ?? "", joined: joined[field] ?? "" }))
    .filter((one) => one.kept !== "" || one.joined !== "")
    .map((one) => ({ ...one, pick: one.kept === "" ? "joined" : "kept" }))
}

/** What the joining changes in the fields of whoever stays. */
export function pickedChanges(previews: readonly FieldPreview[], picks: Readonly<Record<string, FieldPick>>): Fields {
  const changes = previews
    .filter(({ field, pick, kept, joined }) => (picks[field] ?? pick) === "joined" && kept !== joined)
    .map(({ field, joined }) => [field, joined] as const)
  return Object.fromEntries(changes)
}

/** Where one has said no, both have: nobody is written to against their word. */
export const joinedConsent = (kept: ConsentChoice | null, joined: ConsentChoice | null): ConsentChoice | null =>
  joined === "out" && kept !== "out" ? "out" : null

type JoinFacts = {
  isSame: boolean
  keptIsBlocked: boolean
  joinedIsBlocked: boolean
  /** Names of numbers on which both have a conversation that is open. */
  openOnBoth: readonly string[]
}

/** Why two customers cannot be joined now; null when they can. */
export function refuseJoin({ isSame, keptIsBlocked, joinedIsBlocked, openOnBoth }: JoinFacts): Refusal | null {
  if (isSame) return refuse("customer.join_itself")
  if (keptIsBlocked !== joinedIsBlocked) return refuse("customer.join_blocked")
  return openOnBoth.length > 0 ? refuse("customer.join_both_open", { numbers: openOnBoth.join(", ") }) : null
}

/** Why a joining cannot be undone any more; null when it can. Parting them is always possible. */
export function refuseUndo(join: Join, { mixed }: { mixed: number }, now: Instant): Refusal | null {
  if (join.endedAt !== null) return refuse("customer.join_over")
  if (now > join.at + UNDONE_WITHIN) return refuse("customer.join_too_old")
  return mixed > 0 ? refuse("customer.join_mixed", { count: mixed }) : null
}

/** Fields that go back to what they were: those that nobody has changed since. */
export const restored = (join: Join, now: Fields): Fields =>
  Object.fromEntries(Object.entries(join.before).filter(([field]) => (now[field] ?? "") === (join.after[field] ?? "")))

/**
 * Other ways in which the numbering plans of some countries let the same line be written: Brazil's ninth digit, Mexico's and
 * Argentina's mobile digit. They are a hint, never a match.
 */
export function variantsOf(phone: string): string[] {
  const rules: [RegExp, string][] = [
    [/^(55\d\d)9(\d{8})$/, "$1$2"],
    [/^(55\d\d)([6-9]\d{7})$/, "$19$2"],
    [/^521(\d{10})$/, "52$1"],
    [/^52(\d{10})$/, "521$1"],
    [/^549(\d{10})$/, "54$1"],
    [/^54([1-8]\d{9})$/, "549$1"],
  ]
  return rules.filter(([form]) => form.test(phone)).map(([form, other]) => phone.replace(form, other))
}
