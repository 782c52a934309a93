/** A row of a file as a customer: who it is, what it says of them, and what of it cannot be. */
import { phoneOf } from "~/kernel/phone.ts"
import type { TableRow } from "~/kernel/table/table.ts"

/** What is wrong with one cell; `given` is what stands in it. */
export type RowProblem = {
  field: string
  reason: string
  detail?: Readonly<Record<string, string | number>>
  given: string
}

export type ImportRow = {
  number: number
  /** As they stand in the file. */
  cells: readonly string[]
  /** Digits with the country code. */
  phone: string | null
  /** No numbering plan knows it: it is somebody's only if we know them by it. */
  isDoubtful: boolean
  userId: string | null
  /** What its cells say, by field; empty ones too. */
  texts: Readonly<Record<string, string>>
  problems: readonly RowProblem[]
}

const LONGEST_GIVEN = 200

/** Reads rows of one file in their order: an earlier row goes before a later one of the same person. */
export class RowReader {
  /** The row in which each number and user id stood first. Numbers take less room than texts: there may be 200,000. */
  #phones = new Map<number, number>()
  #userIds = new Map<string, number>()

  constructor(
    private readonly mapping: readonly string[],
    private readonly country: string | null,
  ) {}

  read(row: TableRow): ImportRow {
    const texts: Record<string, string> = {}
    const problems: RowProblem[] = []
    for (const [index, field] of this.mapping.entries()) {
      if (field === "") continue
      texts[field] = (row.cells[index] ?? "").trim()
      if (row.formulas.includes(index)) problems.push({ field, reason: "import.formula", given: givenOf(texts[field]) })
    }
    const { phone: typed = "", whatsappUserId = "" } = texts
    const userId = whatsappUserId === "" ? null : whatsappUserId
    const read = this.#phone(typed)
    if (typed !== "" && read.phone === null)
      problems.push({ field: "phone", reason: "customer.not_a_phone", given: givenOf(typed) })
    if (userId !== null && !/^[\w.:-]{1,100}$/.test(userId))
      problems.push({ field: "whatsappUserId", reason: "import.not_a_user_id", given: givenOf(userId) })
    if (typed === "" && userId === null) problems.push({ field: this.#identity(), reason: "import.nobody", given: "" })
    const twice = this.#firstRow(row.number, read.phone, userId)
    if (twice !== null)
      problems.push({
        field: this.#identity(),
        reason: "import.twice",
        detail: { row: twice },
        given: givenOf(typed || whatsappUserId),
      })
    return { number: row.number, cells: row.cells, ...read, userId, texts: named(texts), problems }
  }

  #identity = (): string => (this.mapping.includes("phone") ? "phone" : "whatsappUserId")

  #phone(typed: string): Pick<ImportRow, "phone" | "isDoubtful"> {
    const phone = phoneOf(typed, this.country)
    if (phone !== null) return { phone, isDoubtful: false }
    const digits = /^\+[\d\s().\-/]+$/.test(typed) ? typed.replace(/\D/g, "") : ""
    return /^[1-9]\d{6,14}$/.test(digits) ? { phone: digits, isDoubtful: true } : { phone: null, isDoubtful: false }
  }

  /** The earlier row of the same person, if there is one. */
  #firstRow(row: number, phone: string | null, userId: string | null): number | null {
    const number = phone === null ? null : Number(phone)
    const earlier = [
      number === null ? undefined : this.#phones.get(number),
      userId === null ? undefined : this.#userIds.get(userId),
    ]
    const first = earlier.find((one) => one !== undefined)
    if (first !== undefined) return first
    if (number !== null) this.#phones.set(number, row)
    if (userId !== null) this.#userIds.set(userId, row)
    return null
  }
}

/** First name and surname in columns of their own are one name here. */
function named(texts: Record<string, string>): Record<string, string> {
  const { surname, ...rest } = texts
  return surname === undefined ? rest : { ...rest, name: `${rest.name ?? ""} ${surname}`.trim() }
}

const givenOf = (text: string): string => (text.length > LONGEST_GIVEN ? `${text.slice(0, LONGEST_GIVEN)}…` : text)
