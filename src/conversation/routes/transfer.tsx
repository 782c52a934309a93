/** «Transfer»: the dialog with its live lists, the transfer itself, and what its receiver and sender may do about it. */
import { TransferChoices, TransferOpened, TransferOver, TransferPage } from "views/conversation/transfer.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { parseId } from "~/kernel/id.ts"
import { found, Refused, refuse } from "~/kernel/step.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, id as idField, line, optional, text } from "~/web/form.ts"
import { InvalidForm } from "~/web/problem.ts"
import type { Visit } from "~/web/visit.ts"
import { decline, release, type TransferAsked, transfer } from "../actions/transferring.ts"
import { conversationHead } from "../queries/console.ts"
import { titleFor } from "../queries/known.ts"
import { type TransferChoice, transferDialog } from "../queries/transfer-dialog.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

const MOST_NOTE = 1_000
const MOST_REASON = 200
const MOST_SEARCH = 100

export const transferRoutes = ({ desk }: Areas, { screenOf }: Parts) =>
  desk()
    .get("/conversations/:id/transfer", (visit) => {
      const { me, read, actor, wantsPanel, html, page } = visit
      const screen = screenOf(me, read)
      const dialog = dialogOf(visit)
      if ("refused" in dialog) throw new Refused(dialog)
      if (wantsPanel) return html(<TransferOpened screen={screen} dialog={dialog} />)
      const head = conversationHead(read, actor, dialog.id)
      return page(screen.t("transfer.title"), <TransferPage screen={screen} dialog={dialog} head={head} />)
    })
    .get("/conversations/:id/transfer/choices", (visit) => {
      const screen = screenOf(visit.me, visit.read)
      const dialog = dialogOf(visit)
      if ("refused" in dialog) return visit.html(<TransferOver screen={screen} refusal={dialog} />)
      return visit.html(<TransferChoices screen={screen} dialog={dialog} />)
    })
    .post("/conversations/:id/transfer", async (visit) => {
      const conversation = visit.id("id")
      found(titleFor(visit.read, visit.actor, conversation))
      const asked = askedOf(visit)
      await visit.act((tx) => transfer(tx, conversation, asked))
      return visit.redirect("/conversations")
    })
    .post("/conversations/:id/declining", async ({ id, form, act, redirect }) => {
      const conversation = id("id")
      const { reason } = form({ reason: optional(line({ most: MOST_REASON })) })
      await act((tx) => decline(tx, conversation, reason))
      return redirect("/conversations")
    })
    .post("/conversations/:id/releasing", async ({ id, act, back }) => {
      const conversation = id("id")
      await act((tx) => release(tx, conversation))
      return back(`/conversations/${conversation}`)
    })

/** The lists follow everybody's standing for as long as they are on screen. */
function dialogOf({ read, actor, query, id, watch }: Visit<"id">) {
  const one = <Word extends string>(name: string, words: readonly Word[], otherwise: Word): Word =>
    words.find((word) => word === query.get(name)) ?? otherwise
  const chosen: TransferChoice = {
    to: one("to", ["user", "skillset", "queue"], "user"),
    user: parseId(query.get("user") ?? ""),
    skillset: parseId(query.get("skillset") ?? ""),
    mode: one("mode", ["immediate", "exclusive"], "immediate"),
    words: (query.get("search") ?? "").slice(0, MOST_SEARCH),
    onlyReady: query.get("onlyReady") === "on",
  }
  const dialog = transferDialog(read, actor, id("id"), chosen)
  watch("agents")
  return dialog
}

/** The search stands in the same form; it says nothing about where it goes. */
function askedOf({ form }: Visit<"id">): TransferAsked {
  const { to, user, skillset, mode, note } = form({
    to: choice(["user", "skillset"]),
    user: optional(idField),
    skillset: optional(idField),
    mode: choice(["immediate", "exclusive"]),
    note: optional(text({ most: MOST_NOTE })),
    search: text({ most: MOST_SEARCH }),
    onlyReady: text({ most: 10 }),
  })
  const rest = { mode, note: note?.trim() ?? null }
  if (to === "user" && user !== null) return { to, user, ...rest }
  if (to === "skillset" && skillset !== null) return { to, skillset, ...rest }
  throw new InvalidForm({ form: refuse("transfer.choose") })
}
