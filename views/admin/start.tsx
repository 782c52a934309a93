/** The first page of the administration: what is still missing before the first conversation, with the way there. */
import type { StartStep } from "~/tenant/queries/start.ts"
import { Banner } from "../parts/banner.tsx"
import { Chip } from "../parts/chip.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export type StartProps = { screen: Screen; steps: readonly StartStep[] }

/** Where a step is done. */
const PATHS: Readonly<Record<StartStep["name"], string>> = {
  skillsets: "/admin/skillsets",
  users: "/admin/users",
  members: "/admin/skillsets",
  channels: "/admin/channels",
  first: "/all-conversations",
  texts: "/admin/channels",
  reasons: "/admin/profiling",
  second_admin: "/admin/users?level=tenant_admin",
}

export const Start = ({ screen: { t }, steps }: StartProps) => (
  <div class="page settings-page">
    <h1>{t("begin.title")}</h1>
    {steps.every(({ isDone, isNeeded }) => isDone || !isNeeded) ? (
      <Banner tone="ok" title={t("begin.ready")} />
    ) : (
      <p class="panel-intro">{t("begin.intro")}</p>
    )}
    <ol class="start-steps">
      {steps.map((step) => (
        <Step t={t} step={step} />
      ))}
    </ol>
  </div>
)

const Step = ({ t, step: { name, isDone, isNeeded } }: { t: Screen["t"]; step: StartStep }) => (
  <li class={`card${isDone ? " is-done" : isNeeded ? "" : " is-advice"}`}>
    <Icon name={isDone ? "circle-check" : isNeeded ? "circle-alert" : "info"} />
    <div>
      <strong>
        <a href={PATHS[name]}>{t(`begin.${name}`)}</a>
      </strong>
      <p>{t(`begin.${name}_detail`)}</p>
    </div>
    <Chip tone={isDone ? "ok" : isNeeded ? "warn" : "info"}>
      {t(isDone ? "begin.done" : isNeeded ? "begin.open" : "begin.advised")}
    </Chip>
  </li>
)
