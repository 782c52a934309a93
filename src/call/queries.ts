/** What the two ends of a call need to know. */
import { firstNameOf } from "~/automatic-message/queries.ts"
import { languageFor } from "~/automatic-message/rules/language.ts"
import { titleOf } from "~/conversation/queries/console.ts"
import { maySee } from "~/conversation/rules/policy.ts"
import { type Conversation, windowOpen } from "~/conversation/rules.ts"
import { loadConversation } from "~/conversation/store.ts"
import { loadCustomer } from "~/customer/store.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { UserActor } from "~/facts.ts"
import type { Id } from "~/kernel/id.ts"
import { countryOf } from "~/kernel/phone.ts"
import { found } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { type CallServers, type IceServer, iceServers, placeOfSecret } from "./rules/servers.ts"
import type { Call } from "./rules.ts"
import { callByToken, loadCall, loadServers, runningCall } from "./store.ts"

export { callByToken }

/** What the agent's window is opened with. */
export type CallWindowProps = { conversation: Id; title: string; call: Call | null; isWindowOpen: boolean }

/** For whoever may see the conversation; "not found" for others. */
export function callWindow(reader: Reader, actor: UserActor, id: Id): CallWindowProps {
  const conversation = seen(reader, actor, id)
  const call = runningCall(reader, id)
  return {
    ...{ conversation: id, title: titleOfCustomer(reader, conversation) },
    call: call && call.startedBy === actor.id ? call : null,
    isWindowOpen: windowOpen(conversation, reader.now),
  }
}

/** The agent's own call; "not found" for everybody else. */
export function ownCall(reader: Reader, actor: UserActor, id: Id): Call {
  const call = found(loadCall(reader, id))
  return found(call.startedBy === actor.id ? call : null)
}

/** What the words with the link are made of, in the language that the customer most likely reads. */
export function invitationValues(reader: Reader, actor: UserActor, id: Id, languages: readonly string[]) {
  const conversation = seen(reader, actor, id)
  const { name, language } = tenantProfile(reader)
  return {
    ...{ company: name, agent: firstNameOf(reader, actor.id) ?? name },
    language: languageOfCustomer(reader, conversation, languages, language),
  }
}

/** What the customer's page says: whose company, whose first name, in which language; nothing of the conversation. */
export type GuestCall = { call: Call; company: string; agent: string; language: string }

export function guestCall(reader: Reader, id: Id, languages: readonly string[]): GuestCall {
  const call = found(loadCall(reader, id))
  const { name, language } = tenantProfile(reader)
  const conversation = found(loadConversation(reader, call.conversation))
  return {
    ...{ call, company: name, agent: firstNameOf(reader, call.startedBy) ?? name },
    language: languageOfCustomer(reader, conversation, languages, language),
  }
}

/** As the admin set them, the secret opened. */
export function callServers(reader: Reader, secrets: Secrets): CallServers {
  const { urls, secret } = loadServers(reader)
  return { urls, secret: secret && secrets.open(secret, placeOfSecret(reader.tenant)) }
}

export const iceServersFor = (reader: Reader, secrets: Secrets, call: Id): IceServer[] =>
  iceServers(callServers(reader, secrets), call, reader.now)

function seen(reader: Reader, actor: UserActor, id: Id): Conversation {
  const conversation = found(loadConversation(reader, id))
  return found(maySee(actor, conversation) ? conversation : null)
}

const titleOfCustomer = (reader: Reader, { customer }: Conversation): string =>
  titleOf(found(loadCustomer(reader, customer)))

function languageOfCustomer(
  reader: Reader,
  { customer }: Conversation,
  languages: readonly string[],
  companys: string,
): string {
  const { phone } = found(loadCustomer(reader, customer))
  return languageFor(languages, phone === null ? null : countryOf(phone), companys) ?? companys
}
