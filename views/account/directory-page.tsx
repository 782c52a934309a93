/** A company's directory: where it is, how people are found in it, what its groups decide, and a test. */
import type { WaysIn } from "~/account/queries/ways-in.ts"
import type { Decided, DirectoryAnswer } from "~/account/rules/directory.ts"
import type { Refusal } from "~/kernel/step.ts"
import type { FieldErrors } from "~/web/form.ts"
import { refusalLine, type Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { AreaField, ChoiceField, FormGroup, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"

export type DirectoryOutcome =
  | { result: "reached" }
  | Exclude<DirectoryAnswer, { result: "right" }>
  | (Extract<DirectoryAnswer, { result: "right" }> & { decided: Decided | Refusal })

export type DirectoryPageProps = {
  screen: Screen
  directory: WaysIn["directory"]
  /** The rules for groups as they are typed. */
  rules: string
  written: Readonly<Record<string, readonly string[]>> | null
  errors: FieldErrors
  outcome: DirectoryOutcome | null
  done: "saved" | "removed" | null
}

export function DirectoryPage(props: DirectoryPageProps) {
  const { screen, directory, done } = props
  const { t } = screen
  return (
    <div class="page is-narrow">
      <p class="gate-links">
        <a href="/admin/ways-in">{t("ways_in.title")}</a>
      </p>
      <h1>{t("ways_in.directory")}</h1>
      {done && <Banner tone="ok" isAnnounced title={t(`ways_in.done_${done}`)} />}
      <p class="page-intro">{t("directory.intro")}</p>
      <SettingsCard {...props} />
      {directory && <TestCard {...props} />}
    </div>
  )
}

type Field = (name: string) => { name: string; value: string; error: string | undefined }
type CardProps = { t: Translate; field: Field }

function SettingsCard({ screen: { t, csrfToken }, directory, rules, written, errors }: DirectoryPageProps) {
  const now: Readonly<Record<string, string>> = {
    userFilter: "(&(objectClass=person)(uid={username}))",
    url: "",
    way: "user",
    ...directory,
    certificate: directory?.certificate ?? "",
    allowedGroups: directory?.allowedGroups.join("\n") ?? "",
    groupRules: rules,
    enabled: "",
    startTls: "",
    hasPassword: "",
  }
  const field: Field = (name) => ({
    name,
    value: (written ? written[name]?.[0] : now[name]) ?? "",
    error: errors[name] && refusalLine(t, errors[name]),
  })
  const isOn = (name: "enabled" | "startTls", fresh: boolean) =>
    written ? (written[name]?.length ?? 0) > 0 : (directory?.[name] ?? fresh)
  return (
    <section class="card" aria-labelledby="server-title">
      <h2 id="server-title">{t("directory.server")}</h2>
      {errors.form && <Banner tone="bad" isAnnounced title={refusalLine(t, errors.form)} />}
      <form class="stack" method="post" action="/admin/ways-in/directory">
        <FormToken csrfToken={csrfToken} />
        <Switch name="enabled" label={t("directory.enabled")} isOn={isOn("enabled", true)} />
        <TextField {...field("url")} label={t("directory.url")} hint={t("directory.url_hint")} required />
        <Switch name="startTls" label="StartTLS" hint={t("directory.start_tls_hint")} isOn={isOn("startTls", false)} />
        <AreaField
          {...field("certificate")}
          label={t("directory.certificate")}
          hint={t("directory.certificate_hint")}
          rows={3}
          more={{ spellcheck: "false" }}
        />
        <PeopleFields t={t} field={field} hasPassword={directory?.hasPassword ?? false} />
        <FormGroup legend={t("directory.groups")}>
          <TextField {...field("groupBase")} label={t("directory.group_base")} hint={t("directory.group_base_hint")} />
          <AreaField
            {...field("allowedGroups")}
            label={t("directory.allowed")}
            hint={t("directory.allowed_hint")}
            rows={2}
          />
          <AreaField
            {...field("groupRules")}
            label={t("directory.rules")}
            hint={t("directory.rules_hint")}
            rows={4}
            more={{ spellcheck: "false" }}
          />
        </FormGroup>
        <div class="row-of-buttons">
          <Button kind="primary" type="submit">
            {t("admin.save")}
          </Button>
          {directory && (
            <Button
              kind="danger"
              type="submit"
              more={{ formaction: "/admin/ways-in/directory/removing", formnovalidate: true }}
            >
              {t("ways_in.remove")}
            </Button>
          )}
        </div>
      </form>
    </section>
  )
}

/** It stands in the examples as it is to be written. */
const NAME = { username: "{username}" }

const PeopleFields = ({ t, field, hasPassword }: CardProps & { hasPassword: boolean }) => (
  <FormGroup legend={t("directory.people")}>
    <ChoiceField
      {...field("way")}
      label={t("directory.way")}
      options={(["user", "search"] as const).map((value) => ({ value, label: t(`directory.way_${value}`) }))}
    />
    <TextField {...field("bindName")} label={t("directory.bind_name")} hint={t("directory.bind_name_hint", NAME)} />
    <TextField
      {...field("serviceName")}
      label={t("directory.service")}
      hint={t("directory.service_hint")}
      autocomplete="off"
    />
    <TextField
      {...field("servicePassword")}
      type="password"
      label={t("directory.service_password")}
      autocomplete="new-password"
      hint={hasPassword ? t("directory.password_kept") : undefined}
    />
    <TextField {...field("searchBase")} label={t("directory.base")} hint={t("directory.base_hint")} />
    <TextField {...field("userFilter")} label={t("directory.filter")} hint={t("directory.filter_hint", NAME)} />
  </FormGroup>
)

function TestCard({ screen: { t, csrfToken }, outcome }: DirectoryPageProps) {
  return (
    <section class="card" aria-labelledby="test-title">
      <h2 id="test-title">{t("ways_in.test")}</h2>
      <p>{t("directory.test_detail")}</p>
      {outcome && <Outcome t={t} outcome={outcome} />}
      <form class="stack" method="post" action="/admin/ways-in/directory/test" autocomplete="off">
        <FormToken csrfToken={csrfToken} />
        <div class="columns">
          <TextField name="username" label={t("directory.test_username")} autocomplete="off" />
          <TextField name="password" type="password" label={t("directory.test_password")} autocomplete="off" />
        </div>
        <div class="row-of-buttons">
          <Button type="submit">{t("ways_in.test_start")}</Button>
        </div>
      </form>
    </section>
  )
}

function Outcome({ t, outcome }: { t: Translate; outcome: DirectoryOutcome }) {
  const announced = { isAnnounced: true }
  switch (outcome.result) {
    case "reached":
      return <Banner {...announced} tone="ok" title={t("directory.reached")} />
    case "wrong":
      return <Banner {...announced} tone="bad" title={t("directory.wrong")} />
    case "trouble":
      return (
        <Banner {...announced} tone="bad" title={t(`directory.trouble_${outcome.trouble}`)}>
          {outcome.answer && <span class="code">{outcome.answer}</span>}
        </Banner>
      )
    default:
      return <Known t={t} outcome={outcome} />
  }
}

function Known({
  t,
  outcome: { name, groups, decided },
}: {
  t: Translate
  outcome: Extract<DirectoryOutcome, { result: "right" }>
}) {
  const isOut = "refused" in decided
  return (
    <Banner isAnnounced tone={isOut ? "warn" : "ok"} title={isOut ? refusalLine(t, decided) : t("directory.right")}>
      <p>
        <span class="code">{name}</span>
      </p>
      <p>{groups.length === 0 ? t("directory.no_groups") : t("directory.in_groups", { groups: groups.join(" · ") })}</p>
      {!isOut && decided.level && <p>{t("directory.gives_level", { level: t(`level.${decided.level}`) })}</p>}
      {!isOut && decided.skillsets && (
        <p>{t("directory.gives_skillsets", { skillsets: decided.skillsets.join(", ") || "–" })}</p>
      )}
    </Banner>
  )
}
