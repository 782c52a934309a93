/** Rules for groups as they are typed, one a line: `Agents = agent; Sales, Service`. */
import type { Level } from "~/facts.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import type { GroupRule } from "./directory.ts"

const LEVELS: readonly Level[] = ["agent", "supervisor", "campaign_manager", "tenant_admin"]
const MOST_RULES = 200

/**
 * Names of groups have `=` and `,` in them, so that the last `=` with a space before it parts the group from what it
 * decides. Refuses directory.rule_malformed with the line.
 */
export function readGroupRules(typed: string, skillsets: readonly string[]): GroupRule[] | Refusal {
  const lines = typed
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
  const rules = lines.map((line) => readLine(line, skillsets))
  const wrong = rules.indexOf(null)
  if (wrong >= 0 || rules.length > MOST_RULES) return refuse("directory.rule_malformed", { line: lines[wrong] ?? "" })
  return rules.filter((rule) => rule !== null)
}

function readLine(line: string, known: readonly string[]): GroupRule | null {
  const at = line.lastIndexOf(" = ")
  if (at < 1) return null
  const words = line
    .slice(at + 3)
    .split(/[;,]/)
    .map((word) => word.trim())
    .filter((word) => word !== "")
  const level = LEVELS.find((one) => words[0] === one) ?? null
  const names = (level === null ? words : words.slice(1)).map((word) =>
    known.find((one) => one.toLowerCase() === word.toLowerCase()),
  )
  if (words.length === 0 || names.includes(undefined)) return null
  return { group: line.slice(0, at).trim(), level, skillsets: names.filter((name) => name !== undefined) }
}

export const writeGroupRules = (rules: readonly GroupRule[]): string =>
  rules
    .map(
      ({ group, level, skillsets }) =>
        `${group} = ${[level ?? [], skillsets.join(", ")].flat().filter(Boolean).join("; ")}`,
    )
    .join("\n")
