import type { Written } from "~/web/editing.ts"
import type { FieldErrors } from "~/web/form.ts"
import { refusalLine, type Translate } from "../locales/index.ts"

/** What a field of a form says, and what is wrong with it. */
export const fieldOf =
  (t: Translate, { written, errors }: { written: Written; errors: FieldErrors }) =>
  (name: string) => ({ name, value: written[name]?.[0] ?? "", error: errors[name] && refusalLine(t, errors[name]) })
