/** What the two ends of a call need to know. */
import { firstNameOf } from "~/automatic-message/queries.ts"
import { languageFor } from "~/automatic-message/rules/language.ts"
import { lookOf, shownName } from "~/brand/queries.ts"
import type { Look } from "~/brand/rules.ts"
import { conversationHead } from "~/conversation/queries/console.ts"
import { windowOpen } from "~/conversation/rules.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import { query, statement } from "~/database/statement.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOf } from "~/kernel/phone.ts"
import { found, type Refusal } from "~/kernel/step.ts"
import { tenantProfile, tenantSettings } from "~/tenant/queries.ts"
import { templateForLink } from "./queries/template.ts"
import { type CallServers, type IceServer, iceServers, placeOfSecret } from "./rules/servers.ts"
import type { Call } from "./rules.ts"
import { callByToken, loadCall, loadServers, runningCall } from "./store.ts"

export { callByToken }

/** What the agent's window is opened with. */
export type CallWindowProps = {
  conversation: Id
  title: string
  call: Call | null
  isWindowOpen: boolean
  /** What brings the link when the 24 hours are over, or why nothing does; null: nothing was chosen for it. */
  template: { title: string } | Refusal | null
}

/** For whoever may see the conversation; "not found" for others. */
export function callWindow(reader: Reader, actor: UserActor, id: Id, callsAt: string): CallWindowProps {
  const { title, windowEndsAt } = conversationHead(reader, actor, id)
  const call = runningCall(reader, id)
  return {
    conversation: id,
    title,
    call: call && call.startedBy === actor.id ? call : null,
    isWindowOpen: windowOpen({ windowEndsAt }, reader.now),
    template: templateForLink(reader, id, callsAt),
  }
}

/** The agent's own call; "not found" for everybody else. */
export function ownCall(reader: Reader, actor: UserActor, id: Id): Call {
  const call = found(loadCall(reader, id))
  return found(call.startedBy === actor.id ? call : null)
}

/** What the words with the link are made of, in the language that the customer most likely reads. */
export function invitationValues(reader: Reader, actor: UserActor, id: Id, languages: readonly string[]) {
  conversationHead(reader, actor, id)
  const name = shownName(reader)
  return {
    company: name,
    agent: firstNameOf(reader, actor.id) ?? name,
    language: languageOfCustomer(reader, id, languages),
  }
}

/** What the customer's page says: whose company, whose first name, in which language; nothing of the conversation. */
export type GuestCall = { call: Call; company: string; look: Look | null; agent: string; language: string }

export function guestCall(reader: Reader, id: Id, languages: readonly string[]): GuestCall {
  const call = found(loadCall(reader, id))
  const name = shownName(reader)
  return {
    call,
    company: name,
    look: lookOf(reader),
    agent: firstNameOf(reader, call.startedBy) ?? name,
    language: languageOfCustomer(reader, call.conversation, languages),
  }
}

/** As the admin set them, the secret opened. */
export function callServers(reader: Reader, secrets: Secrets): CallServers {
  const { urls, secret } = loadServers(reader)
  return { urls, secret: secret && secrets.open(secret, placeOfSecret(reader.tenant)) }
}

/** Each address by itself, with credentials: what a trial goes through. Of no call: its number is 0. */
export function trialServers(reader: Reader, secrets: Secrets): { url: string; servers: IceServer[] }[] {
  const { urls, secret } = callServers(reader, secrets)
  return urls.map((url) => ({ url, servers: iceServers({ urls: [url], secret }, 0, reader.now) }))
}

/** How a browser connects: which servers help it, and whether it may go another way than through a relay. */
export type CallWay = { servers: IceServer[]; relayOnly: boolean }

export const callWay = (reader: Reader, secrets: Secrets, call: Id): CallWay => ({
  servers: iceServers(callServers(reader, secrets), call, reader.now),
  relayOnly: tenantSettings(reader).callThroughRelayOnly,
})

const phoneOf = statement((p: { conversation: Id }) =>
  query
    .selectFrom("conversation")
    .innerJoin("customer", "customer.id", "conversation.customer")
    .select("customer.phone")
    .where("conversation.id", "=", p.conversation),
)

function languageOfCustomer(reader: Reader, conversation: Id, languages: readonly string[]): string {
  const { language } = tenantProfile(reader)
  const phone = reader.one(phoneOf, { conversation })?.phone ?? null
  return languageFor(languages, phone === null ? null : countryOf(phone), language) ?? language
}
