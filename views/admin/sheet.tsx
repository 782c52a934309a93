/**
 * A form beside its list: a route of its own (`/admin/users/12`), the list stays where it was. On a phone it is the
 * screen. It keeps what was typed, says what is wrong field by field, and what somebody else has changed meanwhile.
 */
import type { Conflict, Written } from "~/web/editing.ts"
import type { FieldErrors } from "~/web/form.ts"
import type { Child } from "../jsx-runtime.ts"
import { panelLink } from "../list/list.tsx"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export type SheetProps = {
  screen: Screen
  /** The panel around list and sheet. */
  panel: string
  title: string
  subtitle?: Child
  /** In front of the title: an avatar, an icon. */
  mark?: Child
  /** Back to the list as it stands. */
  closePath: string
  /** Beside the title. */
  actions?: Child
  children: Child
}

export const Sheet = ({ screen, panel, title, subtitle, mark, closePath, actions, children }: SheetProps) => (
  <section class="sheet" aria-labelledby="sheet-title" data-sheet>
    <header class="sheet-head">
      {mark}
      <div>
        <h2 id="sheet-title">{title}</h2>
        {subtitle && <p>{subtitle}</p>}
      </div>
      {actions}
      <IconButton
        icon="x"
        label={screen.t("dialog.close")}
        href={closePath}
        more={{ "data-sheet-close": true, ...panelLink(panel, closePath) }}
      />
    </header>
    {children}
  </section>
)

/** What a form shows: its fields as they are written, and what is wrong with them. */
export type Editing = {
  written: Written
  errors: FieldErrors
  conflict: Conflict | null
  /** What its fields said when it was read; null for a new object. */
  before: Written | null
}

/** What was done, in a sentence; `undo`: where it is taken back, with which fields. */
export type Done = { sentence: string; undo?: { action: string; fields: Readonly<Record<string, string>> } }

export type SheetFormProps = {
  screen: Screen
  panel: string
  action: string
  closePath: string
  editing: Editing
  submitLabel: string
  /** What each field is called, for the notice that names what others changed. */
  labels: Readonly<Record<string, string>>
  /** How a field's values read there: names instead of ids. */
  say?(name: string, values: readonly string[]): string
  /** What has just been done. */
  done?: Done | null
  /** At the end of the foot: what leads to a deletion. */
  foot?: Child
  children: Child
}

export function SheetForm({ screen, panel, action, closePath, editing, submitLabel, ...rest }: SheetFormProps) {
  const { t } = screen
  const { errors, before } = editing
  const wrong = Object.keys(errors).filter((name) => name !== "form").length
  return (
    <>
      <form
        class="sheet-form"
        method="post"
        action={action}
        novalidate
        hx-post={action}
        hx-target={`#${panel}`}
        hx-swap="outerMorph"
      >
        <input type="hidden" name="_csrf" value={screen.csrfToken} />
        {before && <input type="hidden" name="before" value={JSON.stringify(before)} />}
        <div class="sheet-body">
          {rest.done && <DoneBanner screen={screen} {...rest.done} />}
          {errors.form && <Banner tone="bad" title={refusalLine(t, errors.form)} isAnnounced />}
          {editing.conflict && (
            <ConflictNotice screen={screen} panel={panel} action={action} editing={editing} {...rest} />
          )}
          {rest.children}
        </div>
        <footer class="sheet-foot">
          <Button kind="primary" type="submit">
            {submitLabel}
          </Button>
          <Button href={closePath} more={panelLink(panel, closePath)}>
            {t("admin.cancel")}
          </Button>
          {wrong > 0 ? <p class="sheet-wrong">{t("admin.to_correct", { count: wrong })}</p> : rest.foot}
        </footer>
      </form>
      {rest.done?.undo && <UndoForm screen={screen} undo={rest.done.undo} />}
    </>
  )
}

const UNDO_FORM = "undo-form"

const DoneBanner = ({ screen, sentence, undo }: Done & { screen: Screen }) => (
  <Banner
    tone="ok"
    title={sentence}
    isAnnounced
    actions={
      undo && (
        <Button size="small" type="submit" more={{ form: UNDO_FORM }}>
          {screen.t("admin.undo")}
        </Button>
      )
    }
  />
)

/** Stands beside the form whose banner has its button: forms cannot stand in forms. */
const UndoForm = ({ screen, undo }: Pick<Done, "undo"> & { screen: Screen }) => (
  <form id={UNDO_FORM} method="post" action={undo?.action} hidden>
    <input type="hidden" name="_csrf" value={screen.csrfToken} />
    {Object.entries(undo?.fields ?? {}).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </form>
)

type ConflictProps = Pick<SheetFormProps, "screen" | "panel" | "action" | "editing" | "labels" | "say">

/** Who saved meanwhile, and what: saving again says «mine», the other button takes theirs. */
export function ConflictNotice({ screen, panel, action, editing: { conflict }, labels, say }: ConflictProps) {
  const { t, format, now } = screen
  const { by, fields } = conflict!
  const words = say ?? ((_: string, values: readonly string[]) => values.join(", "))
  return (
    <div class="conflict" role="alert">
      <Icon name="triangle-alert" />
      <div>
        <strong>
          {by ? t("admin.conflict", { name: by.name, time: format.moment(by.at, now) }) : t("admin.conflict_unknown")}
        </strong>
        <ul>
          {fields.map(({ name, was, is }) => (
            <li>
              {t("admin.conflict_field", {
                field: labels[name] ?? name,
                was: words(name, was) || "–",
                is: words(name, is) || "–",
              })}
            </li>
          ))}
        </ul>
        <p>{t("admin.conflict_kept")}</p>
        <Button size="small" href={action} more={panelLink(panel, action)}>
          {t("admin.conflict_discard")}
        </Button>
      </div>
    </div>
  )
}

export type ConfirmSheetProps = Omit<SheetProps, "children"> & {
  action: string
  /** What is about to happen, and what it means. */
  children: Child
  label: string
  /** Nothing can be done as things stand: only the way back is offered. */
  isBlocked?: boolean
  refusal?: Child
}

/** The question before something that cannot be taken back: what will happen, and a button that names it. */
export const ConfirmSheet = ({ action, label, isBlocked = false, refusal, children, ...sheet }: ConfirmSheetProps) => (
  <Sheet {...sheet}>
    <form
      class="sheet-form"
      method="post"
      action={action}
      hx-post={action}
      hx-target={`#${sheet.panel}`}
      hx-swap="outerMorph"
    >
      <input type="hidden" name="_csrf" value={sheet.screen.csrfToken} />
      <div class="sheet-body">
        {refusal}
        {children}
      </div>
      <footer class="sheet-foot">
        {!isBlocked && (
          <Button kind="solid-danger" type="submit">
            {label}
          </Button>
        )}
        <Button href={sheet.closePath} more={panelLink(sheet.panel, sheet.closePath)}>
          {sheet.screen.t("admin.cancel")}
        </Button>
      </footer>
    </form>
  </Sheet>
)

export type Use = { what: string; names: readonly { name: string; path?: string }[] }

/** What would be left without what is about to go: «in use», named. */
export const UsedBy = ({ uses }: { uses: readonly Use[] }) => (
  <dl class="used-by">
    {uses
      .filter(({ names }) => names.length > 0)
      .map(({ what, names }) => (
        <>
          <dt>{what}</dt>
          <dd>
            <ul>
              {names.map(({ name, path }) => (
                <li>{path ? <a href={path}>{name}</a> : name}</li>
              ))}
            </ul>
          </dd>
        </>
      ))}
  </dl>
)
