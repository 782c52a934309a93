/** Where one answers; or why one cannot, and what to do instead. What is typed is never lost. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { Phrase } from "../locales/index.ts"
import { PlaceButton, PlacePanel } from "../location/picker.tsx"
import { NoteForm, WritingTabs } from "../note/writing.tsx"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"
import { ComposerChoices, PredefinedButton, PredefinedPanel } from "../predefined-message/panel.tsx"
import { DictationBar, DictationNotice, DictationTool } from "../speech/dictation.tsx"
import { TemplateDialog, TemplateTool, Unanswered, WindowClosed } from "../template/dialog.tsx"
import { AttachButton, Attachments, FILE_LIMITS } from "./attaching.tsx"
import { ContactButton, ContactDialog } from "./contact-picker.tsx"
import { EmojiButton, EmojiPanel } from "./emoji.tsx"
import { ReplyBar } from "./replying.tsx"
import { Decline, Reserved } from "./reserved.tsx"
import { VoiceBar, VoiceButton, VoiceProblem } from "./voice.tsx"

type Props = { screen: Screen; head: ConversationHead }

/** The gate above follows the conversation; the field beneath is never drawn anew while the conversation is open. */
export const Composer = ({ screen, head }: Props) => (
  <div class="composer" id="composer" data-conversation={head.id}>
    <WritingTabs screen={screen} conversation={head.id} />
    <ComposerGate screen={screen} head={head} />
    <VoiceProblem {...screen} />
    <form
      class="composer-box"
      id="composer-form"
      method="post"
      action={`/conversations/${head.id}/messages`}
      data-composer
      data-files={`/conversations/${head.id}/files`}
      data-file-limits={JSON.stringify(FILE_LIMITS)}
      data-voice-notes={`/conversations/${head.id}/voice-notes`}
      data-conversation={head.id}
    >
      <FormToken csrfToken={screen.csrfToken} />
      <input type="hidden" name="clientId" value="" />
      <input type="hidden" name="predefined" value="" />
      <input type="hidden" name="withChoices" value="" />
      <input type="hidden" name="begunAfter" value="" />
      <input type="hidden" name="replyTo" value="" />
      <ReplyBar {...screen} />
      <label class="visually-hidden" for="composer-text">
        {screen.t("composer.message")}
      </label>
      <div class="composer-field">
        <div class="composer-marks" aria-hidden="true" hidden />
        <textarea
          id="composer-text"
          name="text"
          rows={1}
          dir="auto"
          autocomplete="off"
          placeholder={screen.t("composer.placeholder")}
          data-limit={4096}
        />
      </div>
      <Attachments screen={screen} />
      <ComposerChoices {...screen} />
      <DictationBar screen={screen} head={head} />
      <div class="composer-tools">
        <EmojiButton {...screen} />
        <AttachButton screen={screen} />
        <PlaceButton {...screen} />
        <VoiceButton {...screen} />
        <DictationTool screen={screen} head={head} />
        <ContactButton screen={screen} />
        <PredefinedButton {...screen} />
        <TemplateTool screen={screen} head={head} />
        <p class="composer-note" id="composer-note" role="status" />
        <Button kind="primary" icon="send" type="submit">
          {screen.t("composer.send")}
        </Button>
      </div>
      <VoiceBar {...screen} />
    </form>
    <NoteForm screen={screen} conversation={head.id} />
    <EmojiPanel {...screen} />
    <PlacePanel screen={screen} conversation={head.id} />
    <PredefinedPanel screen={screen} conversation={head.id} />
    <TemplateDialog screen={screen} head={head} />
    <ContactDialog screen={screen} conversation={head.id} />
    <DictationNotice screen={screen} head={head} />
  </div>
)

/** `data-mode` tells the field beneath whether it may be used; drawn anew with the thread. */
export const ComposerGate = ({ screen, head }: Props) => (
  <div class={`composer-gate is-${head.composer.mode}`} id="composer-gate" data-mode={head.composer.mode}>
    <Gate screen={screen} head={head} />
  </div>
)

function Gate({ screen, head }: Props) {
  const { t, format, now } = screen
  switch (head.composer.mode) {
    case "ready":
      return <span />
    case "offered":
      return (
        <Banner
          tone="info"
          icon="bell"
          title={t("composer.offered_title")}
          actions={
            <>
              {head.mayDecline && <Decline screen={screen} head={head} />}
              <Act screen={screen} path={`/conversations/${head.id}/opening`} words={t("composer.open")} />
            </>
          }
        >
          {head.offeredUntil === null
            ? t("composer.offered")
            : t("composer.offered_until", { time: format.preciseTime(head.offeredUntil) })}
        </Banner>
      )
    case "takeable":
      return (
        <Banner
          tone="info"
          icon="hand"
          title={t("composer.takeable_title")}
          actions={<Act screen={screen} path={`/conversations/${head.id}/taking`} words={t("composer.take")} />}
        >
          {t("composer.takeable")}
        </Banner>
      )
    case "owned":
      return (
        <Banner tone="info" icon="user-round" title={t("composer.owned", { name: head.composer.ownerName })}>
          {t("composer.owned_detail")}
        </Banner>
      )
    case "waiting":
      return (
        <Banner tone="info" icon="hourglass" title={t("composer.waiting_title")}>
          {t("composer.waiting")}
        </Banner>
      )
    case "parked":
      return <InWaitQueue screen={screen} head={head} />
    case "reserved":
      return <Reserved screen={screen} head={head} {...head.composer} />
    case "window_closed":
      return <WindowClosed screen={screen} head={head} />
    case "unanswered":
      return <Unanswered screen={screen} head={head} />
    case "number_held":
      return (
        <Banner tone="bad" title={t("composer.held_title")}>
          {t("composer.held", { reason: (t as Phrase)(`failure.${head.composer.reason}`) })}
        </Banner>
      )
    case "closed":
      return (
        <Banner
          tone="info"
          icon="circle-check"
          title={
            head.closedAt === null
              ? t("composer.closed_title")
              : `${t("composer.closed_title")} · ${format.moment(head.closedAt, now)}`
          }
          actions={head.composer.mayReopen && <Reopen screen={screen} head={head} />}
        >
          {t("composer.closed")}
        </Banner>
      )
  }
}

const Reopen = ({ screen, head }: Props) => (
  <Act screen={screen} path={`/conversations/${head.id}/reopening`} words={screen.t("composer.reopen")} />
)

const InWaitQueue = ({ screen, head }: Props) => (
  <Banner
    tone="info"
    icon="timer"
    title={screen.t("composer.parked_title")}
    actions={<Act screen={screen} path={`/conversations/${head.id}/unpark`} words={screen.t("wait_queue.unpause")} />}
  >
    {screen.t("composer.parked")}
  </Banner>
)

const Act = ({ screen, path, words }: { screen: Screen; path: string; words: string }) => (
  <form method="post" action={path} hx-post={path} hx-swap="none">
    <FormToken csrfToken={screen.csrfToken} />
    <Button kind="primary" type="submit">
      {words}
    </Button>
  </form>
)
