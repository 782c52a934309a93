import { Refused } from "~/kernel/step.ts"
import { refusalLine } from "../wording.ts"
import { type Problem, tell } from "./shape.ts"

/** What the product refuses is told where it stands in the file; the transaction is undone at its end. */
export function unlessRefused(problems: Problem[], path: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    tell(problems, path, refusalLine(error.refusal))
  }
}
