/** What every list has in common: which of its columns a person wants to see. */
import type { Areas } from "~/web/areas.ts"
import { choice, line, optional, several } from "~/web/form.ts"
import { ownPath } from "~/web/request.ts"
import { chooseColumns } from "./actions.ts"

const MOST_COLUMNS = 40

export const listRoutes = ({ signedIn }: Areas) =>
  signedIn().post("/lists/columns", async ({ me, form, act, redirect }) => {
    const { list, column, usual, to } = form({
      list: line({ most: 60 }),
      column: several(line({ most: 60 }), { most: MOST_COLUMNS }),
      usual: optional(choice(["yes"])),
      to: optional(line({ most: 2_000 })),
    })
    await act((tx) => chooseColumns(tx, me.id, list, usual ? null : column))
    return redirect(ownPath(to))
  })
