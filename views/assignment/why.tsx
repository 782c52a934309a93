/** «Why not me»: for supervisors, whom a waiting conversation could go to and what stands in the way of each. */
import type { AskedAgent, AskedSkillset, Explanation } from "~/assignment/queries/why.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Chip, type Tone } from "../parts/chip.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"

export type WhyProps = { screen: Screen; explanation: Explanation }

export function WhyItWaits({ screen, explanation }: WhyProps) {
  const { t, format, now } = screen
  const { conversation, title, place, skillsets, next } = explanation
  const topics = ["waiting", "agents", `conversation-${conversation}`]
  return (
    <section
      class="waiting-page why-page"
      id="why-page"
      aria-labelledby="why-title"
      {...livePanel(`/conversations/${conversation}/why`, ...topics)}
    >
      <header>
        <h1 id="why-title">{t("why.of", { name: title })}</h1>
        <Button icon="message-circle" size="small" href={`/conversations/${conversation}`}>
          {t("waiting.look")}
        </Button>
      </header>
      <Above screen={screen} explanation={explanation} />
      {place && (
        <p>{place.before === 0 ? t("why.first", place) : t("why.in_queue", { ...place, count: place.before })}</p>
      )}
      {next && <p>{t("why.next", { skillset: next.skillset, time: format.moment(next.at, now) })}</p>}
      {skillsets.map((skillset) => (
        <SkillsetAgents screen={screen} skillset={skillset} />
      ))}
    </section>
  )
}

/** The way there, wherever a waiting conversation is shown to a supervisor. */
export const WhyLink = ({ screen, conversation, name }: { screen: Screen; conversation: number; name: string }) => (
  <a class="why-link" href={`/conversations/${conversation}/why`} aria-label={`${screen.t("why.ask")} ${name}`}>
    {screen.t("why.ask")}
  </a>
)

function Above({ screen: { t }, explanation: { above } }: WhyProps) {
  if (above === null) return null
  switch (above.kind) {
    case "not_waiting":
      return <Banner tone="ok" title={t("why.not_waiting")} />
    case "closed":
      return <Banner tone="warn" title={t("why.closed")} />
    case "for_user":
      return <Banner tone="info" title={t("why.for_user", above)} />
    case "for_skillset":
      return <Banner tone="info" title={t("why.for_skillset", { skillset: above.name })} />
  }
}

const SkillsetAgents = ({ screen, skillset }: { screen: Screen; skillset: AskedSkillset }) => (
  <div class="why-skillset">
    <table class="waiting-table">
      <caption>{skillset.isOwn ? skillset.name : screen.t("why.joined", { skillset: skillset.name })}</caption>
      <thead>
        <tr>
          <th scope="col">{screen.t("why.agent")}</th>
          <th scope="col">{screen.t("why.obstacle")}</th>
          <th scope="col">{screen.t("why.load")}</th>
        </tr>
      </thead>
      <tbody>
        {skillset.agents.map((agent) => (
          <AgentRow screen={screen} agent={agent} />
        ))}
      </tbody>
    </table>
    {skillset.agents.length === 0 && <p>{screen.t("why.nobody")}</p>}
    {skillset.more > 0 && <p>{screen.t("why.more", { count: skillset.more })}</p>}
    {skillset.isManual && <p>{screen.t("why.manual")}</p>}
  </div>
)

const AgentRow = ({
  screen,
  agent: { user, name, obstacle, load, maximum },
}: {
  screen: Screen
  agent: AskedAgent
}) => (
  <tr id={`why-${user}`}>
    <th scope="row">
      <span class="why-agent">
        <Avatar name={name} size="small" />
        {name}
      </span>
    </th>
    <td>
      <Chip tone={TONES[obstacle.kind]}>{obstacleWords(screen, obstacle)}</Chip>
    </td>
    <td>{screen.t("status.active", { load, maximum })}</td>
  </tr>
)

const TONES: Readonly<Record<AskedAgent["obstacle"]["kind"], Tone>> = {
  disconnected: "plain",
  signed_out: "plain",
  back_office: "warn",
  break: "warn",
  full: "bad",
  passed: "warn",
  by_hand: "info",
  free: "ok",
}

function obstacleWords({ t, format, now }: Screen, obstacle: AskedAgent["obstacle"]): string {
  switch (obstacle.kind) {
    case "passed":
      return t("why.is.passed", { span: format.span(now - obstacle.at) })
    case "full":
    case "by_hand":
    case "free":
      return t(`why.is.${obstacle.kind}`)
    default:
      return t(`status.${obstacle.kind}`)
  }
}
