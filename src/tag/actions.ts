/** What happens to tags: put on a conversation or a customer, made by typing them, taken off again. */
import { loadUser } from "~/account/store.ts"
import { changesBetween } from "~/audit/rules.ts"
import { conversationFor } from "~/conversation/queries/known.ts"
import { customerFor } from "~/customer/queries.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { MOST_TAGS, refuseTag, type Tag, type TagPlace, type TagTone, tidyTag } from "./rules.ts"
import {
  attachTag,
  deleteTag,
  detachTag,
  insertTag,
  loadTag,
  moveTag,
  openWithTag,
  tagNamed,
  tagsOf,
  updateTag,
} from "./store.ts"

export type TagDetails = { name: string; tone: TagTone; isRetired: boolean }

/** Puts the tag of that name there; one that nobody has used yet is made. Refuses `tag.too_many`, `customer.may_not_edit`. */
export function putTag(tx: Tx, place: TagPlace, typed: string): void {
  enter(tx, place)
  const tag = tagOf(tx, typed, "plain")
  const there = tagsOf(tx, place)
  if (there.some(({ id }) => id === tag.id)) return
  demand(there.length < MOST_TAGS, "tag.too_many", { most: MOST_TAGS })
  attachTag(tx, place, tag.id)
  tx.raise({ type: "tag.changed", place })
}

/** The same for several names at once, on nobody's behalf; one that cannot be put there is left out. */
export function putTags(tx: Tx, place: TagPlace, names: readonly string[]): void {
  const there = new Set(tagsOf(tx, place).map(({ id }) => id))
  for (const name of names) {
    const tag = tagOf(tx, name, "plain")
    if (there.has(tag.id) || there.size >= MOST_TAGS) continue
    attachTag(tx, place, tag.id)
    there.add(tag.id)
  }
  tx.raise({ type: "tag.changed", place })
}

export function takeTagOff(tx: Tx, place: TagPlace, tag: Id): void {
  enter(tx, place)
  if (detachTag(tx, place, tag)) tx.raise({ type: "tag.changed", place })
}

/** Makes a tag, or shows the one of that name otherwise; one that was out of use is in use again. */
export function setTag(tx: Tx, name: string, tone: TagTone): "created" | "changed" | "left alone" {
  const known = tagNamed(tx, tidyTag(name))
  if (known) return changeTag(tx, known.id, { name, tone, isRetired: false }) ? "changed" : "left alone"
  tagOf(tx, name, tone)
  return "created"
}

/** Refuses as `refuseTag`, and `tag.name_taken`. */
export function addTag(tx: Tx, { name, tone, isRetired }: TagDetails): Id {
  demandFree(tx, tidyTag(name), null)
  const { id } = tagOf(tx, name, tone)
  if (isRetired) changeTag(tx, id, { name, tone, isRetired })
  return id
}

/** Wherever it stands it is called and shown so from now on. Answers whether anything is different now. */
export function changeTag(tx: Tx, id: Id, { name, tone, isRetired }: TagDetails): boolean {
  const known = found(loadTag(tx, id))
  const next = { id, name: tidyTag(name), tone, retiredAt: isRetired ? (known.retiredAt ?? tx.now) : null }
  const refusal = refuseTag(next.name)
  if (refusal) throw new Refused(refusal)
  demandFree(tx, next.name, id)
  const changes = changesBetween(known, next)
  if (Object.keys(changes).length === 0) return false
  updateTag(tx, next)
  tx.raise({ type: "audit.due", act: "tag.changed", subject: { kind: "tag", id, name: known.name }, changes })
  tellPlaces(tx, openWithTag(tx, id))
  return true
}

/** What carries `id` carries `into` from now on, and `id` is no more. Refuses `tag.merge_itself`. */
export function mergeTag(tx: Tx, id: Id, into: Id): void {
  const tag = found(loadTag(tx, id))
  const other = loadTag(tx, into)
  demand(other !== null && id !== into, "tag.merge_itself")
  const shown = openWithTag(tx, id)
  moveTag(tx, id, into)
  deleteTag(tx, id)
  const subject = { kind: "tag", id, name: tag.name } as const
  tx.raise({
    type: "audit.due",
    act: "tag.merged",
    subject,
    changes: { name: { before: tag.name, after: other.name } },
  })
  tellPlaces(tx, shown)
}

/** Taken off everything that carries it. */
export function removeTag(tx: Tx, id: Id): void {
  const { name } = found(loadTag(tx, id))
  const shown = openWithTag(tx, id)
  deleteTag(tx, id)
  tx.raise({ type: "audit.due", act: "tag.removed", subject: { kind: "tag", id, name }, changes: {} })
  tellPlaces(tx, shown)
}

function demandFree(tx: Tx, name: string, self: Id | null): void {
  const other = tagNamed(tx, name)
  demand(other === null || other.id === self, "tag.name_taken", { name })
}

/** Only what is open is on anybody's screen: a tag may stand on a hundred thousand that are closed. */
function tellPlaces(tx: Tx, conversations: readonly Id[]): void {
  for (const id of conversations) tx.raise({ type: "tag.changed", place: { on: "conversation", id } })
}

/** One that is out of use is not made anew by typing it, nor put anywhere: `tag.retired`. */
function tagOf(tx: Tx, typed: string, tone: TagTone): Tag {
  const name = tidyTag(typed)
  const refusal = refuseTag(name)
  if (refusal) throw new Refused(refusal)
  const known = tagNamed(tx, name)
  if (known) {
    demand(known.retiredAt === null, "tag.retired", { name: known.name })
    return known
  }
  const tag = { id: tx.newId(), name, tone }
  insertTag(tx, tag)
  tx.raise({ type: "audit.due", act: "tag.created", subject: { kind: "tag", id: tag.id, name }, changes: {} })
  return tag
}

/** Whoever may see a conversation may tag it; a customer's tags are for those who may edit customers. */
function enter(tx: Tx, { on, id }: TagPlace): void {
  const { actor } = tx
  demand(actor.kind === "user", "actor.not_a_user")
  found(on === "conversation" ? conversationFor(tx, actor, id) : customerFor(tx, actor, id))
  if (on === "customer") demand(loadUser(tx, actor.id)?.mayEditCustomers === true, "customer.may_not_edit")
}
