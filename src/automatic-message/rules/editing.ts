/** The texts of a number as its form writes them: one row for each occasion and language, wrong ones included. */
import { limits } from "~/kernel/limits.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
import { type AutomaticKind, type AutomaticMessages, KINDS } from "../rules.ts"
import { textFault } from "./text.ts"

export type TextRow = { kind: AutomaticKind; language: string; text: string }
export type MessagesDraft = { rows: TextRow[]; on: AutomaticKind[] }

export function draftOf(on: AutomaticMessages, off: AutomaticMessages): MessagesDraft {
  const rowsIn = (messages: AutomaticMessages): TextRow[] =>
    KINDS.flatMap((kind) => Object.entries(messages[kind] ?? {}).map(([language, text]) => ({ kind, language, text })))
  return { rows: [...rowsIn(on), ...rowsIn(off)], on: KINDS.filter((kind) => on[kind] !== undefined) }
}

/** The texts that are said and those that are kept, or what is wrong by field: `closed-0` is the first row's. */
export function readDraft({
  rows,
  on,
}: MessagesDraft): { on: AutomaticMessages; off: AutomaticMessages } | { errors: Record<string, Refusal> } {
  const written = rows.map((row) => ({ ...row, text: row.text.normalize("NFC").trim() }))
  const errors: Record<string, Refusal> = {}
  for (const [index, { kind, text }] of written.entries()) {
    const fault = faultOf(written, index) ?? (text === "" && on.includes(kind) ? refuse("automatic.empty") : null)
    if (fault) errors[`text-${index}`] = fault
  }
  for (const kind of on) if (!written.some((row) => row.kind === kind)) errors[kind] = refuse("automatic.no_text")
  if (Object.keys(errors).length > 0) return { errors }
  const said = (isOn: boolean): AutomaticMessages =>
    Object.fromEntries(
      KINDS.filter((kind) => on.includes(kind) === isOn).flatMap((kind) => {
        const texts = written.filter((row) => row.kind === kind && row.text !== "")
        return texts.length === 0
          ? []
          : [[kind, Object.fromEntries(texts.map(({ language, text }) => [language, text]))]]
      }),
    )
  return { on: said(true), off: said(false) }
}

function faultOf(rows: readonly TextRow[], index: number): Refusal | null {
  const { kind, language, text } = rows[index]!
  if (text.length > limits.messageTextCharacters)
    return refuse("field.too_long", { characters: limits.messageTextCharacters })
  if (rows.findIndex((row) => row.kind === kind && row.language === language) < index) return refuse("automatic.twice")
  return textFault(kind, text)
}

/** A press of one of the form's buttons; null when it is none of them. */
export function changedDraft(draft: MessagesDraft, deed: string, languages: readonly string[]): MessagesDraft | null {
  const [verb, what = ""] = deed.split(":")
  const kind = KINDS.find((one) => one === what)
  if (verb === "drop") return { ...draft, rows: draft.rows.toSpliced(Number(what), 1) }
  if (verb !== "add" || !kind) return null
  const taken = draft.rows.filter((row) => row.kind === kind).map(({ language }) => language)
  const language = languages.find((one) => !taken.includes(one)) ?? languages[0] ?? "en"
  const on = draft.on.includes(kind) ? draft.on : [...draft.on, kind]
  return { on, rows: [...draft.rows, { kind, language, text: "" }] }
}

/** As fields, for whoever saves over somebody else's change. */
export const writtenMessages = (on: AutomaticMessages, off: AutomaticMessages): Record<string, string[]> =>
  Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      [
        ...Object.entries(on[kind] ?? {}).map(([language, text]) => `${language}: ${text}`),
        ...Object.entries(off[kind] ?? {}).map(([language, text]) => `(${language}: ${text})`),
      ],
    ]),
  )
