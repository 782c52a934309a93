/** The reports there are: what each reads off the counters, and by what its rows may be. */
import { minutes } from "~/kernel/clock.ts"
import { countOf, type Figures, longestOf, meanOf, quantileOf, shareOf, shareWithin, sumOf } from "./figures.ts"
import { CLASS_ENDS, type Count, type Dimension, type Measure, type Span } from "./measures.ts"

export const REPORTS = [
  "volumes",
  "waiting",
  "first_response",
  "handling",
  "transfers",
  "offers",
  "presence",
  "profiling",
  "templates",
] as const
export type ReportName = (typeof REPORTS)[number]

/** What a row stands for. `clock`: an hour of the day, over all days. */
export const ROWS = ["day", "month", "hour", "clock", "skillset", "agent", "channel", "reason"] as const
export type Rows = (typeof ROWS)[number]
export type RowDimension = Extract<Rows, Dimension>

export const isDimension = (rows: Rows): rows is RowDimension =>
  rows === "skillset" || rows === "agent" || rows === "channel" || rows === "reason"

/** Times are milliseconds, shares 0 to 1. */
export type ColumnKind = "count" | "time" | "hours" | "share"
export type Column = {
  key: ColumnKey
  kind: ColumnKind
  /** Null where there is nothing to say. */
  read(figures: Figures): number | null
  /** Where it is counted; everywhere unless told. */
  of?: readonly Dimension[]
}
export type Report = {
  columns: readonly Column[]
  measures: readonly Measure[]
  rows: readonly Rows[]
  /** Columns drawn over time. */
  lines: readonly ColumnKey[]
  /** Whose figures its total is. */
  total: Dimension
}

/** The columns that can be told of all of these: what rows stand for, and whose figures they are. */
export const toldOf = ({ columns }: Report, of: readonly (Rows | Dimension)[]): Column[] =>
  columns.filter((column) => of.every((one) => isCounted(column, one)))

const isCounted = ({ of }: Column, by: Rows | Dimension): boolean =>
  of === undefined || !isDimension(by) || of.includes(by)

/** Answered within it is answered soon. */
export const SOON = minutes(5)

const TIMES = ["day", "month", "hour", "clock"] as const
const EVERYTHING: readonly Rows[] = [...TIMES, "skillset", "agent", "channel"]

const count = <Key extends Count>(key: Key): Column & { key: Key } => ({
  key,
  kind: "count",
  read: (figures) => countOf(figures, key),
})
const byPlace = <Key extends Count>(key: Key): Column & { key: Key } => ({ ...count(key), of: ["channel", "skillset"] })
const byChannel = <Key extends Count>(key: Key): Column & { key: Key } => ({ ...count(key), of: ["channel"] })

/** How many, the middle, what nine of ten stayed below, the longest, and how many were soon. */
const spanColumns = <Key extends "waited" | "first_response" | "response" | "handled">(span: Key): Column[] => [
  { key: span, kind: "count", read: (figures) => countOf(figures, span) },
  { key: `${span}_median`, kind: "time", read: (figures) => quantileOf(figures, span, 0.5) },
  { key: `${span}_most`, kind: "time", read: (figures) => quantileOf(figures, span, 0.9) },
  { key: `${span}_longest`, kind: "time", read: (figures) => longestOf(figures, span) },
]
const soon = (span: "waited" | "first_response"): Column => ({
  key: `${span}_soon`,
  kind: "share",
  read: (figures) => shareWithin(figures, span, SOON),
})
const mean = (span: "waited" | "handled" | "open" | "response"): Column => ({
  key: `${span}_mean`,
  kind: "time",
  read: (figures) => meanOf(figures, span),
})
const hoursIn = (key: "ready" | "back_office" | "break"): Column => ({
  key: `${key}_time`,
  kind: "hours",
  read: (figures) => sumOf(figures, `${key}_ms`),
})

