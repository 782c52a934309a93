/** Speaking into the message field: a button, its language, and while one speaks what happens to the words. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import { Button, IconButton } from "../parts/button.tsx"
import { closes, Dialog } from "../parts/dialog.tsx"
import type { Screen } from "../parts/screen.ts"
import { languageName } from "./words.ts"

type Props = { screen: Screen; head: ConversationHead }

/** Not shown before the script has seen that this browser can: no microphone without HTTPS. */
export const DictationTool = ({ screen, head: { dictation, id } }: Props) => {
  if (!dictation) return <span hidden />
  const { t } = screen
  const { engine, languages, language, wantsNotice } = dictation
  return (
    <span
      class="dictation-tool"
      data-dictation={engine}
      data-path={`/conversations/${id}/dictation`}
      data-wants-notice={wantsNotice ? "true" : null}
      hidden
    >
      <IconButton
        icon="audio-lines"
        label={t("dictation.start")}
        more={{ "data-dictate": "toggle", "aria-pressed": "false", "data-stop": t("dictation.stop") }}
      />
      <label class="dictation-language" title={t("dictation.language")}>
        <span class="visually-hidden">{t("dictation.language")}</span>
        <span aria-hidden="true" data-dictation-code>
          {language.split("-")[0]}
        </span>
        <select data-dictation-language>
          {languages.map((code) => (
            <option value={code} selected={code === language}>
              {languageName(screen, code)}
            </option>
          ))}
        </select>
      </label>
    </span>
  )
}

/** `data-state`: listening, working, slow, failed. */
export const DictationBar = ({ screen: { t }, head }: Props) => {
  if (!head.dictation) return <span hidden />
  return (
    <div class="dictation" id="dictation" role="group" aria-label={t("dictation.title")} hidden>
      <span class="dictation-dot" aria-hidden="true" />
      <meter class="dictation-level" min="0" max="1" value="0" aria-label={t("dictation.level")} />
      <p class="dictation-words" id="dictation-words" role="status" />
      <Button size="small" icon="rotate-ccw" more={{ "data-dictate": "again" }}>
        {t("dictation.again")}
      </Button>
      <Button size="small" icon="square" more={{ "data-dictate": "stop" }}>
        {t("dictation.stop_short")}
      </Button>
      <IconButton icon="x" label={t("dictation.dismiss")} more={{ "data-dictate": "dismiss" }} />
    </div>
  )
}

/** Told once, before the first word leaves for the browser's vendor. */
export const DictationNotice = ({ screen: { t }, head }: Props) => {
  if (head.dictation?.engine !== "cloud") return <span hidden />
  const id = "dictation-notice"
  return (
    <Dialog
      id={id}
      title={t("dictation.notice_title")}
      closeLabel={t("dictation.notice_no")}
      footer={
        <>
          <Button more={closes(id)}>{t("dictation.notice_no")}</Button>
          <Button kind="primary" more={{ "data-dictate": "confirm" }}>
            {t("dictation.notice_yes")}
          </Button>
        </>
      }
    >
      <p>{t("dictation.notice")}</p>
    </Dialog>
  )
}
