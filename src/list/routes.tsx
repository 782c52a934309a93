/** What every list has in common: which of its columns a person wants to see, and the filters they keep by name. */
import type { Areas } from "~/web/areas.ts"
import { choice, line, optional, several, text } from "~/web/form.ts"
import { ownPath } from "~/web/request.ts"
import { chooseColumns, forgetFilter, saveFilter } from "./actions.ts"

const MOST_COLUMNS = 40
const LONGEST_QUERY = 2_000

export const listRoutes = ({ signedIn }: Areas) =>
  signedIn()
    .post("/lists/filters", async ({ me, form, act, back }) => {
      const { list, ...filter } = form({
        list: line({ most: 60 }),
        name: line({ most: 60 }),
        query: text({ most: LONGEST_QUERY }),
      })
      await act((tx) => saveFilter(tx, me.id, list, filter))
      return back("/")
    })
    .post("/lists/filters/:id/deletion", async ({ me, id, act, back }) => {
      const filter = id("id")
      await act((tx) => forgetFilter(tx, me.id, filter))
      return back("/")
    })
    .post("/lists/columns", async ({ me, form, act, redirect }) => {
      const { list, column, usual, to } = form({
        list: line({ most: 60 }),
        column: several(line({ most: 60 }), { most: MOST_COLUMNS }),
        usual: optional(choice(["yes"])),
        to: optional(line({ most: 2_000 })),
      })
      await act((tx) => chooseColumns(tx, me.id, list, usual ? null : column))
      return redirect(ownPath(to))
    })
