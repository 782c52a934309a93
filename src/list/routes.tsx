/** What every list has in common: which of its columns a person wants to see. */
import type { Areas } from "~/web/areas.ts"
import { choice, line, optional, several } from "~/web/form.ts"
import { chooseColumns } from "./actions.ts"

const MOST_COLUMNS = 40

export const listRoutes = ({ signedIn }: Areas) =>
  signedIn().post("/lists/columns", async ({ me, form, act, back }) => {
    const { list, column, usual } = form({
      list: line({ most: 60 }),
      column: several(line({ most: 60 }), { most: MOST_COLUMNS }),
      usual: optional(choice(["yes"])),
    })
    await act((tx) => chooseColumns(tx, me.id, list, usual ? null : column))
    return back("/")
  })
