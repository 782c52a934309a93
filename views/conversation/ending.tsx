/** Customers whose 24 hours are nearly over, for supervisors: afterwards nothing but a template reaches them. */
import type { EndingConversation } from "~/conversation/queries/ending.ts"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { LastLine } from "./last-line.tsx"
import { WaitingHeads } from "./waiting-heads.tsx"
import { Who } from "./who.tsx"
import { WindowLeft } from "./window-left.tsx"

const COLUMNS = ["waiting.customer", "waiting.status", "ending.ends_in", "waiting.skillset", "ending.owed"] as const

export type EndingProps = { screen: Screen; conversations: readonly EndingConversation[] }

const PATH = "/waiting/ending"

export function EndingConversations({ screen, conversations }: EndingProps) {
  const { t } = screen
  const live = livePanel(PATH, "waiting")
  return (
    // Answers move the end of somebody's hours without ringing for whoever only looks on.
    <section
      class="waiting-page"
      id="ending-page"
      aria-labelledby="ending-title"
      {...live}
      hx-trigger={`${live["hx-trigger"]}, every 30s`}
    >
      <div class="waiting-head">
        <h1 id="ending-title">{t("ending.title")}</h1>
        <Button kind="quiet" icon="arrow-left" href="/waiting">
          {t("waiting.title")}
        </Button>
      </div>
      {conversations.length === 0 ? (
        <EmptyState icon="hourglass" title={t("ending.empty_title")}>
          {t("ending.empty")}
        </EmptyState>
      ) : (
        <table class="waiting-table ending-table">
          <caption class="is-quiet">{t("ending.hint")}</caption>
          <WaitingHeads screen={screen} columns={COLUMNS} />
          <tbody>
            {conversations.map((row) => (
              <Row screen={screen} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

const Row = ({ screen, row }: { screen: Screen; row: EndingConversation }) => (
  <tr id={`ending-${row.id}`}>
    <th scope="row">
      <Who conversation={row}>
        <LastLine screen={screen} line={row.lastLine} />
      </Who>
    </th>
    <td>
      {screen.t(`state.${row.state}`)}
      {row.userName && <small class="waiting-channel">{row.userName}</small>}
    </td>
    <td>
      <WindowLeft screen={screen} endsAt={row.endsAt} />
    </td>
    <td>
      {row.skillsetName && <Chip tone="info">{row.skillsetName}</Chip>}
      <small class="waiting-channel">{row.channelName}</small>
    </td>
    <td>{screen.t(row.owesAnswer ? "ending.we_owe" : "ending.customer_owes")}</td>
  </tr>
)
