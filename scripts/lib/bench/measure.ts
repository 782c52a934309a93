/** What a benchmark answers, and how the table words it. */

export type Unit = "ms" | "s" | "MB" | "KB" | "/s" | "×" | "%"

/** One line of the table; `goal` is null where the figure only explains another. */
export type Figure = {
  what: string
  measured: number
  unit: Unit
  goal: { atMost: number } | { atLeast: number } | null
  /** How it came about: counts, rates, what it was compared with. */
  note?: string
}

export const isMet = ({ measured, goal }: Figure): boolean | null => {
  if (goal === null) return null
  return "atMost" in goal ? measured <= goal.atMost : measured >= goal.atLeast
}

/** The value below which `share` (0…1) of `values` lie; NaN when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

export const median = (values: readonly number[]): number => percentile(values, 0.5)

export const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))

/** The table: what | measured | goal | met? */
export function table(figures: readonly Figure[]): string {
  const head = ["what", "measured", "goal", "met?", ""]
  const rows = figures.map((figure) => {
    const { what, measured, unit, goal, note } = figure
    const met = isMet(figure)
    return [what, say(measured, unit), goalText(goal, unit), met === null ? "" : met ? "yes" : "NO", note ?? ""]
  })
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)))
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd()
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)].join("\n")
}

const say = (value: number, unit: Unit): string => `${rounded(value)} ${unit}`

function goalText(goal: Figure["goal"], unit: Unit): string {
  if (goal === null) return ""
  return "atMost" in goal ? `≤ ${say(goal.atMost, unit)}` : `≥ ${say(goal.atLeast, unit)}`
}
