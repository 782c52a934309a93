/** Which bytes of a file a request asks for (RFC 9110 §14): `end` is not one of them. */
export type ByteRange = { start: number; end: number }

/** Null: all of them, as for whatever cannot be read or names several ranges. */
export function rangeOf(header: string | null, size: number): ByteRange | "unsatisfiable" | null {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? []
  if (first === "" && last === "") return null
  if (first === "") return Number(last) === 0 ? "unsatisfiable" : { start: Math.max(0, size - Number(last)), end: size }
  const start = Number(first)
  const end = last === "" ? size : Math.min(size, Number(last) + 1)
  if (start >= size) return "unsatisfiable"
  return end <= start ? null : { start, end }
}
