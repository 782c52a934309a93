import type { PlainKey } from "../locales/index.ts"
import type { Screen } from "../parts/screen.ts"

type Props = {
  screen: Screen
  columns: readonly PlainKey[]
  /** The last column holds what one may do: its head is for who cannot see. */
  hasAction?: boolean
}

/** The heads of a table of conversations that wait. */
export const WaitingHeads = ({ screen: { t }, columns, hasAction = false }: Props) => (
  <thead>
    <tr>
      {columns.map((column) => (
        <th scope="col">{t(column)}</th>
      ))}
      {hasAction && (
        <th scope="col">
          <span class="visually-hidden">{t("waiting.action")}</span>
        </th>
      )}
    </tr>
  </thead>
)
