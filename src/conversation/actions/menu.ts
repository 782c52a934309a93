/** The end of a menu, as the conversation sees it. */
import type { Tx } from "~/database/handles.ts"
import { accepted, found } from "~/kernel/step.ts"
import type { MenuEnded } from "~/menu/rules/facts.ts"
import { skillsetManner } from "~/skillset/queries.ts"
import { leaveMenu, withSkillset } from "../rules/receiving.ts"
import { loadConversation } from "../store.ts"
import { announce } from "./announce.ts"
import { settle } from "./settling.ts"

/** The menu is over: into the queue of whom it was for; one that somebody has already stays where it is, and is theirs. */
export function endMenu(tx: Tx, { conversation: id, how, path, skillset, priority }: MenuEnded): void {
  const conversation = found(loadConversation(tx, id))
  const ended = { type: "conversation.menu_ended", conversation: id, how, path } as const
  const level = priority ?? skillsetManner(tx, skillset).priority
  if (conversation.state === "menu") {
    const { next, facts } = accepted(leaveMenu(conversation, skillset, level, tx.now))
    settle(tx, conversation, { next, facts: [ended, ...facts] })
  } else {
    const next = withSkillset(conversation, skillset, level)
    if (next === conversation) announce(tx, conversation, conversation, [ended])
    else settle(tx, conversation, { next, facts: [ended] })
  }
}
