/** The queue of each skillset as it stands. */
import type { QueueLine } from "~/report/queries/live.ts"
import { Chip } from "../parts/chip.tsx"
import type { Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"
import { Bar } from "./charts.tsx"

/** Whoever waits for longer waits too long. */
export const LATE_MS = 300_000

export const QueueTable = ({
  screen,
  queue,
  isBig = false,
}: {
  screen: Screen
  queue: readonly QueueLine[]
  isBig?: boolean
}) => (
  <section
    class="table-scroll"
    tabindex="0"
    aria-label={screen.t("report.table_of", { name: screen.t("report.queue_now") })}
  >
    <table class="figures">
      <caption class="visually-hidden">{screen.t("report.queue_now")}</caption>
      <thead>
        <tr>
          <th scope="col">{screen.t("waiting.skillset")}</th>
          <NumberHead>{screen.t(isBig ? "report.waiting" : "report.queued")}</NumberHead>
          <NumberHead>{screen.t("report.oldest")}</NumberHead>
          {!isBig && <NumberHead>{screen.t("report.offered")}</NumberHead>}
          {!isBig && <NumberHead>{screen.t("report.active")}</NumberHead>}
          <NumberHead>{screen.t("report.ready_agents")}</NumberHead>
          <th scope="col">{screen.t("report.load_of_ready")}</th>
          {!isBig && <th scope="col">{screen.t("report.overflow")}</th>}
        </tr>
      </thead>
      <tbody>
        {queue.length === 0 && (
          <tr>
            <td class="is-nothing" colspan={isBig ? 5 : 8}>
              {screen.t("report.no_skillsets")}
            </td>
          </tr>
        )}
        {queue.map((line) => (
          <QueueRow screen={screen} line={line} isBig={isBig} />
        ))}
      </tbody>
    </table>
  </section>
)

export const NumberHead = ({ children }: { children: string }) => (
  <th scope="col" class="is-number">
    {children}
  </th>
)

function QueueRow({ screen, line, isBig }: { screen: Screen; line: QueueLine; isBig: boolean }) {
  const { t, format, now } = screen
  const { id, name, queued, oldest, offered, active, ready, members, load, places, overflow } = line
  const isShort = ready === 0 && members > 0
  return (
    <tr>
      <th scope="row">{isBig ? name : <a href={`/waiting?skillset=${id}`}>{name}</a>}</th>
      <td class="is-number is-strong">{format.number(isBig ? queued + offered : queued)}</td>
      <td class="is-number">{oldest === null ? "–" : <Since at={oldest} screen={screen} lateAfter={LATE_MS} />}</td>
      {!isBig && <td class="is-number">{format.number(offered)}</td>}
      {!isBig && <td class="is-number">{format.number(active)}</td>}
      <td class={`is-number${isShort ? " is-warned" : ""}`}>{t("report.of", { part: ready, all: members })}</td>
      <td>
        <span class="with-bar">
          <Bar parts={[{ hue: places > 0 && load / places >= 0.9 ? "five" : "one", value: load }]} whole={places} />
          {!isBig && <span>{t("report.of", { part: load, all: places })}</span>}
        </span>
      </td>
      {!isBig && (
        <td>
          {overflow === null ? (
            <span class="is-nothing">{t("report.no_overflow")}</span>
          ) : oldest !== null && now - oldest > overflow.after ? (
            <Chip tone="warn">{t("report.overflows_to", { name: overflow.name })}</Chip>
          ) : (
            t("report.overflow_after", { name: overflow.name, time: format.span(overflow.after) })
          )}
        </td>
      )}
    </tr>
  )
}
