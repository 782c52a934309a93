/** Video calls from the agent's side: the window, the link, and what its browser says to the customer's. */
import { CallWindow } from "views/call/window.tsx"
import { LANGUAGES, translator } from "views/locales/index.ts"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Id } from "~/kernel/id.ts"
import { NotFound } from "~/kernel/step.ts"
import { digestOf, newToken } from "~/kernel/token.ts"
import type { Areas } from "~/web/areas.ts"
import { checkSite } from "~/web/origin.ts"
import { readSignal } from "~/web/signal.ts"
import { isSeat, type Signalling } from "~/web/signalling.ts"
import type { Visit } from "~/web/visit.ts"
import { endCall, type Invitation, inviteAgain, startCall } from "./actions.ts"
import { callWay, callWindow, invitationValues, ownCall } from "./queries.ts"
import { CALL_PATH, linkText } from "./rules/template.ts"

export type CallParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  signalling: Signalling
  secrets: Secrets
  chance: Chance
  /** How the appliance is reached by its users, and by customers. */
  url: URL
  publicUrl: string
}

export const callRoutes = ({ desk }: Areas, parts: CallParts) =>
  desk()
    .get("/conversations/:id/call", ({ me, read, actor, id, html }) => {
      const props = callWindow(read, actor, id("id"), callsAt(parts))
      return html(<CallWindow screen={parts.screenOf(me, read)} {...props} />)
    })
    .post("/conversations/:id/call", async (visit) => {
      const conversation = visit.id("id")
      const { token, invitation } = invitationFor(visit, conversation, parts)
      const { call, isNew } = await visit.act((tx) => startCall(tx, conversation, invitation))
      return visit.json({ call, link: isNew ? linkOf(parts, token) : null })
    })
    .post("/calls/:id/link", async (visit) => {
      const id = visit.id("id")
      const { token, invitation } = invitationFor(visit, ownCall(visit.read, visit.actor, id).conversation, parts)
      await visit.act((tx) => inviteAgain(tx, id, invitation))
      return visit.json({ call: id, link: linkOf(parts, token) })
    })
    .get("/calls/:id/servers", ({ read, actor, id, json }) => {
      const { id: call } = ownCall(read, actor, id("id"))
      return json(callWay(read, parts.secrets, call))
    })
    .get("/calls/:id/events", ({ request, read, actor, me, id, query }) => {
      checkSite(request, parts.url)
      const call = ownCall(read, actor, id("id"))
      const seat = query.get("seat") ?? ""
      if (call.state === "ended" || !isSeat(seat)) throw new NotFound()
      const at = { tenant: me.tenant, call: call.id, side: "agent" as const, seat }
      return parts.signalling.open(at, numberOf(query.get("heard")), numberOf(query.get("session")))
    })
    .receive("/calls/:id/signals", async ({ request, read, actor, id, nothing }) => {
      const call = ownCall(read, actor, id("id"))
      const { seat, session, signal } = await readSignal(request)
      parts.signalling.say(call.id, "agent", seat, session, signal)
      return nothing()
    })
    .post("/calls/:id/end", async ({ act, id, nothing }) => {
      const call = id("id")
      await act((tx) => endCall(tx, call))
      return nothing()
    })

const numberOf = (text: string | null): number | null =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null

const callsAt = ({ publicUrl }: CallParts): string => `${publicUrl}${CALL_PATH}`
const linkOf = (parts: CallParts, token: string): string => linkText({ callsAt: callsAt(parts), token })

function invitationFor({ read, actor }: Visit, conversation: Id, parts: CallParts) {
  const token = newToken(parts.chance)
  const { language, agent, company } = invitationValues(read, actor, conversation, LANGUAGES)
  const text = translator(language)("call.invitation", { agent, company, link: linkOf(parts, token) })
  const link = { callsAt: callsAt(parts), token }
  const invitation: Invitation = { link, tokenHash: digestOf(token), text, clientId: `call-${token.slice(0, 16)}` }
  return { token, invitation }
}
