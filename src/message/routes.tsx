/** Answering, reading, and deciding about what did not go through. */
import { limits } from "~/kernel/limits.ts"
import type { Areas } from "~/web/areas.ts"
import { checkbox, degrees, id as idField, line, optional, text } from "~/web/form.ts"
import { sendLocation } from "./actions/placing.ts"
import { discard, markSeen, reply, resend } from "./actions.ts"

/** Far more than may be sent: what is too long is refused in words, with the count (message.too_long). */
const LONGEST_TYPED = 100_000

export const messageRoutes = ({ desk }: Areas) =>
  desk()
    .post("/conversations/:id/messages", async ({ id, form, act, done }) => {
      const conversation = id("id")
      const given = form({
        ...{ text: text({ most: LONGEST_TYPED }), clientId: line({ most: 100 }) },
        ...{ predefined: optional(idField), withChoices: checkbox },
      })
      await act((tx) => reply(tx, { conversation, ...given }))
      return done(`/conversations/${conversation}`)
    })
    .post("/conversations/:id/locations", async ({ id, form, act, done }) => {
      const conversation = id("id")
      const given = form({
        ...{ clientId: line({ most: 100 }), latitude: degrees(90), longitude: degrees(180) },
        name: optional(line({ most: limits.placeNameCharacters })),
        address: optional(line({ most: limits.placeAddressCharacters })),
      })
      await act((tx) => sendLocation(tx, { conversation, ...given }))
      return done(`/conversations/${conversation}`)
    })
    .post("/conversations/:id/read", async ({ id, act, nothing }) => {
      const conversation = id("id")
      await act((tx) => markSeen(tx, conversation))
      return nothing()
    })
    .post("/conversations/:id/messages/:message/resend", async ({ id, act, done }) => {
      const [conversation, message] = [id("id"), id("message")]
      await act((tx) => resend(tx, conversation, message))
      return done(`/conversations/${conversation}`)
    })
    .post("/conversations/:id/messages/:message/discard", async ({ id, act, done }) => {
      const [conversation, message] = [id("id"), id("message")]
      await act((tx) => discard(tx, conversation, message))
      return done(`/conversations/${conversation}`)
    })
