/** What became of an invitation or a reset: sent by mail, or here to be handed over, once. */

import type { Offered } from "~/account/actions/resetting.ts"
import type { Invited } from "~/account/rules/entering.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { Facts } from "../parts/facts.tsx"
import type { Screen } from "../parts/screen.ts"

export type HandedProps = {
  screen: Screen
  what: ({ kind: "invitation" } & Invited) | ({ kind: "reset" } & Offered)
}

export function Handed({ screen: { t, format }, what }: HandedProps) {
  if (what.by === "mail")
    return <Banner tone="ok" icon="mail" isAnnounced title={t("handed.mailed", { to: what.to })} />
  if (what.kind === "reset")
    return (
      <ByHand t={t} title={t("handed.reset_title")} intro={t("handed.reset")} lines={[[t("handed.link"), what.link]]} />
    )
  const { username, link, password, until } = what.invitation
  const lines: Line[] = [
    [t("handed.link"), link],
    [t("login.username"), username],
    [t("letter.one_time_password"), password],
  ]
  const intro = t("handed.invitation", { until: format.dateTime(until) })
  return <ByHand t={t} title={t("handed.invitation_title")} intro={intro} lines={lines} />
}

type Line = [name: string, value: string]

const ByHand = ({ t, title, intro, lines }: Pick<Screen, "t"> & { title: string; intro: string; lines: Line[] }) => (
  <div class="handed">
    <Banner tone="warn" isAnnounced title={title}>
      {intro}
    </Banner>
    <Facts facts={lines.map(([name, value]) => ({ name, value: <code class="code">{value}</code> }))} />
    <Button
      icon="copy"
      more={{ "data-action": "copy", "data-text": lines.map(([name, value]) => `${name}: ${value}`).join("\n") }}
    >
      {t("account.copy")}
    </Button>
  </div>
)

/** Done, and there is nothing to hand over. */
export const Helped = ({ screen: { t }, what }: { screen: Screen; what: "factor" | "sessions" }) => (
  <Banner tone="ok" isAnnounced title={t(`helped.${what}`)} />
)
