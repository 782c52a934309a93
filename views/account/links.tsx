/** With which providers a user is linked, in their sheet; its button belongs to a form of its own path. */
import type { Colleague } from "~/account/queries/users.ts"
import type { ProviderName } from "~/account/rules/provider.ts"
import { Button } from "../parts/button.tsx"
import type { Screen } from "../parts/screen.ts"
import { PROVIDER_NAMES } from "./elsewhere.tsx"
import { USERS_PANEL, USERS_PATH } from "./users.tsx"

const unlinking = (path: string) => ({
  formaction: path,
  formnovalidate: true,
  "hx-post": path,
  "hx-target": `#${USERS_PANEL}`,
  "hx-swap": "outerMorph",
})

type LinksProps = { screen: Screen; user: Colleague; links: readonly ProviderName[] }

export const Links = ({ screen: { t }, user, links }: LinksProps) => (
  <div class="links-of-user">
    <p class="field-hint">
      {links.length === 0
        ? t("ways_in.not_linked")
        : t("ways_in.linked_with", { providers: links.map((link) => PROVIDER_NAMES[link]).join(", ") })}
    </p>
    {links.length > 0 && (
      <Button size="small" type="submit" more={unlinking(`${USERS_PATH}/${user.id}/provider/unlinking`)}>
        {t("ways_in.unlink")}
      </Button>
    )}
  </div>
)
