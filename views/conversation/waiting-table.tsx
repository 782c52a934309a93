/** One group of waiting conversations: a table, on a phone cards. */
import type { WaitingConversation, WaitingPage } from "~/conversation/queries/waiting.ts"
import type { WaitingNote } from "~/conversation/queries/waiting-why.ts"
import { WhyLink } from "../assignment/why.tsx"
import { Button } from "../parts/button.tsx"
import { Chip, type Tone } from "../parts/chip.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { IconName } from "../parts/icons.ts"
import type { Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"
import { LastLine } from "./last-line.tsx"
import { STEERING_FORM } from "./steering.tsx"
import { WaitingHeads } from "./waiting-heads.tsx"
import { onlyWords, whyWords } from "./waiting-why.tsx"
import { Who } from "./who.tsx"
import { WindowLeft } from "./window-left.tsx"

const COLUMNS = ["waiting.customer", "waiting.status", "waiting.since", "waiting.skillset", "waiting.why"] as const

type PartProps = { screen: Screen; title: string; hint: string; icon: IconName; page: WaitingPage } & {
  maySteer: boolean
  /** Where the page after this one is. */
  moreAt: string | null
}

export const WaitingPart = ({ screen, title, hint, icon, page, maySteer, moreAt }: PartProps) => (
  <div class="waiting-part">
    <table class="waiting-table">
      <caption>
        <span class="waiting-caption">
          {maySteer && (
            <input
              type="checkbox"
              data-tick-all
              hidden
              aria-label={screen.t("steering.choose_all", { group: title })}
            />
          )}
          <Icon name={icon} size="small" />
          <strong>{title}</strong>
          <span>{hint}</span>
        </span>
      </caption>
      <WaitingHeads screen={screen} columns={COLUMNS} hasAction />
      <tbody>
        {page.rows.map((row) => (
          <WaitingRow screen={screen} row={row} maySteer={maySteer} />
        ))}
      </tbody>
    </table>
    {page.next && moreAt !== null && (
      <Button kind="quiet" href={moreAt}>
        {screen.t("waiting.more", { count: page.next.count })}
      </Button>
    )}
  </div>
)

type RowProps = { screen: Screen; row: WaitingConversation }

const WaitingRow = ({ screen, row, maySteer }: RowProps & { maySteer: boolean }) => (
  <tr id={`waiting-${row.id}`}>
    <th scope="row">
      <Who conversation={row} before={maySteer && <Choose screen={screen} row={row} />}>
        <LastLine screen={screen} line={row.lastLine} />
      </Who>
    </th>
    <td>
      <Status screen={screen} row={row} />
      <WindowLeft screen={screen} endsAt={row.windowEndsAt} soonOnly />
      {row.priority > 0 && <Chip tone="warn">{screen.t("waiting.priority", { priority: row.priority })}</Chip>}
    </td>
    <td>
      <Since
        at={row.since}
        screen={screen}
        lateAfter={row.status === "queued" || row.status === "offered" ? LATE_MS : null}
      />
    </td>
    <td>
      {row.skillsetName && <Chip tone="info">{row.skillsetName}</Chip>}
      <small class="waiting-channel">{row.channelName}</small>
    </td>
    <td class="waiting-why">
      {whyWords(screen, row.why)}
      {row.note && <Note screen={screen} note={row.note} />}
      {maySteer && row.status === "queued" && <WhyLink screen={screen} conversation={row.id} name={row.title} />}
    </td>
    <td>
      <Action screen={screen} row={row} />
    </td>
  </tr>
)

function Action({ screen, row }: RowProps) {
  if (row.isOwn) return <Deed screen={screen} row={row} path="unpark" />
  return row.mayTake ? <Deed screen={screen} row={row} path="taking" /> : <Only screen={screen} row={row} />
}

/** Whoever comes second is told who has it, and stays here. */
function Deed({ screen: { t, csrfToken }, row, path }: RowProps & { path: "taking" | "unpark" }) {
  const action = `/conversations/${row.id}/${path}`
  const isTaking = path === "taking"
  const label = t(isTaking ? "waiting.take_of" : "wait_queue.unpause_of", { name: row.title })
  return (
    <form method="post" action={action} hx-post={action} hx-swap="none">
      <FormToken csrfToken={csrfToken} />
      <Button
        size="small"
        type="submit"
        icon={isTaking ? "hand" : "play"}
        kind={row.status === "queued" ? "primary" : "plain"}
        more={{ "aria-label": label }}
      >
        {t(isTaking ? "waiting.take" : "wait_queue.unpause")}
      </Button>
    </form>
  )
}

/** Who may take it instead; the name beside it leads to the conversation. */
const Only = ({ screen, row }: RowProps) => (
  <span class="waiting-only">
    {onlyWords(screen, row) !== null && <Icon name="lock" size="small" />}
    {onlyWords(screen, row)}
  </span>
)

const Note = ({ screen, note: { by, words } }: { screen: Screen; note: WaitingNote }) => (
  <span class="waiting-note">
    {words !== null && <q dir="auto">{words}</q>}
    {by !== "" && <small>{screen.t("waiting.why.sent_by", { name: by })}</small>}
  </span>
)

const Choose = ({ screen, row }: RowProps) => (
  <input
    type="checkbox"
    name="conversation"
    value={row.id}
    form={STEERING_FORM}
    aria-label={screen.t("steering.choose", { name: row.title })}
  />
)

/** Somebody who waits for us too long; what waits for the customer is never late. */
const LATE_MS = 600_000

function Status({ screen, row }: RowProps) {
  const { tone, icon } = STATUS_LOOKS[row.status]
  return (
    <Chip tone={tone} icon={icon}>
      {statusWords(screen, row)}
    </Chip>
  )
}

const STATUS_LOOKS: Readonly<Record<WaitingConversation["status"], { tone: Tone; icon: IconName }>> = {
  queued: { tone: "info", icon: "clock" },
  offered: { tone: "info", icon: "bell" },
  parked_public: { tone: "ok", icon: "users" },
  parked_personal: { tone: "ok", icon: "user-round" },
  left_open: { tone: "warn", icon: "wifi-off" },
}

function statusWords({ t }: Screen, { status, userName }: WaitingConversation): string {
  const name = userName ?? ""
  switch (status) {
    case "queued":
      return userName === null ? t("waiting.queued") : t("waiting.queued_for", { name })
    case "offered":
      return t("waiting.offered")
    case "parked_public":
      return t("waiting.parked_public")
    case "parked_personal":
      return t("waiting.parked_personal", { name })
    case "left_open":
      return t("waiting.agent_gone")
  }
}
