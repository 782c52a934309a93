/** Answering, reading, and deciding about what did not go through. */
import { ContactList } from "views/conversation/contact-picker.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { conversationHead } from "~/conversation/queries/console.ts"
import type { Reader } from "~/database/handles.ts"
import { limits } from "~/kernel/limits.ts"
import type { Areas } from "~/web/areas.ts"
import { checkbox, choice, degrees, id as idField, line, optional, text } from "~/web/form.ts"
import { sendContact } from "./actions/contacts.ts"
import { sendLocation } from "./actions/placing.ts"
import { react } from "./actions/reacting.ts"
import { discard, markSeen, reply, resend } from "./actions.ts"
import { contactsToSend } from "./queries/contacts.ts"
import { CARD_SOURCES } from "./rules/cards.ts"

/** Far more than may be sent: what is too long is refused in words, with the count (message.too_long). */
const LONGEST_TYPED = 100_000

/** Draws for a user: given by the composition, so that no route knows how a screen is made. */
export type MessageParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const messageRoutes = ({ desk }: Areas, { screenOf }: MessageParts) =>
  desk()
    .post("/conversations/:id/messages", async ({ id, form, act, done }) => {
      const conversation = id("id")
      const given = form({
        text: text({ most: LONGEST_TYPED }),
        clientId: line({ most: 100 }),
        predefined: optional(idField),
        withChoices: checkbox,
        begunAfter: optional(idField),
        replyTo: optional(idField),
      })
      await act((tx) => reply(tx, { conversation, ...given }))
      return done(`/conversations/${conversation}`)
    })
    .post("/conversations/:id/locations", async ({ id, form, act, done }) => {
      const conversation = id("id")
      const given = form({
        clientId: line({ most: 100 }),
        latitude: degrees(90),
        longitude: degrees(180),
        replyTo: optional(idField),
        name: optional(line({ most: limits.placeNameCharacters })),
        address: optional(line({ most: limits.placeAddressCharacters })),
      })
      await act((tx) => sendLocation(tx, { conversation, ...given }))
      return done(`/conversations/${conversation}`)
    })
    .post("/conversations/:id/messages/:message/reaction", async ({ id, form, act, nothing }) => {
      const conversation = id("id")
      const message = id("message")
      const { emoji } = form({ emoji: text({ most: 40 }) })
      await act((tx) => react(tx, { conversation, message, emoji }))
      return nothing()
    })
    .get("/conversations/:id/contacts", ({ me, read, actor, id, query, html }) => {
      conversationHead(read, actor, id("id"))
      const words = (query.get("words") ?? "").slice(0, 100)
      return html(
        <ContactList screen={screenOf(me, read)} words={words} contacts={contactsToSend(read, actor, words)} />,
      )
    })
    .post("/conversations/:id/contacts", async ({ id, form, act, done }) => {
      const conversation = id("id")
      const given = form({
        source: choice(CARD_SOURCES),
        id: idField,
        clientId: line({ most: 100 }),
        replyTo: optional(idField),
      })
      await act((tx) => sendContact(tx, { conversation, ...given }))
      return done(`/conversations/${conversation}`)
    })
    .post("/conversations/:id/read", async ({ id, act, nothing }) => {
      const conversation = id("id")
      await act((tx) => markSeen(tx, conversation))
      return nothing()
    })
    .post("/conversations/:id/messages/:message/resend", async ({ id, act, done }) => {
      const conversation = id("id")
      const message = id("message")
      await act((tx) => resend(tx, conversation, message))
      return done(`/conversations/${conversation}`)
    })
    .post("/conversations/:id/messages/:message/discard", async ({ id, act, done }) => {
      const conversation = id("id")
      const message = id("message")
      await act((tx) => discard(tx, conversation, message))
      return done(`/conversations/${conversation}`)
    })
