/** How answers look: composed from the views in app.ts, so that the web layer knows no screen and no noun. */

import type { Html } from "views/jsx-runtime.ts"
import type { SessionUser } from "~/account/queries.ts"
import type { Look as BrandLook } from "~/brand/rules.ts"
import type { Reader } from "~/database/handles.ts"
import type { Refusal } from "~/kernel/step.ts"

export type Phrase = (key: string, blanks?: Readonly<Record<string, string | number>>) => string

/** A page for a signed-in user: the panel, and what stands around it. */
export type InsidePage = {
  me: SessionUser
  read: Reader
  title: string
  panel: Html
  /** The path of this page, to mark where one is. */
  path: string
  /** Where the bell stands now; the page's stream starts from here. */
  liveCursor: string
}
/** A page for anybody. */
export type OutsidePage = {
  language: string
  title: string
  panel: Html
  csrfToken: string
  /** Whose look it has; left out: nobody's. */
  look?: BrandLook | null
}
export type ErrorPage = {
  language: string
  status: number
  refusal: Refusal
  /** What to tell whoever reads the log; null when nothing was logged. */
  reference: string | null
}

export interface Look {
  readonly languages: readonly string[]
  phrases(language: string): Phrase
  inside(page: InsidePage): Html
  outside(page: OutsidePage): Html
  error(page: ErrorPage): Html
  /** A line that floats over the page until it is dismissed; the answer to a refused htmx request. */
  notice(language: string, sentence: string): Html
  /** The element that notices are put into, as a selector. */
  readonly noticesAt: string
}
