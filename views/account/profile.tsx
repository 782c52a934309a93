import type { ProfileProps as Profile_ } from "~/account/routes.tsx"
import { languageName } from "../layout/user-menu.tsx"
import type { PlainKey, Translate } from "../locales/index.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { Facts } from "../parts/facts.tsx"
import { FormToken, SelectField } from "../parts/field.tsx"

export type ProfileProps = Omit<Profile_, "t"> & { t: Translate }

/** S8: the data of the signed-in user. */
export function Profile({ t, csrfToken, user, languages }: ProfileProps) {
  const name = `${user.firstName} ${user.lastName}`.trim()
  return (
    <div class="page">
      <h1>{t("profile.title")}</h1>
      <section class="card">
        <div class="card-head">
          <Avatar name={name} size="large" />
          <h2>{name}</h2>
        </div>
        <Facts
          facts={[
            { name: t("login.username"), value: user.username },
            { name: t("profile.email"), value: user.email ?? "–" },
            { name: t("profile.level"), value: t(`level.${user.level}` as PlainKey) },
          ]}
        />
      </section>
      <section class="card">
        <form class="stack" method="post" action="/profile/language">
          <FormToken csrfToken={csrfToken} />
          <SelectField
            {...{ name: "language", label: t("login.language"), value: user.language }}
            options={languages.map((each) => ({ value: each, label: languageName(each), language: each }))}
          />
          <Button type="submit">{t("profile.save_language")}</Button>
        </form>
      </section>
    </div>
  )
}
