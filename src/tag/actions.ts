/** What happens to tags: put on a conversation or a customer, made by typing them, taken off again. */
import { loadUser } from "~/account/store.ts"
import { changesBetween } from "~/audit/rules.ts"
import { conversationFor } from "~/conversation/queries/known.ts"
import { customerFor } from "~/customer/queries.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { MOST_TAGS, refuseTag, type Tag, type TagPlace, type TagTone, tidyTag } from "./rules.ts"
import { attachTag, detachTag, insertTag, tagNamed, tagsOf, updateTag } from "./store.ts"

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

export function takeTagOff(tx: Tx, place: TagPlace, tag: Id): void {
  enter(tx, place)
  if (detachTag(tx, place, tag)) tx.raise({ type: "tag.changed", place })
}

/** Makes a tag, or shows the one of that name otherwise. */
export function setTag(tx: Tx, name: string, tone: TagTone): "created" | "changed" | "left alone" {
  const known = tagNamed(tx, tidyTag(name))
  if (!known) {
    tagOf(tx, name, tone)
    return "created"
  }
  const next = { ...known, name: tidyTag(name), tone }
  if (next.name === known.name && next.tone === known.tone) return "left alone"
  updateTag(tx, next)
  tx.raise({
    ...{ type: "audit.due", act: "tag.changed", subject: { kind: "tag", id: known.id, name: known.name } },
    changes: changesBetween(known, next),
  })
  return "changed"
}

function tagOf(tx: Tx, typed: string, tone: TagTone): Tag {
  const name = tidyTag(typed)
  const refusal = refuseTag(name)
  if (refusal) throw new Refused(refusal)
  const known = tagNamed(tx, name)
  if (known) return known
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
