/** Whoever runs the appliance is told on every page of theirs that the disk fills, and what waits because of it. */
import type { Scarcity } from "~/kernel/disk.ts"
import { Banner } from "../parts/banner.tsx"
import type { Screen } from "../parts/screen.ts"
import { HEALTH_PATH } from "../tenant/health.tsx"

export const DiskBanner = ({ screen: { t }, scarcity }: { screen: Screen; scarcity: Scarcity }) =>
  scarcity === "none" ? null : (
    <Banner
      tone={scarcity === "early" ? "warn" : "bad"}
      title={t(`disk.${scarcity}`)}
      actions={<a href={HEALTH_PATH}>{t("health.title")}</a>}
    >
      {t("disk.what_to_do")}
    </Banner>
  )
