/** We were wrong: the command rolls back and the log gets everything. Never for what a person may do wrong. */
export function assert(condition: unknown, must: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${must}`)
}

/** Closes an exhaustive switch: a new case that nobody decided does not compile. */
export function unreachable(value: never): never {
  throw new Error(`assertion failed: undecided case ${JSON.stringify(value)}`)
}
