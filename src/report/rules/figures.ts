/** What is read off sums: how many, how long on average, in the middle, at most. */
import type { Milliseconds } from "~/kernel/clock.ts"
import { CLASS_ENDS, type Count, classOf, type Measure, type Span } from "./measures.ts"

/** Values by measure; what is not there is none. */
export type Figures = ReadonlyMap<string, number>

export const sumOf = (figures: Figures, measure: Measure): number => figures.get(measure) ?? 0

export const countOf = (figures: Figures, count: Count | Span): number => Math.max(0, sumOf(figures, count))

/** Null where there is nothing to take the mean of. */
export function meanOf(figures: Figures, span: Span): Milliseconds | null {
  const times = sumOf(figures, span)
  return times > 0 ? sumOf(figures, `${span}_ms`) / times : null
}

export function longestOf(figures: Figures, span: Span): Milliseconds | null {
  return sumOf(figures, span) > 0 ? sumOf(figures, `${span}_max`) : null
}

const CLASSES = Array.from({ length: CLASS_ENDS.length + 1 }, (_, index) => index)

/** The time that `part` of them stayed below, read off the classes: inside a class they are taken as spread evenly. */
export function quantileOf(figures: Figures, span: Span, part: number): Milliseconds | null {
  const times = CLASSES.map((index) => Math.max(0, sumOf(figures, `${span}_${index}`)))
  const all = times.reduce((sum, count) => sum + count, 0)
  if (all === 0) return null
  const longest = longestOf(figures, span) ?? Number.POSITIVE_INFINITY
  let below = 0
  for (const [index, count] of times.entries()) {
    if (below + count >= part * all && count > 0) {
      const start = CLASS_ENDS[index - 1] ?? 0
      const end = Math.min(CLASS_ENDS[index] ?? longest, Math.max(longest, start))
      return Math.min(start + ((end - start) * (part * all - below)) / count, longest)
    }
    below += count
  }
  return longest
}

/** How much of them took less than `limit`, the end of a class. */
export function shareWithin(figures: Figures, span: Span, limit: Milliseconds): number | null {
  const times = CLASSES.map((index) => Math.max(0, sumOf(figures, `${span}_${index}`)))
  const all = times.reduce((sum, count) => sum + count, 0)
  const within = times.slice(0, classOf(limit - 1) + 1).reduce((sum, count) => sum + count, 0)
  return all === 0 ? null : within / all
}

export const shareOf = (part: number, all: number): number | null => (all > 0 ? part / all : null)
