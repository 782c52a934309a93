/** A2: one skillset, to be made, changed or let go. */
import type { SkillsetUses } from "~/skillset/queries/skillsets.ts"
import type { Skillset } from "~/skillset/rules.ts"
import { fieldOf } from "../admin/field.ts"
import type { ConfirmSheetProps, Done, Editing } from "../admin/sheet.tsx"
import { ConfirmSheet, Sheet, SheetForm, UsedBy } from "../admin/sheet.tsx"
import { panelLink } from "../list/list.tsx"
import type { Translate } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { SelectField, TextField } from "../parts/field.tsx"
import { ChecksField, FormGroup, NumberField } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { SKILLSETS_PANEL, SKILLSETS_PATH, STRATEGIES } from "./skillsets.tsx"

type Named = { id: number; name: string }
type Person = Named & { username: string; enabled: boolean }
export type SkillsetSheetProps = {
  screen: Screen
  /** Null: a new one. */
  skillset: Skillset | null
  editing: Editing
  people: readonly Person[]
  /** Every skillset: where it may overflow into. */
  others: readonly Named[]
  action: string
  deletionPath: string
  closePath: string
  done: Done | null
}

export function SkillsetSheet(props: SkillsetSheetProps) {
  const { screen, skillset, editing, people, others, action, closePath, deletionPath, done } = props
  const { t } = screen
  return (
    <Sheet screen={screen} panel={SKILLSETS_PANEL} closePath={closePath} title={skillset?.name ?? t("skillsets.new")}>
      <SheetForm
        screen={screen}
        panel={SKILLSETS_PANEL}
        action={action}
        closePath={closePath}
        editing={editing}
        done={done}
        submitLabel={skillset ? t("admin.save") : t("skillsets.create")}
        labels={labelsOf(t)}
        say={(name, values) => sayValues(t, people, others, name, values)}
        foot={
          skillset && (
            <Button kind="danger" href={deletionPath} more={panelLink(SKILLSETS_PANEL, deletionPath)}>
              {t("admin.delete")}
            </Button>
          )
        }
      >
        <Fields {...props} />
      </SheetForm>
    </Sheet>
  )
}

function Fields({ screen: { t }, skillset, editing, people, others }: SkillsetSheetProps) {
  const field = fieldOf(t, editing)
  const elsewhere = others.filter(({ id }) => id !== skillset?.id)
  return (
    <>
      <TextField {...field("name")} label={t("skillsets.name")} autocomplete="off" />
      <FormGroup legend={t("skillsets.group_giving")}>
        <SelectField
          {...field("strategy")}
          label={t("skillsets.strategy")}
          hint={t("skillsets.strategy_hint")}
          options={STRATEGIES.map((value) => ({ value, label: t(`skillsets.strategy_${value}`) }))}
        />
        <NumberField
          {...field("priority")}
          label={t("skillsets.priority")}
          least={0}
          most={9}
          unit={t("skillsets.priority_unit")}
          hint={t("skillsets.priority_hint")}
        />
      </FormGroup>
      <FormGroup legend={t("skillsets.overflow")}>
        <SelectField
          {...field("overflowTo")}
          label={t("skillsets.overflow_to")}
          hint={t("skillsets.overflow_hint")}
          options={[
            { value: "", label: t("skillsets.overflow_none") },
            ...elsewhere.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
        />
        <NumberField
          {...field("afterSeconds")}
          label={t("skillsets.overflow_after")}
          least={1}
          most={86_400}
          unit={t("skillsets.seconds")}
        />
      </FormGroup>
      <FormGroup legend={t("skillsets.members_title")}>
        <ChecksField
          {...field("members")}
          label={t("skillsets.members_hint")}
          chosen={editing.written.members ?? []}
          none={t("users.empty")}
          options={people.map(({ id, name, username, enabled }) => ({
            value: String(id),
            label: name,
            aside: enabled ? username : t("users.disabled_mark"),
          }))}
        />
      </FormGroup>
    </>
  )
}

const labelsOf = (t: Translate): Record<string, string> => ({
  name: t("skillsets.name"),
  strategy: t("skillsets.strategy"),
  priority: t("skillsets.priority"),
  overflowTo: t("skillsets.overflow_to"),
  afterSeconds: t("skillsets.overflow_after"),
  members: t("skillsets.members_title"),
})

type Say = (
  t: Translate,
  people: readonly Named[],
  others: readonly Named[],
  name: string,
  values: readonly string[],
) => string

/** What a field holds, in words. */
const sayValues: Say = (t, people, others, name, values) => {
  const named = (list: readonly Named[], value: string) => list.find(({ id }) => String(id) === value)?.name ?? value
  const words: Record<string, (value: string) => string> = {
    members: (value) => named(people, value),
    overflowTo: (value) => (value === "" ? t("skillsets.overflow_none") : named(others, value)),
    strategy: (value) => t(`skillsets.strategy_${value as (typeof STRATEGIES)[number]}`),
  }
  return values.map(words[name] ?? ((value) => value)).join(", ")
}

type DeletionProps = Pick<ConfirmSheetProps, "screen" | "action" | "closePath"> & {
  skillset: Skillset
  uses: SkillsetUses
  others: readonly Named[]
  refusal: string | null
}

/** What would be left without it, and whose it becomes. */
export function SkillsetDeletion({ screen, skillset, uses, others, refusal, ...paths }: DeletionProps) {
  const { t } = screen
  const heirs = others.filter(({ id }) => id !== skillset.id)
  return (
    <ConfirmSheet
      screen={screen}
      {...paths}
      panel={SKILLSETS_PANEL}
      title={t("skillsets.delete_title", { name: skillset.name })}
      label={t("skillsets.delete_now", { name: skillset.name })}
      isBlocked={uses.isUsed && heirs.length === 0}
      refusal={refusal && <Banner tone="bad" title={refusal} isAnnounced />}
    >
      <p>{uses.isUsed ? t("skillsets.delete_used") : t("skillsets.delete_unused")}</p>
      <UsedBy uses={usesInWords(t, uses)} />
      {uses.isUsed && heirs.length > 0 && (
        <SelectField
          name="heir"
          label={t("skillsets.heir")}
          value={String(heirs[0]?.id)}
          hint={t("skillsets.heir_hint")}
          options={heirs.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
      {uses.isUsed && heirs.length === 0 && <Banner tone="warn" title={t("skillsets.no_heir")} />}
      <p>{t("skillsets.delete_history")}</p>
    </ConfirmSheet>
  )
}

const usesInWords = (t: Translate, { numbers, menus, overflows, conversationCount: count }: SkillsetUses) => [
  { what: t("skillsets.used_numbers"), names: numbers },
  { what: t("skillsets.used_menus"), names: menus },
  {
    what: t("skillsets.used_overflows"),
    names: overflows.map(({ id, name }) => ({ name, path: `${SKILLSETS_PATH}/${id}` })),
  },
  {
    what: t("skillsets.used_conversations"),
    names: count > 0 ? [{ name: t("skillsets.used_count", { count }) }] : [],
  },
]
