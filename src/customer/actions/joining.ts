/** Joining two customers who are one person, taking that back, and parting one number from the others. */
import { supervises } from "~/conversation/rules/policy.ts"
import type { Tx } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found, Refused } from "~/kernel/step.ts"
import { tagsOfCustomer } from "~/tag/queries.ts"
import { conversationIdsOf, joinPreview, mixedSince } from "../queries/joining.ts"
import { customerFor } from "../queries.ts"
import { type FieldPick, type Join, joinedConsent, pickedChanges, refuseUndo, restored } from "../rules/joining.ts"
import { recordChange } from "../store/fields.ts"
import {
  conversationsAt,
  endJoin,
  insertJoin,
  loadAddress,
  loadJoin,
  moveJoins,
  removeAddress,
  saveAddress,
} from "../store/joins.ts"
import { refreshSearch } from "../store/searched.ts"
import { insertBlock, insertConsent, loadBlock, loadConsent } from "../store/standing.ts"
import { fieldsOf, writeFields } from "./editing.ts"
import { mayEdit, putOnRecord, userActing } from "./entering.ts"

export type JoinAsked = { kept: Id; joined: Id; picks: Readonly<Record<string, FieldPick>> }

/** What was said with `joined` is `kept`'s from now on, and so is whatever comes from their numbers. Refuses as `refuseJoin`. */
export function joinCustomers(tx: Tx, { kept, joined, picks }: JoinAsked): Id {
  const me = enter(tx, kept)
  found(customerFor(tx, me, joined))
  const preview = joinPreview(tx, me, kept, joined)
  if (preview.refusal) throw new Refused(preview.refusal)
  const before = fieldsOf(tx, kept)
  const after = pickedChanges(preview.fields, picks)
  const changed = Object.keys(after).map((field) => [field, before[field] ?? ""])
  const id = tx.newId()
  insertJoin(tx, {
    id,
    kept,
    joined,
    at: tx.now,
    actor: me.id,
    before: Object.fromEntries(changed),
    after,
    endedAt: null,
  })
  const conversations = conversationIdsOf(tx, joined)
  for (const conversation of conversations)
    if (loadAddress(tx, conversation) === null) saveAddress(tx, { conversation, address: joined, isMixed: 0 })
  moveJoins(tx, joined, kept)
  change(tx, kept, before, after)
  bringStanding(tx, kept, joined)
  refreshSearch(tx, kept)
  tx.raise(
    { type: "customer.joined", customer: kept, joined, conversations },
    { type: "customer.changed", customer: kept },
  )
  putOnRecord(tx, "customer.joined", kept, { customer: { before: joined, after: kept } })
  return id
}

/** As if they had never been joined, as far as nobody has changed it since. Refuses as `refuseUndo`. */
export function undoJoin(tx: Tx, kept: Id, id: Id): void {
  enter(tx, kept)
  const join = joinOf(tx, kept, id)
  const refusal = refuseUndo(join, { mixed: mixedSince(tx, join.joined) }, tx.now)
  if (refusal) throw new Refused(refusal)
  const now = fieldsOf(tx, kept)
  change(tx, kept, now, restored(join, now))
  part(tx, join)
  putOnRecord(tx, "customer.join_undone", kept, { customer: { before: kept, after: join.joined } })
}

/** One of their numbers is somebody else's: with the conversations held under it, a customer of their own. */
export function separateCustomer(tx: Tx, kept: Id, id: Id): Id {
  enter(tx, kept)
  const join = joinOf(tx, kept, id)
  part(tx, join)
  putOnRecord(tx, "customer.separated", kept, { customer: { before: kept, after: join.joined } })
  return join.joined
}

function enter(tx: Tx, customer: Id) {
  const me = userActing(tx)
  found(customerFor(tx, me, customer))
  demand(supervises(me) && mayEdit(tx), "customer.may_not_join")
  return me
}

function joinOf(tx: Tx, kept: Id, id: Id): Join {
  const join = loadJoin(tx, id)
  demand(join !== null && join.kept === kept && join.endedAt === null, "customer.join_over")
  return join
}

function change(
  tx: Tx,
  customer: Id,
  now: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string>>,
) {
  writeFields(tx, customer, now, changes)
  for (const [field, became] of Object.entries(changes))
    recordChange(tx, customer, { field, was: now[field] ?? "", became })
}

/** Tags of both, and the no of either. */
function bringStanding(tx: Tx, kept: Id, joined: Id): void {
  const names = tagsOfCustomer(tx, joined).map(({ name }) => name)
  if (names.length > 0) tx.raise({ type: "tag.wanted", place: { on: "customer", id: kept }, names })
  const theirs = loadConsent(tx, joined)
  const choice = joinedConsent(loadConsent(tx, kept)?.choice ?? null, theirs?.choice ?? null)
  if (choice !== null && theirs) insertConsent(tx, kept, { ...theirs, choice })
}

/** What was decided of both since they were joined holds for each of them afterwards. */
function part(tx: Tx, join: Join): void {
  const { kept, joined, at } = join
  const own = conversationsAt(tx, joined).filter(({ isMixed }) => isMixed === 0)
  const conversations = own.map(({ conversation }) => conversation)
  for (const conversation of conversations) removeAddress(tx, conversation)
  endJoin(tx, join.id)
  const consent = loadConsent(tx, kept)
  const block = loadBlock(tx, kept)
  if (consent && consent.at > at && consent.choice !== (loadConsent(tx, joined)?.choice ?? "in"))
    insertConsent(tx, joined, consent)
  if (block && block.at > at && !loadBlock(tx, joined)) insertBlock(tx, joined, block)
  refreshSearch(tx, kept)
  refreshSearch(tx, joined)
  tx.raise(
    { type: "customer.separated", customer: kept, separated: joined, conversations },
    { type: "customer.changed", customer: kept },
  )
}
