import type { PredefinedMessage } from "~/predefined-message/rules.ts"
import type { AdminDeletionProps, AdminSheetProps } from "~/web/admin-pages.tsx"
import { fieldOf } from "../admin/field.ts"
import { ConfirmSheet, Sheet, SheetForm } from "../admin/sheet.tsx"
import { languageName } from "../layout/user-menu.tsx"
import { panelLink } from "../list/list.tsx"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { TextField } from "../parts/field.tsx"
import { AreaField, ChoiceField, Switch } from "../parts/form.tsx"
import type { Screen } from "../parts/screen.ts"
import { PREDEFINED_PANEL } from "./admin.tsx"
import { CustomerGets } from "./preview.tsx"
import { LANGUAGES, STYLES } from "./words.ts"

type SheetProps = AdminSheetProps<PredefinedMessage> & {
  categories: readonly string[]
  /** What is filled in by itself. */
  placeholders: readonly string[]
}

export function PredefinedSheet({ screen, one, editing, action, closePath, pathTo, ...rest }: SheetProps) {
  const { done, categories, placeholders } = rest
  const { t } = screen
  const labels = labelsOf(screen)
  const field = fieldOf(screen.t, editing)
  const isOn = editing.written.enabled?.includes("on") ?? false
  return (
    <Sheet
      screen={screen}
      panel={PREDEFINED_PANEL}
      closePath={closePath}
      title={one?.title ?? t("predefined_admin.new")}
    >
      <SheetForm
        screen={screen}
        panel={PREDEFINED_PANEL}
        action={action}
        closePath={closePath}
        editing={editing}
        labels={labels}
        done={done}
        submitLabel={t(one ? "admin.save" : "predefined_admin.create")}
        foot={one && <Ways screen={screen} pathTo={pathTo} />}
      >
        <TextField
          {...field("category")}
          label={labels.category}
          autocomplete="off"
          more={{ maxlength: 60, list: "predefined-known" }}
        />
        <datalist id="predefined-known">
          {categories.map((name) => (
            <option value={name} />
          ))}
        </datalist>
        <div class="columns">
          <TextField {...field("title")} label={labels.title} autocomplete="off" more={{ maxlength: 80 }} />
          <TextField
            {...field("language")}
            label={labels.language}
            optional={t("admin.optional")}
            autocomplete="off"
            hint={t("predefined_admin.language_hint")}
            more={{ maxlength: 12, list: "predefined-languages", autocapitalize: "none" }}
          />
        </div>
        <datalist id="predefined-languages">
          {LANGUAGES.map((language) => (
            <option value={language}>{languageName(language)}</option>
          ))}
        </datalist>
        <MessageFields screen={screen} editing={editing} placeholders={placeholders} />
        <Switch name="enabled" label={labels.enabled} hint={t("predefined_admin.enabled_hint")} isOn={isOn} />
      </SheetForm>
    </Sheet>
  )
}

const labelsOf = ({ t }: Screen) => ({
  category: t("predefined_admin.category"),
  title: t("predefined_admin.name"),
  language: t("login.language"),
  text: t("predefined_admin.text"),
  style: t("predefined_admin.style"),
  replies: t("predefined_admin.replies"),
  opener: t("predefined_admin.opener"),
  enabled: t("users.enabled"),
})

/** The text and what goes along under it, with what the customer will get. */
function MessageFields({ screen, editing, placeholders }: Pick<SheetProps, "screen" | "editing" | "placeholders">) {
  const { t } = screen
  const labels = labelsOf(screen)
  const field = fieldOf(screen.t, editing)
  const { written } = editing
  return (
    <div class="message-fields" data-message-preview>
      <AreaField
        {...field("text")}
        label={labels.text}
        rows={6}
        more={{ maxlength: 4096, "data-takes-placeholders": true }}
        hint={t("predefined_admin.text_hint")}
      />
      <div class="placeholders" data-placeholders="field-text">
        {placeholders.map((name) => (
          <button class="chip" type="button" data-placeholder={`{${name}}`}>{`{${name}}`}</button>
        ))}
      </div>
      <ChoiceField
        {...field("style")}
        label={labels.style}
        value={written.style?.[0] ?? "none"}
        options={STYLES.map((value) => ({ value, label: t(`predefined_admin.style_${value}`) }))}
      />
      <div class="reply-fields">
        <AreaField {...field("replies")} label={labels.replies} rows={3} hint={t("predefined_admin.replies_hint")} />
        <div class="opener-field">
          <TextField
            {...field("opener")}
            label={labels.opener}
            autocomplete="off"
            hint={t("predefined_admin.opener_hint")}
            more={{ maxlength: 20 }}
          />
        </div>
      </div>
      <CustomerGets screen={screen} written={written} />
    </div>
  )
}

const Ways = ({ screen: { t }, pathTo }: Pick<SheetProps, "screen" | "pathTo">) => (
  <>
    <Button href={pathTo("copy")} icon="copy" more={panelLink(PREDEFINED_PANEL, pathTo("copy"))}>
      {t("predefined_admin.copy")}
    </Button>
    <Button kind="danger" href={pathTo("deletion")} more={panelLink(PREDEFINED_PANEL, pathTo("deletion"))}>
      {t("admin.delete")}
    </Button>
  </>
)

export const PredefinedDeletion = ({ screen, one, refusal, ...paths }: AdminDeletionProps<PredefinedMessage>) => (
  <ConfirmSheet
    screen={screen}
    {...paths}
    panel={PREDEFINED_PANEL}
    label={screen.t("admin.delete")}
    title={screen.t("contents.delete_title", { name: one.title })}
    refusal={refusal && <Banner tone="bad" title={refusal} isAnnounced />}
  >
    <p>{screen.t("predefined_admin.delete_detail")}</p>
    <p>{screen.t("predefined_admin.delete_or_disable")}</p>
  </ConfirmSheet>
)
