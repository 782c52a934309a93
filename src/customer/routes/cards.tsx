/** What is done with cards that customers send. */
import type { Areas } from "~/web/areas.ts"
import { wholeNumber } from "~/web/form.ts"
import { keepCard } from "../actions/cards.ts"

export const cardRoutes = ({ desk }: Areas) =>
  desk().post("/conversations/:id/messages/:message/card", async ({ id, form, act, done }) => {
    const conversation = id("id")
    const message = id("message")
    const { card } = form({ card: wholeNumber({ least: 0, most: 1_000 }) })
    await act((tx) => keepCard(tx, { conversation, message, card }))
    return done(`/conversations/${conversation}`)
  })
