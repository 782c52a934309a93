/** A voice note over the message field: recorded with level and time, listened to, sent or thrown away. */
import { Button, IconButton } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export const VoiceButton = ({ t }: Screen) => (
  <IconButton icon="mic" label={t("voice.record")} more={{ "data-voice": "record" }} />
)

/** Which of the buttons are there follows `data-state`: recording, paused, listening, sending, failed. */
export const VoiceBar = ({ t }: Screen) => (
  <div class="voice" id="voice" role="group" aria-label={t("voice.title")} hidden>
    <IconButton icon="trash-2" label={t("voice.discard")} more={{ "data-voice": "discard" }} />
    <span class="voice-dot" aria-hidden="true" />
    <IconButton icon="play" label={t("voice.play")} more={{ "data-voice": "play" }} />
    <IconButton icon="pause" label={t("voice.stop_playing")} more={{ "data-voice": "stop-playing" }} />
    <span class="voice-time" id="voice-time" role="timer" />
    <svg class="voice-wave" id="voice-wave" viewBox="0 0 300 26" preserveAspectRatio="none" aria-hidden="true" />
    <progress class="voice-progress" max="1" value="0" aria-label={t("voice.sending")} />
    <span class="voice-total" id="voice-total" />
    <IconButton icon="pause" label={t("voice.pause")} more={{ "data-voice": "pause" }} />
    <IconButton icon="mic" label={t("voice.resume")} more={{ "data-voice": "resume" }} />
    <Button icon="square" more={{ "data-voice": "stop" }}>
      {t("voice.stop")}
    </Button>
    <Button kind="primary" icon="send" more={{ "data-voice": "send" }}>
      {t("composer.send")}
    </Button>
  </div>
)

/** What keeps the browser from recording, and what to do. */
export const VoiceProblem = ({ t }: Screen) => (
  <div class="voice-problem" id="voice-problem" role="alert" hidden>
    <Icon name="mic-off" />
    <p>
      <strong id="voice-problem-title" />
      <span id="voice-problem-detail" />
    </p>
    <IconButton icon="x" label={t("voice.dismiss")} more={{ "data-voice": "dismiss" }} />
  </div>
)
