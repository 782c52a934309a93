/** A3, menu: questions and choices one under the other, each with where it leads; beside it a phone to try it on. */
import type { ChannelFrame } from "~/channel/queries/administering.ts"
import type { ChoiceRow, MenuDraft, RowPlace } from "~/menu/rules/editing.ts"
import { type Done, type Editing, SheetForm } from "../admin/sheet.tsx"
import { CHANNEL_PANEL, CHANNELS_PATH, channelPath, pressing, SavesOnEnter } from "../channel/page.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { TextField } from "../parts/field.tsx"
import { AreaField, ChoiceField, FormGroup, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { errorOf, Leading, Person, Silence, Wrong } from "./leading.tsx"
import { PretendPhone, type PretendPhoneProps } from "./pretend-phone.tsx"

export type MenuFormProps = {
  screen: Screen
  frame: ChannelFrame
  editing: Editing
  done: Done | null
  draft: MenuDraft
  places: readonly RowPlace[]
  skillsets: readonly { id: number; name: string }[]
  limits: Readonly<Record<MenuDraft["style"], { choices: number; title: number }>>
  phone: PretendPhoneProps
}

export function MenuForm(props: MenuFormProps) {
  const { screen, frame, editing, done, draft, phone } = props
  const { t } = screen
  const path = channelPath(frame.id, "menu")
  return (
    <div class="menu-editor">
      <section class="card">
        <h2>{t("channels.section_menu")}</h2>
        <SheetForm
          screen={screen}
          panel={CHANNEL_PANEL}
          action={path}
          closePath={CHANNELS_PATH}
          editing={editing}
          done={done}
          submitLabel={t("admin.save")}
          labels={{ menu: t("channels.section_menu") }}
          say={(_, values) => (values.length > 0 ? t("menu_admin.another") : t("menu_admin.none"))}
        >
          <SavesOnEnter />
          <Switch name="isOn" label={t("menu_admin.is_on")} hint={t("menu_admin.is_on_hint")} isOn={draft.isOn} />
          <Question {...props} />
          <FormGroup legend={t("menu_admin.choices")}>
            <p class="field-hint">{t("menu_admin.choices_hint")}</p>
            {editing.errors.rows && <Wrong screen={screen} error={editing.errors.rows} />}
            <ol class="menu-rows">
              {draft.rows.map((row, index) => (
                <Choice {...props} row={row} index={index} />
              ))}
            </ol>
            <Button size="small" icon="plus" type="submit" more={pressing("add")}>
              {t("menu_admin.add")}
            </Button>
          </FormGroup>
          <Person {...props} />
          <Silence {...props} />
        </SheetForm>
      </section>
      <PretendPhone {...phone} />
    </div>
  )
}

function Question({ screen, draft, editing, limits }: MenuFormProps) {
  const { t } = screen
  const error = (name: string) => errorOf({ screen, editing }, name)
  return (
    <FormGroup legend={t("menu_admin.question")}>
      <AreaField
        name="greeting"
        label={t("menu_admin.greeting")}
        value={draft.greeting}
        rows={3}
        error={error("greeting")}
      />
      <ChoiceField
        name="style"
        label={t("menu_admin.style")}
        value={draft.style}
        options={(["buttons", "list", "text"] as const).map((style) => ({
          value: style,
          label: t(`menu_admin.style_${style}`, { most: limits[style].choices }),
        }))}
        hint={t("menu_admin.style_hint", { characters: limits[draft.style].title })}
      />
      <div class="only-for-lists">
        <TextField
          name="opener"
          label={t("menu_admin.opener")}
          value={draft.opener}
          hint={t("menu_admin.opener_hint")}
          error={error("opener")}
        />
      </div>
    </FormGroup>
  )
}

type RowProps = MenuFormProps & { row: ChoiceRow; index: number }

function Choice({ screen, editing, row, index, places, skillsets, draft, limits }: RowProps) {
  const { t } = screen
  const place = places[index]!
  const error = editing.errors[`row-${index}`]
  const name = row.title || t("menu_admin.choice", { number: place.number })
  return (
    <li class={`menu-row is-depth-${Math.min(place.depth, 4)}${error ? " is-wrong" : ""}`}>
      <input type="hidden" name="depth" value={place.depth} />
      <div class="menu-row-head">
        <span class="serving-place" aria-hidden="true">
          {place.number}
        </span>
        <Input
          name="title"
          value={row.title}
          label={t("menu_admin.title")}
          most={limits[draft.style].title}
          isWrong={!!error}
        />
        <IconButton
          icon="chevron-up"
          type="submit"
          label={t("channels.up", { name })}
          disabled={place.isFirst}
          more={pressing(`up:${index}`)}
        />
        <IconButton
          icon="chevron-down"
          type="submit"
          label={t("channels.down", { name })}
          disabled={place.isLast}
          more={pressing(`down:${index}`)}
        />
        <IconButton
          icon="trash-2"
          type="submit"
          label={t("menu_admin.drop", { name })}
          more={pressing(`drop:${index}`)}
        />
      </div>
      {error && <Wrong screen={screen} error={error} />}
      <div class="menu-row-fields">
        <Leading screen={screen} prefix="" row={row} skillsets={skillsets} />
      </div>
      <label class="menu-row-answer">
        <span>{t(place.asksOn ? "menu_admin.next_question" : "menu_admin.answer")}</span>
        <textarea class="input" name="answerText" rows={2}>
          {row.answer}
        </textarea>
      </label>
      <div class="channel-deeds">
        <Button
          kind="quiet"
          size="small"
          icon="plus"
          type="submit"
          more={{ ...pressing(`under:${index}`), "aria-label": t("menu_admin.add_under", { name }) }}
        >
          {t("menu_admin.under")}
        </Button>
      </div>
    </li>
  )
}

type InputProps = { name: string; value: string; label: string; most?: number; isWrong?: boolean }

const Input = ({ name, value, label, most, isWrong = false }: InputProps) => (
  <input
    class="input"
    name={name}
    value={value}
    maxlength={most}
    aria-label={label}
    placeholder={label}
    autocomplete="off"
    aria-invalid={isWrong ? "true" : null}
  />
)
