/** A3, messages: what a number says by itself, occasion by occasion, in each language, with how it reads. */

import type { MessagesDraft } from "~/automatic-message/rules/editing.ts"
import type { AutomaticKind } from "~/automatic-message/rules.ts"
import type { ChannelFrame } from "~/channel/queries/administering.ts"
import { type Done, type Editing, SheetForm } from "../admin/sheet.tsx"
import { CHANNEL_PANEL, CHANNELS_PATH, channelPath, SavesOnEnter } from "../channel/page.tsx"
import { type PlainKey, refusalLine } from "../locales/index.ts"
import { Button, IconButton } from "../parts/button.tsx"
import { AreaField, Switch } from "../parts/form.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export type MessagesProps = {
  screen: Screen
  frame: ChannelFrame
  editing: Editing
  done: Done | null
  draft: MessagesDraft
  kinds: readonly AutomaticKind[]
  /** What each may name. */
  placeholders: Readonly<Record<AutomaticKind, readonly string[]>>
  languages: readonly string[]
  /** How each row reads for a customer; null where something in it is wrong. */
  previews: readonly (string | null)[]
  longest: number
}

export function ChannelMessages(props: MessagesProps) {
  const { screen, frame, editing, done, kinds } = props
  const { t } = screen
  const labels = Object.fromEntries(kinds.map((kind) => [kind, t(`automatic.kind_${kind}`)]))
  return (
    <section class="card">
      <h2>{t("channels.section_messages")}</h2>
      <p class="field-hint">{t("automatic.hint")}</p>
      <SheetForm
        screen={screen}
        panel={CHANNEL_PANEL}
        action={channelPath(frame.id, "messages")}
        closePath={CHANNELS_PATH}
        editing={editing}
        done={done}
        submitLabel={t("admin.save")}
        labels={labels}
      >
        <SavesOnEnter />
        {kinds.map((kind) => (
          <Occasion {...props} kind={kind} />
        ))}
      </SheetForm>
    </section>
  )
}

function Occasion({ kind, ...props }: MessagesProps & { kind: AutomaticKind }) {
  const { screen, draft, editing } = props
  const { t } = screen
  const rows = draft.rows.map((row, index) => ({ ...row, index })).filter((row) => row.kind === kind)
  const error = editing.errors[kind]
  return (
    <fieldset class="occasion">
      <legend class="visually-hidden">{t(`automatic.kind_${kind}`)}</legend>
      <Switch
        name="on"
        label={t(`automatic.kind_${kind}`)}
        hint={t(`automatic.when_${kind}`)}
        isOn={draft.on.includes(kind)}
        more={{ value: kind }}
      />
      {rows.map(({ index, language, text }) => (
        <Text {...props} kind={kind} index={index} language={language} text={text} />
      ))}
      {error && (
        <p class="field-error">
          <Icon name="circle-alert" size="small" />
          <span>{refusalLine(t, error)}</span>
        </p>
      )}
      <div class="channel-deeds">
        <Button
          kind="quiet"
          size="small"
          icon="plus"
          type="submit"
          more={{
            name: "do",
            value: `add:${kind}`,
            "aria-label": t("automatic.add_to", { kind: t(`automatic.kind_${kind}`) }),
          }}
        >
          {t("automatic.add")}
        </Button>
      </div>
    </fieldset>
  )
}

type TextProps = MessagesProps & { kind: AutomaticKind; index: number; language: string; text: string }

function Text({ screen, frame, editing, kind, index, language, text, ...rest }: TextProps) {
  const { t } = screen
  const error = editing.errors[`text-${index}`]
  const occasion = t(`automatic.kind_${kind}`)
  const names = new Intl.DisplayNames(screen.format.language, { type: "language" })
  const languages = rest.languages.includes(language) ? rest.languages : [...rest.languages, language]
  const preview = `${channelPath(frame.id, "messages")}/preview`
  return (
    <div class="occasion-text">
      <input type="hidden" name="kind" value={kind} />
      <div class="occasion-language">
        <select class="select" name="language" aria-label={t("automatic.language_of", { kind: occasion })}>
          {languages.map((one) => (
            <option value={one} selected={one === language}>
              {names.of(one) ?? one}
            </option>
          ))}
        </select>
        <IconButton
          icon="trash-2"
          type="submit"
          label={t("automatic.drop", { kind: occasion, language: names.of(language) ?? language })}
          more={{ name: "do", value: `drop:${index}` }}
        />
      </div>
      <AreaField
        name={`text-${index}`}
        label={t("automatic.text")}
        value={text}
        rows={3}
        error={error && refusalLine(t, error)}
        more={{
          name: "text",
          lang: language,
          maxlength: rest.longest,
          "hx-post": preview,
          "hx-trigger": "input changed delay:400ms",
          "hx-include": "closest form",
          "hx-swap": "outerMorph",
          "hx-target": `#preview-${index}`,
          "hx-vals": JSON.stringify({ row: index }),
        }}
      />
      <p class="placeholders">
        <span>{t("automatic.insert")}</span>
        {rest.placeholders[kind].map((name) => (
          <button class="chip" type="button" data-inserts={`{${name}}`} data-into={`field-text-${index}`}>
            {t(`automatic.placeholder_${name.replace(".", "_").toLowerCase()}` as PlainKey)}
          </button>
        ))}
      </p>
      <TextPreview screen={screen} index={index} text={rest.previews[index] ?? null} />
    </div>
  )
}

/** As the customer reads it, with somebody's name in it. */
export const TextPreview = ({ screen, index, text }: { screen: Screen; index: number; text: string | null }) => (
  <div class="text-preview" id={`preview-${index}`}>
    {text !== null && text !== "" && (
      <>
        <small>{screen.t("automatic.reads")}</small>
        <p class="phone-bubble">{text}</p>
      </>
    )}
  </div>
)
