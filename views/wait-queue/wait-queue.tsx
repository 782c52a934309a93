/** My wait queue: who has our last word, and comes back to me when they answer (S42). */
import type { ParkedConversation } from "~/conversation/queries/wait-queue.ts"
import { LastLine } from "../conversation/last-line.tsx"
import { WaitingHeads } from "../conversation/waiting-heads.tsx"
import { Who } from "../conversation/who.tsx"
import { WindowLeft } from "../conversation/window-left.tsx"
import { Button } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"

const COLUMNS = [
  "waiting.customer",
  "wait_queue.window",
  "waiting.since",
  "waiting.skillset",
  "waiting.channel",
] as const

export type WaitQueueProps = { screen: Screen; conversations: readonly ParkedConversation[] }

export const WaitQueue = ({ screen, conversations }: WaitQueueProps) => (
  <section
    class="waiting-page"
    id="wait-queue-page"
    aria-labelledby="wait-queue-title"
    {...livePanel("/wait-queue", "waiting", "conversations")}
  >
    <h1 id="wait-queue-title">{screen.t("nav.wait_queue")}</h1>
    {conversations.length === 0 ? (
      <EmptyState icon="timer" title={screen.t("wait_queue.empty_title")}>
        {screen.t("wait_queue.empty")}
      </EmptyState>
    ) : (
      <ParkedTable screen={screen} conversations={conversations} />
    )}
  </section>
)

const ParkedTable = ({ screen, conversations }: WaitQueueProps) => (
  <table class="waiting-table wait-queue-table">
    <caption class="is-quiet">{screen.t("wait_queue.hint")}</caption>
    <WaitingHeads screen={screen} columns={COLUMNS} hasAction />
    <tbody>
      {conversations.map((row) => (
        <Row screen={screen} row={row} />
      ))}
    </tbody>
  </table>
)

const Row = ({ screen, row }: { screen: Screen; row: ParkedConversation }) => (
  <tr id={`parked-${row.id}`}>
    <th scope="row">
      <Who conversation={row}>
        <LastLine screen={screen} line={row.lastLine} />
      </Who>
    </th>
    <td>
      <WindowLeft screen={screen} endsAt={row.windowEndsAt} />
    </td>
    <td>
      <Since at={row.since} screen={screen} />
    </td>
    <td>{row.skillsetName && <Chip tone="info">{row.skillsetName}</Chip>}</td>
    <td>{row.channelName}</td>
    <td>
      <form method="post" action={`/conversations/${row.id}/unpark`}>
        <FormToken csrfToken={screen.csrfToken} />
        <Button
          size="small"
          type="submit"
          icon="play"
          more={{ "aria-label": screen.t("wait_queue.unpause_of", { name: row.title }) }}
        >
          {screen.t("wait_queue.unpause")}
        </Button>
      </form>
    </td>
  </tr>
)
