/** What a voice note says, under its player: asked for once, labelled as what a machine heard. */
import type { MessageItem } from "~/message/queries/thread.ts"
import { refusalLine } from "../locales/index.ts"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import { Said } from "../parts/said.tsx"
import type { Screen } from "../parts/screen.ts"

export function TranscriptionOf({ screen, item }: { screen: Screen; item: MessageItem }) {
  const { t } = screen
  const { transcription } = item.content
  if (transcription?.state === "done")
    return (
      <div class="transcription">
        <small class="transcription-label">
          <Icon name="audio-lines" size="small" />
          {t("transcription.label")}
        </small>
        <Said text={item.text} />
      </div>
    )
  const path = `/media/${item.id}/transcription`
  return (
    <div class="transcription">
      {transcription?.state === "working" && !item.mayBeTranscribed && (
        <small class="transcription-label" role="status">
          <Icon name="hourglass" size="small" />
          {t("transcription.working")}
        </small>
      )}
      {transcription?.state === "failed" && (
        <small class="transcription-label is-failed" role="status">
          <Icon name="circle-alert" size="small" />
          {refusalLine(t, { refused: transcription.reason })}
        </small>
      )}
      {item.mayBeTranscribed && (
        <form method="post" action={path} hx-post={path} hx-swap="none">
          <FormToken csrfToken={screen.csrfToken} />
          <Button size="small" kind="quiet" icon="audio-lines" type="submit">
            {t(transcription ? "transcription.again" : "transcription.ask")}
          </Button>
        </form>
      )}
    </div>
  )
}
