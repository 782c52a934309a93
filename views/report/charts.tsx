/** Pictures of figures: bars and rings drawn here, lines over time by the browser; each can be read as words too. */
import type { Child } from "../jsx-runtime.ts"
import type { Screen } from "../parts/screen.ts"

/** A colour by its part in the picture; the words stand beside it. */
export type Hue = "one" | "two" | "three" | "four" | "five"

export type BarPart = { hue: Hue; value: number }

/** Parts of `whole`, side by side. The number stands beside it: the picture is no news. */
export function Bar({
  parts,
  whole,
  size = "normal",
}: {
  parts: readonly BarPart[]
  whole: number
  size?: "normal" | "tall"
}) {
  const percent = (value: number) => (whole > 0 ? Math.min(100, (value / whole) * 100) : 0)
  return (
    <svg class={`bar${size === "tall" ? " is-tall" : ""}`} aria-hidden="true">
      {parts.map(({ hue, value }, index) => {
        const start = percent(parts.slice(0, index).reduce((sum, part) => sum + part.value, 0))
        return (
          <rect
            class={`hue-${hue}`}
            x={`${start}%`}
            width={`${Math.min(percent(value), 100 - start)}%`}
            height="100%"
          />
        )
      })}
    </svg>
  )
}

export type RingPart = { hue: Hue; label: string; count: number }

/** A ring of parts with their legend. `name`: what it is a picture of, in words. */
export function Ring({
  screen,
  parts,
  unit,
  name,
}: {
  screen: Screen
  parts: readonly RingPart[]
  unit: string
  name: string
}) {
  const { format } = screen
  const all = parts.reduce((sum, { count }) => sum + count, 0)
  return (
    <div class="ring-and-legend">
      <svg
        class="ring"
        viewBox="0 0 100 100"
        role="img"
        aria-label={`${name}: ${parts.map(({ label, count }) => `${label} ${format.number(count)}`).join(", ")}`}
      >
        <circle class="ring-track" cx="50" cy="50" r="42" />
        {parts.map((part, index) => {
          const start = parts.slice(0, index).reduce((sum, { count }) => sum + count, 0)
          return part.count === 0 ? null : <RingSlice hue={part.hue} start={start / all} length={part.count / all} />
        })}
        <text x="50" y="54">
          {format.number(all)}
        </text>
        <text class="ring-unit" x="50" y="67">
          {unit}
        </text>
      </svg>
      <table class="ring-legend">
        <caption class="visually-hidden">{name}</caption>
        <tbody>
          {parts.map(({ hue, label, count }) => (
            <tr>
              <th scope="row">
                <Dot hue={hue} />
                {label}
              </th>
              <td class="is-strong">{format.number(count)}</td>
              <td>{all === 0 ? "–" : format.percent(count / all)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A gap as wide as a hair between slices; it begins at the top. */
const RingSlice = ({ hue, start, length }: { hue: Hue; start: number; length: number }) => {
  const shown = Math.max(0.5, length * 100 - (length < 1 ? 1.2 : 0))
  return (
    <circle
      class={`hue-${hue}`}
      cx="50"
      cy="50"
      r="42"
      pathLength="100"
      stroke-dasharray={`${shown.toFixed(1)} ${(100 - shown).toFixed(1)}`}
      stroke-dashoffset={(125 - start * 100).toFixed(1)}
    />
  )
}

export const Dot = ({ hue }: { hue: Hue }) => <span class={`dot hue-${hue}`} aria-hidden="true" />

export type Line = {
  label: string
  hue: Hue
  values: readonly (number | null)[]
  isDashed?: boolean
  isFilled?: boolean
}
export type LineChartProps = {
  screen: Screen
  /** Tells this picture from others on the page. */
  id: string
  name: string
  /** What stands along the bottom, one for each value. */
  places: readonly string[]
  /** The name of what stands along the bottom. */
  along: string
  lines: readonly Line[]
  /** The value as it is read. */
  write: (value: number) => string
  /** Where now is, counted in places; null: not in the picture. */
  now?: number | null
}

/** Lines over time with their legend, and the same as a table. */
export const LineChart = ({ screen, id, name, places, along, lines, write, now = null }: LineChartProps) => (
  <>
    <div class="panel-body">
      <line-chart
        id={`${id}-chart`}
        role="img"
        aria-label={`${name}: ${inWords(lines, places, write)}`}
        data-chart={JSON.stringify({ places, now, lines: lines.map(drawn) })}
      />
    </div>
    <details class="as-table" id={`${id}-table`}>
      <summary>{screen.t("report.as_table")}</summary>
      <table class="figures">
        <caption class="visually-hidden">{name}</caption>
        <thead>
          <tr>
            <th scope="col">{along}</th>
            {lines.map(({ label }) => (
              <th scope="col" class="is-number">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place, index) => (
            <tr>
              <th scope="row">{place}</th>
              {lines.map(({ values }) => (
                <td class="is-number">{worded(values[index], write)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  </>
)

const drawn = ({ label, hue, values, isDashed = false, isFilled = false }: Line) => ({
  label,
  hue,
  values,
  isDashed,
  isFilled,
})
const worded = (value: number | null | undefined, write: (value: number) => string): string =>
  value === null || value === undefined ? "–" : write(value)

/** As much as one listens to; the rest is in the table. */
const MOST_WORDS = 8

const inWords = (lines: readonly Line[], places: readonly string[], write: (value: number) => string): string =>
  lines
    .map(({ label, values }) => {
      const told = values.flatMap((value, index) => (value ? [`${places[index]} ${write(value)}`] : []))
      return `${label} ${told.length === 0 ? "–" : told.slice(0, MOST_WORDS).join(", ")}${told.length > MOST_WORDS ? " …" : ""}`
    })
    .join("; ")

export const ChartKey = ({ lines }: { lines: readonly Pick<Line, "label" | "hue">[] }) => (
  <ul class="chart-key">
    {lines.map(({ label, hue }) => (
      <li>
        <Dot hue={hue} />
        {label}
      </li>
    ))}
  </ul>
)

/** A framed part of a page, with its name and what stands beside it. */
export const Card = ({
  id,
  title,
  aside,
  children,
  more = "",
}: {
  id: string
  title: string
  aside?: Child
  children: Child
  more?: string
}) => (
  <section class={`report-card ${more}`} aria-labelledby={`${id}-title`}>
    <header>
      <h2 id={`${id}-title`}>{title}</h2>
      {aside && <div class="report-card-aside">{aside}</div>}
    </header>
    {children}
  </section>
)
