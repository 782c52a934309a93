/** A combination that is being counted, and how far that is; or why there is no answer. */
import type { Standing } from "~/report/queries/combined.ts"
import type { Asked } from "~/report/queries/report.ts"
import { Banner } from "../parts/banner.tsx"
import type { Screen } from "../parts/screen.ts"
import { addressOf } from "./words.ts"

type CountingProps = { screen: Screen; asked: Asked; standing: Exclude<Standing, { state: "done" }> }

export function Counting({ screen: { t, format }, asked, standing }: CountingProps) {
  switch (standing.state) {
    case "counting": {
      const { done, all } = standing
      return (
        <div
          class="report-told"
          id="report-told"
          hx-get={addressOf(asked, {}, "/reports/combined")}
          hx-trigger="load delay:700ms"
          hx-swap="outerHTML"
          hx-target="this"
        >
          <div role="status">
            <Banner
              tone="info"
              icon="hourglass"
              title={
                all === null
                  ? t("report.counting")
                  : t("report.counted", { done: format.number(done), all: format.number(all) })
              }
            >
              {t("report.counting_why")}
            </Banner>
          </div>
        </div>
      )
    }
    case "too_much":
      return (
        <Failed title={t("report.too_much", { most: format.number(standing.most) })} words={t("report.fewer_days")} />
      )
    case "slow":
      return <Failed title={t("report.too_slow")} words={t("report.fewer_days")} />
    case "failed":
      return <Failed title={t("report.count_failed")} words={t("report.fewer_days")} />
  }
}

const Failed = ({ title, words }: { title: string; words: string }) => (
  <div class="report-told" id="report-told">
    <Banner tone="warn" title={title} isAnnounced>
      {words}
    </Banner>
  </div>
)