const spanMeasures = (span: Span): Measure[] => [
  span,
  `${span}_ms`,
  `${span}_max`,
  ...Array.from({ length: CLASS_ENDS.length + 1 }, (_, index): Measure => `${span}_${index}`),
]

export const REPORT: Readonly<Record<ReportName, Report>> = {
  volumes: {
    columns: [
      byPlace("opened"),
      byPlace("opened_by_us"),
      count("taken"),
      count("closed"),
      count("closed_automatic"),
      count("unanswered"),
      count("reopened"),
      byChannel("messages_in"),
      count("messages_out"),
      byChannel("messages_automatic"),
    ],
    measures: [
      "opened",
      "opened_by_us",
      "taken",
      "closed",
      "closed_automatic",
      "unanswered",
      "reopened",
      "messages_in",
      "messages_out",
      "messages_automatic",
    ],
    rows: EVERYTHING,
    lines: ["opened", "closed"],
    total: "channel",
  },
  waiting: {
    columns: [...spanColumns("waited"), soon("waited"), byPlace("overflowed"), byPlace("gave_up")],
    measures: [...spanMeasures("waited"), "overflowed", "gave_up"],
    rows: EVERYTHING,
    lines: ["waited_median", "waited_most"],
    total: "channel",
  },
  first_response: {
    columns: [...spanColumns("first_response"), soon("first_response"), ...spanColumns("response").slice(0, 2)],
    measures: [...spanMeasures("first_response"), ...spanMeasures("response")],
    rows: EVERYTHING,
    lines: ["first_response_median", "first_response_most"],
    total: "channel",
  },
  handling: {
    columns: [...spanColumns("handled"), mean("handled"), mean("open"), count("parked"), count("parked_silent")],
    measures: [...spanMeasures("handled"), ...spanMeasures("open"), "parked", "parked_silent"],
    rows: EVERYTHING,
    lines: ["handled_median", "handled_most"],
    total: "channel",
  },
  transfers: {
    columns: [count("transferred"), count("received"), byPlace("ping_pong"), count("declined"), byPlace("overflowed")],
    measures: ["transferred", "received", "ping_pong", "declined", "overflowed"],
    rows: EVERYTHING,
    lines: ["transferred", "received"],
    total: "channel",
  },
  offers: {
    columns: [
      count("offered"),
      count("taken"),
      count("missed"),
      {
        key: "missed_share",
        kind: "share",
        read: (figures) => shareOf(sumOf(figures, "missed"), sumOf(figures, "offered")),
      },
      count("declined"),
    ],
    measures: ["offered", "taken", "missed", "declined"],
    rows: EVERYTHING,
    lines: ["offered", "missed"],
    total: "channel",
  },
  presence: {
    columns: [
      hoursIn("ready"),
      hoursIn("back_office"),
      hoursIn("break"),
      {
        key: "there_time",
        kind: "hours",
        read: (figures) => sumOf(figures, "ready_ms") + sumOf(figures, "back_office_ms") + sumOf(figures, "break_ms"),
      },
      { key: "hands_time", kind: "hours", read: (figures) => sumOf(figures, "hands_ms") },
    ],
    measures: ["ready_ms", "back_office_ms", "break_ms", "hands_ms"],
    rows: [...TIMES, "agent"],
    lines: ["ready_time", "there_time"],
    total: "agent",
  },
  profiling: {
    columns: [{ ...count("closed"), key: "profiled" }],
    measures: ["closed"],
    rows: ["reason", ...TIMES],
    lines: ["profiled"],
    total: "reason",
  },
  templates: {
    columns: [count("templates"), byPlace("opened_by_us")],
    measures: ["templates", "opened_by_us"],
    rows: EVERYTHING,
    lines: ["templates"],
    total: "channel",
  },
}

export type ColumnKey =
  | Count
  | `${"waited" | "first_response" | "response" | "handled"}${"" | "_median" | "_most" | "_longest" | "_soon" | "_mean"}`
  | "open_mean"
  | "missed_share"
  | "profiled"
  | `${"ready" | "back_office" | "break" | "there" | "hands"}_time`
