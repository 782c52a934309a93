/**
 * What has been read of tables that seldom change and that every message asks for: kept until something is written to
 * one of them. One process writes one file, so nobody else can make it old.
 */

/** Of one statement; who asks for more different things than this is asking for something that does change. */
const MOST_KEPT = 1_000

export class Memory<Statement extends { compiled(): { readonly reads: ReadonlySet<string> } }> {
  #kept = new Map<Statement, Map<string, unknown>>()

  /** What `ask` answered the last time with these values. It is frozen: everybody is given the same one. */
  recall<Answer>(statement: Statement, values: readonly unknown[], ask: () => Answer): Answer {
    const answers = this.#answersTo(statement)
    const key = values.join("\n")
    const known = answers.get(key)
    if (known !== undefined) return known as Answer
    if (answers.size >= MOST_KEPT) answers.clear()
    const answer = frozen(ask())
    answers.set(key, answer)
    return answer
  }

  #answersTo(statement: Statement): Map<string, unknown> {
    const known = this.#kept.get(statement)
    if (known) return known
    const none = new Map<string, unknown>()
    this.#kept.set(statement, none)
    return none
  }

  /** Something was written to `table`. */
  forget(table: string): void {
    for (const statement of this.#kept.keys()) if (statement.compiled().reads.has(table)) this.#kept.delete(statement)
  }

  /** What was written is undone, and what was read of it meanwhile never was. */
  forgetEverything(): void {
    this.#kept.clear()
  }
}

function frozen<Answer>(answer: Answer): Answer {
  if (Array.isArray(answer)) for (const row of answer) Object.freeze(row)
  return Object.freeze(answer)
}
