/** A3, connection: the set-up step by step, each with what is right and what to do; credentials; letting it go. */
import type { Finding } from "~/channel/rules/findings.ts"
import { fieldOf } from "../admin/field.ts"
import { type Done, type Editing, SheetForm } from "../admin/sheet.tsx"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken, TextField } from "../parts/field.tsx"
import { FormGroup } from "../parts/form.tsx"
import { MetaSays, secretField } from "./new.tsx"
import { CHANNEL_PANEL, CHANNELS_PATH, channelPath, Enabling } from "./page.tsx"
import { Steps, type StepsProps } from "./set-up.tsx"

export type ConnectionProps = StepsProps & {
  editing: Editing
  phoneNumberId: string
  done: Done | null
  /** What came of a message to try it. */
  tried: { phone: string; finding: Finding<true> | null; error: string | null } | null
}

export const Connection = ({ screen, frame, setUp, editing, phoneNumberId, done, tried, ...rest }: ConnectionProps) => (
  <>
    <Steps screen={screen} frame={frame} setUp={setUp} {...rest} />
    <Try screen={screen} frame={frame} tried={tried} />
    <section class="card" id="access">
      <h2>{screen.t("channels.access")}</h2>
      <Credentials screen={screen} frame={frame} editing={editing} phoneNumberId={phoneNumberId} done={done} />
    </section>
    <section class="card">
      <h2>{screen.t("channels.pause_or_delete")}</h2>
      <p class="field-hint">{screen.t("channels.pause_or_delete_detail")}</p>
      <div class="channel-deeds">
        {frame.standing !== "off" && <Enabling screen={screen} id={frame.id} isOn={false} />}
        <Button kind="danger" href={`${CHANNELS_PATH}/${frame.id}/deletion`}>
          {screen.t("admin.delete")}
        </Button>
      </div>
    </section>
  </>
)

function Try({ screen, frame, tried }: Pick<ConnectionProps, "screen" | "frame" | "tried">) {
  const { t } = screen
  const action = `${CHANNELS_PATH}/${frame.id}/test-message`
  const isSent = tried?.finding != null && "found" in tried.finding
  const trouble = tried?.finding && "trouble" in tried.finding ? tried.finding.trouble : null
  return (
    <section class="card">
      <h2>{t("channels.step_try")}</h2>
      {isSent ? (
        <Banner tone="ok" title={t("channels.tried")} isAnnounced />
      ) : (
        <p class="field-hint">{t("channels.try_detail")}</p>
      )}
      {trouble && <MetaSays screen={screen} trouble={trouble} />}
      <form
        class="setup-try"
        method="post"
        action={action}
        hx-post={action}
        hx-target={`#${CHANNEL_PANEL}`}
        hx-swap="outerMorph"
      >
        <FormToken csrfToken={screen.csrfToken} />
        <TextField
          name="phone"
          type="tel"
          label={t("channels.try_phone")}
          value={tried?.phone ?? ""}
          error={tried?.error ?? undefined}
          autocomplete="tel"
        />
        <Button type="submit" icon="send">
          {t("channels.try")}
        </Button>
      </form>
    </section>
  )
}

type CredentialsProps = Pick<ConnectionProps, "screen" | "frame" | "editing" | "phoneNumberId" | "done">

function Credentials({ screen, frame, editing, phoneNumberId, done }: CredentialsProps) {
  const { t } = screen
  const field = (name: string) => ({ ...fieldOf(t, editing)(name), autocomplete: "off" })
  const kept = { optional: t("channels.kept_when_empty") }
  return (
    <SheetForm
      screen={screen}
      panel={CHANNEL_PANEL}
      action={channelPath(frame.id, "connection")}
      closePath={CHANNELS_PATH}
      editing={editing}
      done={done}
      submitLabel={t("channels.save_and_check")}
      labels={{ name: t("channels.name"), displayPhoneNumber: t("channels.number"), wabaId: t("channels.waba_id") }}
    >
      <FormGroup legend={t("channels.step_who")}>
        <div class="columns">
          <TextField {...field("name")} label={t("channels.name")} />
          <TextField {...field("displayPhoneNumber")} label={t("channels.number")} />
          <TextField {...field("wabaId")} label={t("channels.waba_id")} />
          <TextField
            name="phoneNumberIdShown"
            label={t("channels.phone_number_id")}
            value={phoneNumberId}
            disabled
            hint={t("channels.phone_number_id_fixed")}
          />
        </div>
      </FormGroup>
      <FormGroup legend={t("channels.secrets")}>
        <p class="field-hint">{t("channels.secrets_hint")}</p>
        <div class="columns">
          <TextField {...secretField(screen, editing, "accessToken")} label={t("channels.access_token")} {...kept} />
          <TextField {...secretField(screen, editing, "appSecret")} label={t("channels.app_secret")} {...kept} />
        </div>
      </FormGroup>
    </SheetForm>
  )
}
