/** «Send by e-mail»: whom to, what goes along, what in it is sensitive; sent once the address has been read again. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { Transcript } from "~/conversation/queries/transcript.ts"
import type { Refusal } from "~/kernel/step.ts"
import type { MailAbout } from "~/mail/queries.ts"
import { refusalLine } from "../locales/index.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { closes, Dialog, DialogNotices, opens } from "../parts/dialog.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

const DIALOG = "conversation-mail-dialog"
const PLACE = "conversation-mail-place"

export const MailButton = ({ screen, head }: { screen: Screen; head: ConversationHead }) => (
  <Button
    size="small"
    kind="quiet"
    icon="mail"
    more={{
      ...opens(DIALOG),
      "hx-get": `/conversations/${head.id}/mail`,
      "hx-target": `#${PLACE}`,
      "hx-swap": "innerHTML",
    }}
  >
    {screen.t("mailing.open")}
  </Button>
)

export const MailDialog = ({ t }: Screen) => (
  <Dialog id={DIALOG} title={t("mailing.title")} closeLabel={t("dialog.close")}>
    <DialogNotices />
    <div id={PLACE}>
      <p class="is-quiet">{t("details.loading")}</p>
    </div>
  </Dialog>
)

export type MailFormProps = {
  screen: Screen
  head: ConversationHead
  transcript: Transcript
  /** The bytes of what would go along. */
  size: number
  values: { to: string; words: string; withFiles: boolean }
  error?: Refusal | null
  /** Everything is right: shown once more, to be read before it leaves. */
  isConfirming?: boolean
  /** No mail server is set: it will wait. */
  mustWait: boolean
}

export function MailForm(props: MailFormProps) {
  const { screen, head, isConfirming = false } = props
  return (
    <form
      class="customer-form"
      method="post"
      action={`/conversations/${head.id}/mail`}
      hx-post={`/conversations/${head.id}/mail`}
      hx-target={`#${PLACE}`}
      hx-swap="innerHTML"
      data-closes-when-done={DIALOG}
      novalidate
    >
      <FormToken csrfToken={screen.csrfToken} />
      {isConfirming ? <Confirming {...props} /> : <Asking {...props} />}
    </form>
  )
}

function Asking({ screen, transcript, size, values, error, mustWait }: MailFormProps) {
  const { t } = screen
  return (
    <>
      <Warnings screen={screen} transcript={transcript} mustWait={mustWait} />
      <TextField
        name="to"
        label={t("mailing.to")}
        type="email"
        autocomplete="off"
        isFocused
        value={values.to}
        error={error ? refusalLine(t, error) : undefined}
      />
      <div class="field">
        <label for="mailing-words">{t("mailing.words")}</label>
        <textarea class="input" id="mailing-words" name="words" rows={2} maxlength={2000} dir="auto">
          {values.words}
        </textarea>
      </div>
      {transcript.lines.some(({ medium }) => medium) && (
        <label class="check">
          <input type="checkbox" name="withFiles" value="on" checked={values.withFiles} />
          <span>
            {t("mailing.files", { count: transcript.files.length, megabytes: megabytes(screen, size) })}
            {transcript.leftOut > 0 && ` ${t("mailing.left_out", { count: transcript.leftOut })}`}
          </span>
        </label>
      )}
      <div class="form-foot">
        <Button kind="quiet" more={closes(DIALOG)}>
          {t("transfer.cancel")}
        </Button>
        <Button kind="primary" type="submit">
          {t("mailing.go_on")}
        </Button>
      </div>
    </>
  )
}

function Confirming({ screen, head, transcript, size, values }: MailFormProps) {
  const { t } = screen
  const { files, lines } = transcript
  return (
    <>
      <input type="hidden" name="to" value={values.to} />
      <input type="hidden" name="words" value={values.words} />
      <input type="hidden" name="withFiles" value={values.withFiles ? "on" : ""} />
      <p>{t("mailing.confirm", { name: head.title })}</p>
      <p class="mailing-address">{values.to}</p>
      <p class="is-quiet">
        {t("mailing.what", {
          messages: t("mailing.messages", { count: lines.length }),
          files: t("mailing.files", { count: files.length, megabytes: megabytes(screen, size) }),
        })}
      </p>
      <div class="form-foot">
        <Button kind="quiet" type="submit" more={{ name: "step", value: "back" }}>
          {t("mailing.back")}
        </Button>
        <Button kind="primary" icon="send" type="submit" more={{ name: "step", value: "send", autofocus: true }}>
          {t("mailing.send")}
        </Button>
      </div>
    </>
  )
}

const Warnings = ({
  screen: { t },
  transcript,
  mustWait,
}: Pick<MailFormProps, "screen" | "transcript" | "mustWait">) => (
  <>
    {transcript.sensitive.length > 0 ? (
      <Banner tone="warn" icon="triangle-alert" title={t("mailing.sensitive")}>
        {transcript.sensitive.map((kind) => t(`mailing.sensitive_${kind}`)).join(" ")}
      </Banner>
    ) : (
      <p class="is-quiet">{t("mailing.explain")}</p>
    )}
    {mustWait && <p class="is-warn">{t("mailing.must_wait")}</p>}
  </>
)

const megabytes = ({ format }: Screen, bytes: number): string => format.number(Math.ceil(bytes / 100_000) / 10)

/** What left before, and what became of it. */
export const MailLines = ({ screen, mails }: { screen: Screen; mails: readonly MailAbout[] }) => (
  <ul class="mail-lines">
    {mails.map(({ recipient, queuedAt, state, reason }) => (
      <li class={`is-${state}`}>
        <Icon
          name={state === "sent" ? "check" : state === "failed" || state === "uncertain" ? "circle-alert" : "clock"}
          size="small"
        />
        <span>
          {recipient} · {screen.t(`mail.state.${state}`)}
        </span>
        <small>
          {screen.format.moment(queuedAt, screen.now)}
          {reason !== null && ` · ${screen.t(`mail.trouble.${reason}`)}`}
        </small>
      </li>
    ))}
  </ul>
)
