/** A11, sign-in: the ways in that a company has beside its own passwords. */
import type { WaysIn } from "~/account/queries/ways-in.ts"
import { Chip } from "../parts/chip.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { PROVIDERS_IN_ORDER } from "./provider-page.tsx"

export function WaysInPage({ screen, providers, directory }: WaysIn & { screen: Screen }) {
  const { t } = screen
  return (
    <div class="page is-narrow">
      <h1>{t("ways_in.title")}</h1>
      <p class="page-intro">{t("ways_in.intro")}</p>
      <ul class="entrances">
        {PROVIDERS_IN_ORDER.map(({ provider, name }) => (
          <Way
            screen={screen}
            path={`/admin/ways-in/providers/${provider}`}
            name={name}
            mark={`provider-mark is-${provider}`}
            detail={t(`ways_in.about_${provider}`)}
            enabled={providers.find((one) => one.provider === provider)?.enabled ?? null}
          />
        ))}
        <Way
          screen={screen}
          path="/admin/ways-in/directory"
          name={t("ways_in.directory")}
          mark={null}
          detail={t("ways_in.about_directory")}
          enabled={directory?.enabled ?? null}
        />
      </ul>
    </div>
  )
}

type WayProps = {
  screen: Screen
  path: string
  name: string
  mark: string | null
  detail: string
  enabled: boolean | null
}

const Way = ({ screen: { t }, path, name, mark, detail, enabled }: WayProps) => (
  <li>
    <a class="entrance" href={path}>
      {mark ? <span class={mark} aria-hidden="true" /> : <Icon name="building-2" />}
      <span class="entrance-words">
        <strong>{name}</strong>
        <small>{detail}</small>
      </span>
      {enabled === null ? (
        <Chip>{t("ways_in.not_set")}</Chip>
      ) : (
        <Chip tone={enabled ? "ok" : "warn"}>{t(enabled ? "ways_in.on" : "ways_in.off")}</Chip>
      )}
      <Icon name="chevron-right" size="small" />
    </a>
  </li>
)
