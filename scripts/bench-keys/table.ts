/** Prints what was measured as Markdown, as ratios to the first layout. */
import { type Figures, median } from "./measure.ts"

export function printTable(title: string, contenders: { layout: { name: string }; figures: Figures }[]): void {
  const names = [...(contenders[0]?.figures.keys() ?? [])]
  const lines = names.map((name) => {
    const values = contenders.map(({ figures }) => median(figures.get(name) ?? []))
    const first = values[0] ?? Number.NaN
    return `| ${name} | ${values.map((value) => `${rounded(value)} (${(value / first).toFixed(2)})`).join(" | ")} |`
  })
  const head = contenders.map(({ layout }) => layout.name).join(" | ")
  process.stdout.write(
    `\n### ${title}\n\n| | ${head} |\n|---|${"---|".repeat(contenders.length)}\n${lines.join("\n")}\n`,
  )
}

const rounded = (value: number) => (value >= 100 ? Math.round(value).toString() : value.toPrecision(3))
