/** A3, skillsets and behaviour: who serves a number, in which order, and how it treats its conversations. */
import type { ChannelFrame } from "~/channel/queries/administering.ts"
import type { ChannelSettings } from "~/channel/rules/settings.ts"
import { type Done, type Editing, SheetForm } from "../admin/sheet.tsx"
import { type PlainKey, refusalLine, type Translate } from "../locales/index.ts"
import { Button, IconButton } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { SelectField } from "../parts/field.tsx"
import { FormGroup, NumberField, Switch } from "../parts/form.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"
import { CHANNEL_PANEL, CHANNELS_PATH, channelPath, pressing, SavesOnEnter } from "./page.tsx"

type Skillset = { id: number; name: string; memberCount: number }
type Props = { screen: Screen; frame: ChannelFrame; editing: Editing; done: Done | null }
export type ServingProps = Props & { chosen: readonly Skillset[]; others: readonly Skillset[] }

export function ChannelSkillsets({ screen, frame, editing, done, chosen, others }: ServingProps) {
  const { t } = screen
  const names = new Map([...chosen, ...others].map(({ id, name }) => [String(id), name]))
  const error = editing.errors.skillsets
  return (
    <section class="card">
      <h2>{t("channels.section_skillsets")}</h2>
      <p class="field-hint">{t("channels.skillsets_hint")}</p>
      <SheetForm
        screen={screen}
        panel={CHANNEL_PANEL}
        action={channelPath(frame.id, "skillsets")}
        closePath={CHANNELS_PATH}
        editing={editing}
        done={done}
        submitLabel={t("admin.save")}
        labels={{ skillsets: t("users.skillsets") }}
        say={(_, values) => values.flatMap((all) => all.split(" ").map((one) => names.get(one) ?? one)).join(", ")}
      >
        <SavesOnEnter />
        <ol class="serving">
          {chosen.map((skillset, index) => (
            <Serving screen={screen} skillset={skillset} index={index} count={chosen.length} />
          ))}
        </ol>
        {error && (
          <p class="field-error">
            <Icon name="circle-alert" size="small" />
            <span>{refusalLine(t, error)}</span>
          </p>
        )}
        {others.length > 0 && (
          <div class="hours-copy">
            <select class="select" name="adding" aria-label={t("channels.add_skillset")}>
              {others.map(({ id, name }) => (
                <option value={id}>{name}</option>
              ))}
            </select>
            <Button size="small" icon="plus" type="submit" more={pressing("add")}>
              {t("channels.add_skillset")}
            </Button>
          </div>
        )}
      </SheetForm>
    </section>
  )
}

type OneProps = { screen: Screen; skillset: Skillset; index: number; count: number }

const Serving = ({ screen: { t }, skillset: { id, name, memberCount }, index, count }: OneProps) => (
  <li>
    <input type="hidden" name="skillsets" value={id} />
    <span class="serving-place" aria-hidden="true">
      {index + 1}
    </span>
    <span class="serving-name">
      <strong>{name}</strong>
      {index === 0 && <Chip tone="ok">{t("channels.default")}</Chip>}
      <small>{t("channels.members", { count: memberCount })}</small>
    </span>
    <IconButton
      icon="chevron-up"
      type="submit"
      label={t("channels.up", { name })}
      disabled={index === 0}
      more={pressing(`up:${index}`)}
    />
    <IconButton
      icon="chevron-down"
      type="submit"
      label={t("channels.down", { name })}
      disabled={index === count - 1}
      more={pressing(`down:${index}`)}
    />
    <IconButton icon="x" type="submit" label={t("channels.take_out", { name })} more={pressing(`drop:${index}`)} />
  </li>
)

/** What a setting may be, as the rules have it. */
export type SettingKind =
  | { standard: number; least: number; most: number }
  | { standard: string; words: readonly string[] }
  | { standard: string; longest: number }
  | { standard: boolean }
type Name = keyof ChannelSettings
export type BehaviourProps = Props & { kinds: Readonly<Record<Name, SettingKind>> }

/** Every setting has its place: one that is forgotten does not compile. */
const GROUP_OF: Readonly<Record<Name, "silence" | "speech" | "queue" | "closing">> = {
  onlyKnownCustomers: "queue",
  parkSilentAfterMinutes: "silence",
  parkSilentAs: "silence",
  closeParkedAfterHours: "silence",
  windowReminderBeforeMinutes: "silence",
  welcomeAgainAfterHours: "speech",
  silentWhenLateMinutes: "speech",
  menuWhenClosed: "speech",
  overflowAfterSeconds: "queue",
  profilingReason: "closing",
  profilingNotes: "closing",
}
const GROUPS = ["silence", "speech", "queue", "closing"] as const

export function ChannelBehaviour({ screen, frame, editing, done, kinds }: BehaviourProps) {
  const { t } = screen
  const names = Object.keys(GROUP_OF) as Name[]
  const labels = Object.fromEntries(names.map((name) => [name, t(`channel_settings.name.${name}`)]))
  return (
    <section class="card">
      <h2>{t("channels.section_behaviour")}</h2>
      <SheetForm
        screen={screen}
        panel={CHANNEL_PANEL}
        action={channelPath(frame.id, "behaviour")}
        closePath={CHANNELS_PATH}
        editing={editing}
        done={done}
        submitLabel={t("admin.save")}
        labels={labels}
      >
        {GROUPS.map((group) => (
          <FormGroup legend={t(`channel_settings.group_${group}`)}>
            {names
              .filter((name) => GROUP_OF[name] === group)
              .map((name) => (
                <Setting screen={screen} editing={editing} name={name} kind={kinds[name]} />
              ))}
          </FormGroup>
        ))}
      </SheetForm>
    </section>
  )
}

type SettingProps = { screen: Screen; editing: Editing; name: Name; kind: SettingKind }

/** Its name, what it means, and what holds until somebody chooses. */
function Setting({ screen: { t, format }, editing: { written, errors }, name, kind }: SettingProps) {
  const { standard } = kind
  const usual =
    typeof standard === "boolean"
      ? t(standard ? "list_page.yes" : "list_page.no")
      : typeof standard === "number"
        ? format.number(standard)
        : wordOf(t, name, standard)
  const field = {
    name,
    label: t(`channel_settings.name.${name}`),
    value: written[name]?.[0] ?? "",
    hint: `${t(`channel_settings.hint.${name}`)} ${t("settings.standard", { value: usual })}`,
    error: errors[name] && refusalLine(t, errors[name]),
  }
  if ("words" in kind) {
    const options = kind.words.map((word) => ({ value: word, label: wordOf(t, name, word) }))
    return <SelectField {...field} options={options} />
  }
  if ("least" in kind) return <NumberField {...field} unit={unitOf(t, name)} least={kind.least} most={kind.most} />
  return <Switch name={name} label={field.label} hint={field.hint} isOn={(written[name]?.length ?? 0) > 0} />
}

const wordOf = (t: Translate, name: Name, word: string): string =>
  t(`channel_settings.${name === "parkSilentAs" ? "as" : "demand"}_${word}` as PlainKey)

/** Units are in the names. */
function unitOf(t: Translate, name: string): string {
  const unit = /(Seconds|Minutes|Hours)/.exec(name)?.[1]?.toLowerCase()
  return unit ? t(`settings.unit_${unit}` as PlainKey) : ""
}
