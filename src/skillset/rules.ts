/** A skillset: a group of agents linked by job. */

/** The name as it is kept: trimmed, composed, single spaces. */
export const skillsetName = (written: string): string => written.normalize("NFC").trim().replace(/\s+/g, " ")

export const isSkillsetName = (name: string): boolean => name.length > 0 && name.length <= 80

/** What differs between two sets of ids. */
export function difference<Value>(before: readonly Value[], after: readonly Value[]) {
  const [had, has] = [new Set(before), new Set(after)]
  return { added: [...has].filter((one) => !had.has(one)), removed: [...had].filter((one) => !has.has(one)) }
}
