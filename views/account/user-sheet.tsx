/** A1: one user, to be made or changed. */
import type { Colleague } from "~/account/queries/users.ts"
import type { ProviderName } from "~/account/rules/provider.ts"
import type { AgentLine } from "~/agent/queries/agents.ts"
import { fieldOf } from "../admin/field.ts"
import type { Done, Editing } from "../admin/sheet.tsx"
import { Sheet, SheetForm } from "../admin/sheet.tsx"
import { Standing } from "../agent/status.tsx"
import type { Child } from "../jsx-runtime.ts"
import { languageName } from "../layout/user-menu.tsx"
import { panelLink } from "../list/list.tsx"
import type { PlainKey, Translate } from "../locales/index.ts"
import { Avatar } from "../parts/avatar.tsx"
import { Button } from "../parts/button.tsx"
import { SelectField, TextField } from "../parts/field.tsx"
import { ChecksField, ChoiceField, FormGroup, NumberField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { Links } from "./links.tsx"
import { SignInHelp } from "./sign-in-help.tsx"
import { levelName, USERS_PANEL } from "./users.tsx"

export type SkillsetChoice = { id: number; name: string; memberCount: number }
export type UserSheetProps = {
  screen: Screen
  /** Null: a new one. */
  user: Colleague | null
  /** How they stand, when they answer customers. */
  standing: AgentLine | null
  editing: Editing
  skillsets: readonly SkillsetChoice[]
  languages: readonly string[]
  /** Where the form goes, where its deletion is asked for, and back to the list. */
  action: string
  deletionPath: string
  closePath: string
  isMe: boolean
  /** The providers they are linked with. */
  links: readonly ProviderName[]
  /** What is to be handed over: an invitation that no mail could take. */
  handed: Child
  done: Done | null
}

export function UserSheet({ screen, user, standing, editing, skillsets, languages, ...rest }: UserSheetProps) {
  const { t } = screen
  const { action, closePath, deletionPath, isMe, handed, done, links } = rest
  return (
    <Sheet
      screen={screen}
      panel={USERS_PANEL}
      closePath={closePath}
      title={user?.name ?? t("users.new")}
      mark={user && <Avatar name={user.name} />}
      subtitle={standing ? <Standing screen={screen} agent={standing} /> : user && levelName(t, user.level)}
    >
      <SheetForm
        screen={screen}
        panel={USERS_PANEL}
        action={action}
        closePath={closePath}
        editing={editing}
        done={done}
        submitLabel={user ? t("admin.save") : t("users.create")}
        labels={labelsOf(t)}
        say={(name, values) => sayValues(screen, skillsets, name, values)}
        foot={
          user &&
          !isMe && (
            <Button kind="danger" href={deletionPath} more={panelLink(USERS_PANEL, deletionPath)}>
              {t("admin.delete")}
            </Button>
          )
        }
      >
        <PersonFields screen={screen} editing={editing} languages={languages} />
        <SignInFields screen={screen} editing={editing} isNew={user === null} isMe={isMe} />
        {user && user.loginType === "password" && <SignInHelp screen={screen} user={user} handed={handed} />}
        {user && user.loginType === "external" && <Links screen={screen} user={user} links={links} />}
        <WorkFields screen={screen} editing={editing} skillsets={skillsets} load={standing?.load ?? null} />
      </SheetForm>
    </Sheet>
  )
}

type FieldsProps = Pick<UserSheetProps, "screen" | "editing">

const isOn = ({ written }: Editing, name: string): boolean => (written[name]?.length ?? 0) > 0

const LEVELS = ["agent", "supervisor", "campaign_manager", "tenant_admin"]

function PersonFields({ languages, ...props }: FieldsProps & Pick<UserSheetProps, "languages">) {
  const { t } = props.screen
  const field = fieldOf(props.screen.t, props.editing)
  return (
    <FormGroup legend={t("users.group_person")}>
      <div class="columns">
        <TextField {...field("firstName")} label={t("setup.first_name")} autocomplete="off" />
        <TextField {...field("lastName")} label={t("setup.last_name")} autocomplete="off" />
      </div>
      <TextField
        {...field("email")}
        label={t("profile.email")}
        type="email"
        optional={t("admin.optional")}
        autocomplete="off"
      />
      <div class="columns">
        <TextField
          {...field("externalId")}
          label={t("users.external_id")}
          optional={t("admin.optional")}
          autocomplete="off"
        />
        <SelectField
          {...field("level")}
          label={t("profile.level")}
          options={LEVELS.map((level) => ({ value: level, label: levelName(t, level) }))}
        />
      </div>
      <SelectField
        {...field("language")}
        label={t("login.language")}
        options={languages.map((one) => ({ value: one, label: languageName(one), language: one }))}
      />
    </FormGroup>
  )
}

function SignInFields({ isNew, isMe, ...props }: FieldsProps & { isNew: boolean; isMe: boolean }) {
  const { t } = props.screen
  const field = fieldOf(props.screen.t, props.editing)
  return (
    <FormGroup legend={t("users.group_sign_in")}>
      <ChoiceField
        {...field("loginType")}
        label={t("users.login_type")}
        options={(["password", "ldap", "external"] as const).map((value) => ({
          value,
          label: t(`users.login_${value}`),
        }))}
      />
      <TextField
        {...field("username")}
        label={t("login.username")}
        autocomplete="off"
        more={{ autocapitalize: "none", spellcheck: "false" }}
      />
      {isNew && <p class="field-hint">{t("users.invited_hint")}</p>}
      <Switch
        name="enabled"
        label={t("users.enabled")}
        isOn={isOn(props.editing, "enabled")}
        hint={isMe ? t("users.enabled_me") : t("users.enabled_hint")}
      />
    </FormGroup>
  )
}

type WorkProps = FieldsProps & Pick<UserSheetProps, "skillsets"> & { load: number | null }

function WorkFields({ skillsets, load, ...props }: WorkProps) {
  const { t } = props.screen
  const { written } = props.editing
  const field = fieldOf(props.screen.t, props.editing)
  return (
    <FormGroup legend={t("users.group_work")}>
      <NumberField
        {...field("maxConversations")}
        label={t("users.max")}
        least={0}
        most={100}
        unit={load === null ? t("users.max_hint") : t("users.max_now", { count: load })}
      />
      <ChecksField
        {...field("skillsets")}
        label={t("users.skillsets")}
        chosen={written.skillsets ?? []}
        none={t("users.no_skillsets")}
        options={skillsets.map(({ id, name, memberCount }) => ({
          value: String(id),
          label: name,
          aside: t("skillsets.members", { count: memberCount }),
        }))}
      />
      <Switch
        name="isolated"
        label={t("users.isolated_label")}
        hint={t("users.isolated_hint")}
        isOn={isOn(props.editing, "isolated")}
      />
      <Switch
        name="outbound"
        label={t("users.outbound")}
        hint={t("users.outbound_hint")}
        isOn={isOn(props.editing, "outbound")}
      />
      <Switch
        name="mayEditCustomers"
        label={t("users.edit_customers")}
        hint={t("users.edit_customers_hint")}
        isOn={isOn(props.editing, "mayEditCustomers")}
      />
    </FormGroup>
  )
}

const labelsOf = (t: Translate): Record<string, string> => ({
  firstName: t("setup.first_name"),
  lastName: t("setup.last_name"),
  email: t("profile.email"),
  externalId: t("users.external_id"),
  level: t("profile.level"),
  language: t("login.language"),
  loginType: t("users.login_type"),
  username: t("login.username"),
  enabled: t("users.enabled"),
  maxConversations: t("users.max"),
  skillsets: t("users.skillsets"),
  isolated: t("users.isolated"),
  outbound: t("users.outbound"),
  mayEditCustomers: t("users.edit_customers"),
})

/** What a field holds, in words. */
function sayValues({ t }: Screen, skillsets: readonly SkillsetChoice[], name: string, values: readonly string[]) {
  if (["enabled", "isolated", "outbound", "mayEditCustomers"].includes(name))
    return values.length > 0 ? t("list_page.yes") : t("list_page.no")
  const words: Record<string, (value: string) => string> = {
    level: (value) => levelName(t, value),
    language: languageName,
    loginType: (value) => t(`users.login_${value}` as PlainKey),
    skillsets: (value) => skillsets.find(({ id }) => String(id) === value)?.name ?? value,
  }
  return values.map(words[name] ?? ((value) => value)).join(", ")
}
