/** Waiting conversations: for an agent, for the customer, and those an agent left open (S39). */
import type { WaitingSurroundings } from "~/conversation/queries/steering.ts"
import type { WaitingGroups } from "~/conversation/queries/waiting.ts"
import type { WaitingFilter } from "~/conversation/queries/waiting-pages.ts"
import { Button } from "../parts/button.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { SelectField } from "../parts/field.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"
import { SteeringBar, SteeringPlaces } from "./steering.tsx"
import { WaitingPart } from "./waiting-table.tsx"

export type WaitingProps = {
  screen: Screen
  groups: WaitingGroups
  filter: WaitingFilter
  around: WaitingSurroundings
  /** Customers whose 24 hours are nearly over; null for whoever does not supervise. */
  endingSoon: number | null
  /** Where a later page of one group starts; null shows every group from its beginning. */
  from: string | null
}

export function WaitingConversations(props: WaitingProps) {
  const { screen, groups, filter, around, endingSoon, from } = props
  const { t } = screen
  // How agents and numbers stand changes all the time, for everybody at once.
  const live = livePanel(addressOf(filter, from), "waiting")
  const parts = [
    { title: t("waiting.for_agent"), hint: t("waiting.for_agent_hint"), icon: "clock", page: groups.forAgent },
    { title: t("waiting.for_customer"), hint: t("waiting.for_customer_hint"), icon: "timer", page: groups.forCustomer },
    { title: t("waiting.left_open"), hint: t("waiting.left_open_hint"), icon: "wifi-off", page: groups.leftOpen },
  ] as const
  const filled = parts.filter(({ page }) => page.rows.length > 0)
  return (
    <section
      class="waiting-page"
      id="waiting-page"
      aria-labelledby="waiting-title"
      {...live}
      hx-trigger={`${live["hx-trigger"]}, agents from:body throttle:2s, status from:body throttle:2s`}
    >
      <div class="waiting-head">
        <h1 id="waiting-title">{t("waiting.title")}</h1>
        <Groups {...props} />
        {endingSoon !== null && endingSoon > 0 && (
          <Button kind="quiet" icon="hourglass" href="/waiting/ending">
            {t("ending.count", { count: endingSoon })}
          </Button>
        )}
      </div>
      <Filters {...props} />
      {from === null && filter.group === null && <Queues {...props} />}
      {from !== null && (
        <Button kind="quiet" icon="arrow-left" href={addressOf(filter)}>
          {t("waiting.from_start")}
        </Button>
      )}
      {around.maySteer && <SteeringPlaces screen={screen} />}
      {around.maySteer && filled.length > 0 && <SteeringBar screen={screen} around={around} />}
      {filled.length === 0 ? (
        <EmptyState icon="hourglass" title={t("waiting.empty_title")}>
          {t("waiting.empty")}
        </EmptyState>
      ) : (
        filled.map((part) => (
          <WaitingPart
            screen={screen}
            {...part}
            maySteer={around.maySteer}
            moreAt={part.page.next && addressOf(filter, part.page.next.from)}
          />
        ))
      )}
    </section>
  )
}

const GROUPS = [
  ["forAgent", "waiting.for_agent"],
  ["forCustomer", "waiting.for_customer"],
  ["leftOpen", "waiting.left_open"],
] as const

const Groups = ({ screen, groups, filter }: WaitingProps) => (
  <nav class="waiting-groups" aria-label={screen.t("waiting.status")}>
    <GroupLink
      screen={screen}
      words={screen.t("waiting.all")}
      isChosen={filter.group === null}
      href={addressOf({ ...filter, group: null })}
      count={groups.forAgent.count + groups.forCustomer.count + groups.leftOpen.count}
    />
    {GROUPS.map(([group, phrase]) => (
      <GroupLink
        screen={screen}
        words={screen.t(phrase)}
        isChosen={filter.group === group}
        href={addressOf({ ...filter, group })}
        count={groups[group].count}
      />
    ))}
  </nav>
)

type GroupLinkProps = { screen: Screen; words: string; href: string; count: number; isChosen: boolean }

const GroupLink = ({ screen, words, href, count, isChosen }: GroupLinkProps) => (
  <a class="waiting-group" href={href} aria-current={isChosen ? "true" : null}>
    <span>{words}</span> <small>{screen.format.number(count)}</small>
  </a>
)

/** Works without scripts; with them the page follows what is chosen, and the address too. */
const Filters = ({ screen: { t }, filter, around }: WaitingProps) => (
  <form
    class="waiting-filters"
    method="get"
    action="/waiting"
    hx-get="/waiting"
    hx-target="#waiting-page"
    hx-swap="outerMorph"
    hx-replace-url="true"
    hx-trigger="submit, change"
  >
    {filter.group && <input type="hidden" name="show" value={filter.group} />}
    <SelectField
      name="skillset"
      label={t("waiting.skillset")}
      value={String(filter.skillset ?? "")}
      options={optionsOf(t("agents.every_skillset"), around.queues)}
    />
    <SelectField
      name="channel"
      label={t("waiting.channel")}
      value={String(filter.channel ?? "")}
      options={optionsOf(t("waiting.every_channel"), around.channels)}
    />
    {around.maySteer && (
      <SelectField
        name="agent"
        label={t("agents.agent")}
        value={String(filter.agent ?? "")}
        options={optionsOf(t("waiting.every_agent"), around.agents)}
      />
    )}
    <noscript>
      <Button type="submit">{t("agents.show")}</Button>
    </noscript>
  </form>
)

const optionsOf = (all: string, some: readonly { id: number; name: string }[]) => [
  { value: "", label: all },
  ...some.map(({ id, name }) => ({ value: String(id), label: name })),
]

/** How each queue stands; one leads to its conversations. */
const Queues = ({ screen, filter, around }: WaitingProps) => (
  <ul class="waiting-queues" aria-label={screen.t("waiting.queues")}>
    {around.queues.map(({ id, name, waiting, ready, members, longestSince }) => (
      <li>
        <a
          class={waiting > 0 && ready === 0 ? "waiting-queue is-late" : "waiting-queue"}
          href={addressOf({ ...filter, skillset: id })}
        >
          <strong>{screen.format.number(waiting)}</strong>
          <b>{name}</b>
          <small>
            {longestSince !== null && (
              <>
                {screen.t("waiting.longest")} <Since at={longestSince} screen={screen} />
                {" · "}
              </>
            )}
            {screen.t("waiting.ready_of", { ready, members })}
          </small>
        </a>
      </li>
    ))}
  </ul>
)

/** The page as its address says it. */
function addressOf({ group, skillset, channel, agent }: WaitingFilter, from: string | null = null): string {
  const asked = new URLSearchParams()
  if (group !== null) asked.set("show", group)
  if (skillset !== null) asked.set("skillset", String(skillset))
  if (channel !== null) asked.set("channel", String(channel))
  if (agent !== null) asked.set("agent", String(agent))
  if (from !== null) asked.set("from", from)
  return asked.size === 0 ? "/waiting" : `/waiting?${asked}`
}
