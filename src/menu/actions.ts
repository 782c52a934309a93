/** What happens in menus: the customer is asked and answers, or does not, or somebody takes the conversation out of it. */
import { skillsetsOfChannel } from "~/assignment/queries/overflow.ts"
import { changesBetween } from "~/audit/rules.ts"
import { allChannels, loadChannel } from "~/channel/store.ts"
import { supervises } from "~/conversation/rules/policy.ts"
import { isKeptBack } from "~/conversation/rules.ts"
import { loadConversation } from "~/conversation/store.ts"
import type { Tx } from "~/database/handles.ts"
import type { MessageRow } from "~/database/tables.ts"
import type { Id } from "~/kernel/id.ts"
import { demand, found } from "~/kernel/step.ts"
import { readContent } from "~/message/rules/content.ts"
import { loadMessage } from "~/message/store.ts"
import { allSkillsets } from "~/skillset/store.ts"
import { answered, type Consequence, greeted, type Heard } from "./rules/answer.ts"
import { question } from "./rules/question.ts"
import {
  choicesAlong,
  destination,
  endOf,
  farewell,
  inherited,
  type Menu,
  type MenuEnd,
  onRecord,
  type Path,
  type Visit,
} from "./rules.ts"
import { deleteVisit, insertVisit, loadMenu, loadVisit, saveMenu, updateVisit, visitOf } from "./store.ts"

/** Gives a number its menu, or none; answers whether it is another one now. */
export function setMenu(tx: Tx, channel: Id, menu: Menu | null): boolean {
  const before = loadMenu(tx, channel)?.menu ?? null
  if (JSON.stringify(before) === JSON.stringify(menu)) return false
  saveMenu(tx, channel, menu)
  const subject = { kind: "channel", id: channel, name: loadChannel(tx, channel)?.name ?? "" } as const
  const names = new Map(allSkillsets(tx).map(({ id, name }) => [id, name]))
  const said = (one: Menu | null) => onRecord(one, (id) => names.get(id) ?? String(id))
  tx.raise({
    ...({ type: "audit.due", act: "channel.menu_changed", subject } as const),
    changes: changesBetween(said(before), said(menu)),
  })
  return true
}

/** The number is let go. */
export const forgetMenu = (tx: Tx, channel: Id): void => saveMenu(tx, channel, null)

/** A customer wrote: in the menu it is an answer, or the first message, which is greeted. */
export function hear(tx: Tx, conversation: Id, message: Id): void {
  const open = loadConversation(tx, conversation)
  if (open?.state !== "menu") return
  if (isKeptBack(open)) {
    tx.ring("unmanaged", { supervisors: true })
    return
  }
  const visit = visitOf(tx, conversation)
  const place: Place = { conversation, channel: open.channel, visit }
  const current = loadMenu(tx, open.channel)
  if (current) follow(tx, place, current, consequenceOf(current, visit, heardFrom(found(loadMessage(tx, message)))))
  else finish(tx, place, null, "removed", [])
  tx.ring("unmanaged", { supervisors: true })
}

/** Nobody answered in time: a person takes over. */
export function timeOut(tx: Tx, id: Id): void {
  const visit = loadVisit(tx, id)
  const open = visit && loadConversation(tx, visit.conversation)
  if (!visit || !open || tx.now < visit.endsAt) return
  const { conversation, path } = visit
  finish(
    tx,
    { conversation, channel: open.channel, visit },
    loadMenu(tx, open.channel)?.menu ?? null,
    "timed_out",
    path,
  )
}

/** The conversation has gone another way: taken, transferred, closed. The number's default skillset is its own then. */
export function leave(tx: Tx, conversation: Id): void {
  const visit = visitOf(tx, conversation)
  const open = visit && loadConversation(tx, conversation)
  if (!visit || !open) return
  deleteVisit(tx, visit)
  const skillset = servedSkillset(tx, open.channel, null)
  const left = { conversation, how: "left", path: pathWords(visit.titles), skillset, priority: null } as const
  tx.raise({ type: "menu.ended", ...left })
  tx.ring("unmanaged", { supervisors: true })
}

