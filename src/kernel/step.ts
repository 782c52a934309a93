/** What a rule answers: the next state and the facts that follow, or a refusal. */

/** Expected, part of the rules: a key of the catalogues with the values its sentence needs. */
export type Refusal = { refused: string; detail?: Record<string, string | number> }

export type Step<State, Fact> = { next: State; facts: Fact[] } | Refusal

export const refuse = (refused: string, detail?: Record<string, string | number>): Refusal =>
  detail ? { refused, detail } : { refused }

export const step = <State, Fact>(next: State, ...facts: Fact[]): { next: State; facts: Fact[] } => ({ next, facts })

/** Carries a refusal from a script to the edge that words it; the script's work is undone. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refused)
    this.name = "Refused"
  }
}

/** The step, or the refusal thrown. */
export function accepted<State, Fact>(result: Step<State, Fact>): { next: State; facts: Fact[] } {
  if ("refused" in result) throw new Refused(result)
  return result
}

/** Throws a refusal unless `condition` holds. */
export function demand(
  condition: unknown,
  refused: string,
  detail?: Record<string, string | number>,
): asserts condition {
  if (!condition) throw new Refused(refuse(refused, detail))
}

/** Not there, or not yours: the same answer, so that nobody learns which. */
export class NotFound extends Error {
  constructor() {
    super("not found")
    this.name = "NotFound"
  }
}

/** The value, or "not found". */
export function found<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new NotFound()
  return value
}
