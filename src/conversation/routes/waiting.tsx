/** Waiting conversations, and what supervisors do with one or many of them. */
import { EndingConversations } from "views/conversation/ending.tsx"
import { ClosingMany, SteeringAnswer, type SteeringOutcome } from "views/conversation/steering.tsx"
import { WaitingConversations } from "views/conversation/waiting.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { NotFound, type Refusal, Refused, refuse } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, type Field, id as idField, optional, several } from "~/web/form.ts"
import { InvalidForm } from "~/web/problem.ts"
import type { Visit } from "~/web/visit.ts"
import { type Steering, steer } from "../actions/steering.ts"
import { endingConversations, endingCount } from "../queries/ending.ts"
import { titleFor } from "../queries/known.ts"
import { closingOfMany, refusalForAll, waitingSurroundings } from "../queries/steering.ts"
import { readWaitingFilter, waitingConversations } from "../queries/waiting.ts"
import { readWaitingCursor, writeWaitingCursor } from "../queries/waiting-pages.ts"
import { givenIn, PROFILING_FIELDS } from "./given-profiling.tsx"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

/** More than a page has. */
const MOST_AT_ONCE = 300

export const waitingRoutes = (areas: Areas, parts: Parts) => [
  waiting(areas, parts),
  ending(areas, parts),
  steering(areas, parts),
]

const waiting = ({ desk }: Areas, { screenOf }: Parts) =>
  desk().get("/waiting", ({ me, read, actor, query, watch, page }) => {
    const screen = screenOf(me, read)
    const filter = readWaitingFilter(query)
    const cursor = readWaitingCursor(query.get("from") ?? "")
    const groups = waitingConversations(read, actor, filter, cursor)
    const around = waitingSurroundings(read, actor)
    watch("waiting")
    watch("agents")
    const endingSoon = around.maySteer ? endingCount(read) : null
    const props = { screen, groups, filter, around, endingSoon, from: cursor && writeWaitingCursor(cursor) }
    return page(screen.t("waiting.title"), <WaitingConversations {...props} />)
  })

const ending = ({ supervision }: Areas, { screenOf }: Parts) =>
  supervision().get("/waiting/ending", ({ me, read, watch, page }) => {
    const screen = screenOf(me, read)
    watch("waiting")
    return page(
      screen.t("ending.title"),
      <EndingConversations screen={screen} conversations={endingConversations(read)} />,
    )
  })

const steering = ({ supervision }: Areas, { screenOf }: Parts) =>
  supervision()
    .post("/waiting/steering", async (visit) => {
      const { conversation, deed, user } = visit.form({
        conversation: several(idField, { most: MOST_AT_ONCE }),
        deed: choice(["assign", "take_over", "return"]),
        user: optional(idField),
      })
      if (deed === "assign" && user === null) throw new InvalidForm({ user: refuse("steering.nobody_chosen") })
      const asked: Steering = deed === "assign" ? { deed, user: user ?? 0 } : { deed }
      return answer(visit, screenOf, await each(visit, new Map(conversation.map((one) => [one, asked]))))
    })
    .get("/waiting/closing", ({ me, read, actor, query, html, page, wantsPanel }) => {
      const screen = screenOf(me, read)
      const ids = query.getAll("conversation").slice(0, MOST_AT_ONCE)
      const closing = closingOfMany(read, actor, [...new Set(ids.flatMap((text) => parseId(text) ?? []))])
      const panel = <ClosingMany screen={screen} {...closing} />
      return wantsPanel ? html(panel) : page(screen.t("steering.close_title"), panel)
    })
    .post("/waiting/closing", async (visit) => {
      const { closing, ...sent } = visit.form({ closing: several(seen, { most: MOST_AT_ONCE }), ...PROFILING_FIELDS })
      const given = givenIn(sent)
      const ids = closing.map(([id]) => id)
      const refusal = refusalForAll(visit.read, visit.actor, [...new Set(ids)], given)
      if (refusal) throw new Refused(refusal)
      const asked = closing.map(([id, seenUnread]) => [id, { deed: "close", seenUnread, given }] as const)
      return answer(visit, screenOf, await each(visit, new Map(asked)))
    })

/** `4711.2`: the conversation, and how many unread messages of it the person has been told of. */
const seen: Field<[Id, number]> = ([text = ""]) => {
  const [, first = "", unread] = /^(\d{1,16})\.(\d{1,6})$/.exec(text) ?? []
  const conversation = parseId(first)
  return conversation === null ? refuse("field.malformed") : { value: [conversation, Number(unread)] }
}

/** Each in a decision of its own: one that is refused stops none of the others. */
async function each({ act, read, actor, t }: Visit, asked: ReadonlyMap<Id, Steering>): Promise<SteeringOutcome> {
  if (asked.size === 0) throw new InvalidForm({ form: refuse("steering.nothing_chosen") })
  const attempts = await Promise.all(
    [...asked].map(async ([id, one]) => {
      const title = titleFor(read, actor, id) ?? t("notice.somebody")
      const refusal = await refusalOf(act((tx) => steer(tx, id, one)))
      return refusal && { title, sentence: t(`refused.${refusal.refused}`, refusal.detail) }
    }),
  )
  const refused = attempts.filter((one) => one !== null)
  return { done: attempts.length - refused.length, refused }
}

async function refusalOf(attempt: Promise<unknown>): Promise<Refusal | null> {
  try {
    await attempt
    return null
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    if (error instanceof NotFound) return refuse("not_found")
    throw error
  }
}

function answer({ me, read, wantsPanel, html, page }: Visit, screenOf: Parts["screenOf"], outcome: SteeringOutcome) {
  const screen = screenOf(me, read)
  const said = <SteeringAnswer screen={screen} outcome={outcome} isPage={!wantsPanel} />
  return wantsPanel ? html(said) : page(screen.t("waiting.title"), said)
}
