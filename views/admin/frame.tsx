/** What stands around every page under `/admin`: where else one may go, by right. */
import type { Child } from "../jsx-runtime.ts"
import type { PlainKey } from "../locales/index.ts"
import { Chip } from "../parts/chip.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import type { AdminSection } from "./sections.ts"

export type AdminFrameProps = {
  screen: Screen
  /** The path of the page. */
  path: string
  /** What this user may open. */
  sections: readonly AdminSection[]
  /** The steps that a first conversation still needs; null where nobody sets up anything. */
  stepsLeft: number | null
  children: Child
}

export const AdminFrame = ({ screen, path, sections, stepsLeft, children }: AdminFrameProps) => (
  <div class="admin">
    <nav class="admin-nav" aria-label={screen.t("nav.settings")}>
      {stepsLeft !== null && (stepsLeft > 0 || path === "/admin") && (
        <a href="/admin" aria-current={path === "/admin" ? "page" : null}>
          <Icon name="list-checks" size="small" />
          <span>{screen.t("begin.nav")}</span>
          {stepsLeft > 0 && <Chip tone="warn">{screen.format.number(stepsLeft)}</Chip>}
        </a>
      )}
      {[...Map.groupBy(sections, ({ group }) => group)].map(([group, members]) => (
        <>
          <h2>{screen.t(`admin.group_${group}` as PlainKey)}</h2>
          {members.map((section) => (
            <a href={section.path} aria-current={isIn(path, section.path) ? "page" : null}>
              <Icon name={section.icon} size="small" />
              <span>{screen.t(section.phrase)}</span>
            </a>
          ))}
        </>
      ))}
    </nav>
    <div class="admin-page">{children}</div>
  </div>
)

const isIn = (path: string, section: string): boolean => path === section || path.startsWith(`${section}/`)
