/**
 * A table out of a file that somebody made elsewhere: a sheet of .xlsx, or lines of text cut at separators. It is read
 * row by row in little memory, whatever its size, and says nothing of what the rows mean. What cannot be read is refused
 * with a reason (`table.…`) that a person can act on.
 */
import { Refused, refuse } from "../step.ts"
import type { Encoding } from "./encoding.ts"
import type { Separator } from "./separated.ts"

/** A file by its places: nobody holds it whole. */
export type Bytes = { readonly size: number; read(from: number, to: number): Promise<Uint8Array> }

/** How the file is to be understood. `sheet`: which of the `sheets`, the first unless told. */
export type TableReading =
  | { format: "xlsx"; sheets?: readonly string[]; sheet?: number }
  | { format: "csv"; encoding: Encoding; separator: Separator }

export type TableRow = {
  /** As a spreadsheet counts, from 1; a file of text counts its records. */
  number: number
  cells: readonly string[]
  /** Places of cells that hold a formula or its failure instead of a value. */
  formulas: readonly number[]
}

/** Rows in the order of the file, some at a time; rows with nothing in them are left out. */
export type Rows = AsyncGenerator<readonly TableRow[]>

export const tableLimits = {
  bytes: 50_000_000,
  /** Without the headings. */
  rows: 200_000,
  columns: 200,
  cellCharacters: 32_767,
  /** What an .xlsx may unpack to: a sheet of 200,000 rows has a tenth of it. */
  unpackedBytes: 1_000_000_000,
  /** Texts that an .xlsx keeps once for all its cells. */
  sharedCharacters: 40_000_000,
} as const

export const cannotRead = (refused: string, detail?: Record<string, string | number>): never => {
  throw new Refused(refuse(refused, detail))
}

/** Refuses a row that no list of people has. */
export function demandSensible({ number, cells }: Pick<TableRow, "number" | "cells">): void {
  if (cells.length > tableLimits.columns) cannotRead("table.too_many_columns", { most: tableLimits.columns })
  if (cells.some((cell) => cell.length > tableLimits.cellCharacters)) cannotRead("table.cell_too_long", { row: number })
}

export const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === "")
