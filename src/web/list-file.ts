/** The file of a list: what it shows, of everything that is asked for. */
import type { ListAsk } from "~/kernel/list.ts"
import { choice } from "./form.ts"
import { type Cell, SPREADSHEET_FORMATS, spreadsheetResponse } from "./spreadsheet.ts"
import type { Visit } from "./visit.ts"

/** A column as `views/list` has it, as far as a file needs it. */
type FileColumn<Row> = { key: string; label: string; cell(row: Row): Cell }

/** Puts it on record and answers `POST <list>/export` with the field `format`: the rows in portions, the columns that are shown. */
export async function listFile<Row>(
  { form, language, t, act, query }: Visit,
  ask: ListAsk,
  columns: readonly FileColumn<Row>[],
  portions: Iterable<readonly Row[]>,
  name: string,
): Promise<Response> {
  const { format } = form({ format: choice(SPREADSHEET_FORMATS) })
  const shown = columns.filter(({ key }) => ask.columns.includes(key))
  const said = (after: string) => ({ before: null, after })
  const changes = { format: said(format), columns: said(ask.columns.join(", ")), asked: said(query.toString()) }
  await act((tx) =>
    tx.raise({ type: "audit.due", act: "export.made", subject: { kind: "list", id: null, name }, changes }),
  )
  return spreadsheetResponse({
    format,
    name,
    language,
    header: shown.map(({ label }) => label),
    yesNo: [t("list_page.yes"), t("list_page.no")],
    portions: cellsOf(portions, shown),
  })
}

function* cellsOf<Row>(portions: Iterable<readonly Row[]>, columns: readonly FileColumn<Row>[]) {
  for (const rows of portions) yield rows.map((row) => columns.map(({ cell }) => cell(row)))
}
