/** What the command palette finds among conversations and customers. */
import { PaletteFinds } from "views/layout/palette.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Areas } from "~/web/areas.ts"
import { findForPalette } from "../queries/palette.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

const LONGEST_WORDS = 100

export const paletteRoutes = ({ desk }: Areas, { screenOf }: Parts) =>
  desk().get("/palette", ({ me, read, actor, query, html }) => {
    const words = (query.get("words") ?? "").trim().slice(0, LONGEST_WORDS).toWellFormed()
    const finds = findForPalette(read, actor, words)
    return html(<PaletteFinds screen={screenOf(me, read)} finds={finds} words={words} />)
  })