/** A supervisor decides for whom it is. Refuses with the state of one that is not in the menu any more. */
export function assignTo(tx: Tx, conversation: Id, skillset: Id): void {
  demand(tx.actor.kind === "user", "actor.not_a_user")
  found(supervises(tx.actor) ? tx.actor : null)
  const open = found(loadConversation(tx, conversation))
  found(allSkillsets(tx).find(({ id }) => id === skillset))
  demand(open.state === "menu", `conversation.is_${open.state}`)
  if (isKeptBack(open)) {
    tx.raise({ type: "menu.passed_by", conversation, skillset })
    return
  }
  const visit = visitOf(tx, conversation)
  if (visit) deleteVisit(tx, visit)
  const path = pathWords(visit?.titles ?? [])
  tx.raise({ type: "menu.ended", conversation, how: "left", path, skillset, priority: null })
  tx.ring("unmanaged", { supervisors: true })
}

type Place = { conversation: Id; channel: Id; visit: Visit | null }
type Current = { menu: Menu; revision: Id }

/** A menu that has become another one since it was asked is asked anew: numbers may mean something else now. */
const consequenceOf = ({ menu, revision }: Current, visit: Visit | null, heard: Heard): Consequence =>
  visit?.revision === revision ? answered(menu, visit, heard) : greeted(menu, revision, heard)

function follow(tx: Tx, place: Place, current: Current, consequence: Consequence): void {
  switch (consequence.does) {
    case "nothing":
      return
    case "ask":
      ask(tx, place, current, consequence)
      return
    case "end":
      finish(tx, place, current.menu, consequence.how, consequence.path)
      return
  }
}

function ask(
  tx: Tx,
  { conversation, visit }: Place,
  { menu, revision }: Current,
  asked: Consequence & { does: "ask" },
) {
  const { path, wrongAnswers, isWrong } = asked
  const next: Visit = {
    id: visit?.id ?? tx.newId(),
    conversation,
    revision,
    path,
    titles: titlesAlong(menu, path),
    wrongAnswers,
    askedAt: tx.now,
    endsAt: endOf(menu, tx.now),
  }
  if (visit) updateVisit(tx, visit, next)
  else insertVisit(tx, next)
  tx.raise({ type: "message.composed", conversation, content: question(menu, revision, path, isWrong) })
}

function finish(tx: Tx, { conversation, channel, visit }: Place, menu: Menu | null, how: MenuEnd, path: Path): void {
  if (visit) deleteVisit(tx, visit)
  const text = menu && farewell(menu, how, path)
  if (text) tx.raise({ type: "message.composed", conversation, content: { type: "text", text } })
  const { skillset, priority } = menu ? destination(menu, how, path) : { skillset: null, priority: null }
  const titles = how === "chosen" && menu ? titlesAlong(menu, path) : (visit?.titles ?? [])
  tx.raise({
    type: "menu.ended",
    conversation,
    how,
    path: pathWords(titles),
    priority,
    skillset: servedSkillset(tx, channel, skillset),
  })
  tx.ring("unmanaged", { supervisors: true })
}

/** A skillset the menu names and the company no longer has is the number's default one. */
function servedSkillset(tx: Tx, channel: Id, wanted: Id | null): Id {
  const known = wanted !== null && allSkillsets(tx).some(({ id }) => id === wanted)
  return known ? wanted : found(skillsetsOfChannel(tx, channel)[0])
}

const titlesAlong = (menu: Menu, path: Path): string[] => choicesAlong(menu, path).map(({ title }) => title)

const pathWords = (titles: readonly string[]): string => titles.join(" › ")

/** Only what is written or pressed can be an answer. */
function heardFrom({ kind, text, content, at }: MessageRow): Heard {
  const { body } = readContent(content)
  switch (kind) {
    case "text":
    case "button":
      return { words: text, pressed: null, sentAt: at }
    case "button_reply":
    case "list_reply": {
      const isPress = body?.kind === "button_reply" || body?.kind === "list_reply"
      return { words: isPress ? body.title : text, pressed: isPress ? body.id : null, sentAt: at }
    }
    default:
      return { words: null, pressed: null, sentAt: at }
  }
}

/** A skillset is gone: menus that led there lead to its heir. */
export function inheritSkillset(tx: Tx, gone: Id, heir: Id): void {
  for (const { id } of allChannels(tx)) {
    const kept = loadMenu(tx, id)
    if (kept) setMenu(tx, id, inherited(kept.menu, gone, heir))
  }
}
