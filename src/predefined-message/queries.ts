/** What the panel of predefined messages shows beside one conversation. */
import type { SessionUser } from "~/account/queries.ts"
import { conversationHead } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { filled, type Known, type PredefinedMessage, unfilled } from "./rules.ts"
import { enabledPredefinedMessages } from "./store.ts"

/** `text` is filled; `missing` names what the agent has to fill in. */
export type Pick = Omit<PredefinedMessage, "enabled"> & { missing: readonly string[] }

const names = statement((p: { id: Id }) =>
  query.selectFrom("user").select(["firstName", "lastName"]).where("id", "=", p.id),
)

/**
 * All that `me` may pick for the conversation, filled with what is known of it, those in their own language first; "not
 * found" as its screen.
 */
export function predefinedMessagesFor(reader: Reader, me: SessionUser, actor: UserActor, id: Id): Pick[] {
  const known = knownOf(reader, me, actor, id)
  const isTheirs = ({ language }: PredefinedMessage) => language === "" || language.split("-")[0] === me.language
  const all = enabledPredefinedMessages(reader)
  return [...all.filter(isTheirs), ...all.filter((message) => !isTheirs(message))].map(({ enabled: _, ...message }) => {
    const text = filled(message.text, known)
    return { ...message, text, missing: unfilled(text) }
  })
}

function knownOf(reader: Reader, me: SessionUser, actor: UserActor, id: Id): Known {
  const { customerName, profileName, phone, channelName, channelPhone } = conversationHead(reader, actor, id)
  const name = customerName ?? profileName
  const { firstName, lastName } = found(reader.one(names, { id: me.id }))
  return {
    "customer.name": name,
    "customer.firstName": name?.split(/\s+/)[0] ?? null,
    "customer.phone": phone,
    "agent.name": me.name,
    "agent.firstName": firstName,
    "agent.lastName": lastName,
    "company.name": tenantProfile(reader).name,
    "number.name": channelName,
    "number.phone": channelPhone,
  }
}
