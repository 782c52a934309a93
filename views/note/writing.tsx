/** Beside answering the customer: a note for colleagues, which never leaves the house. */
import type { Id } from "~/kernel/id.ts"
import { OnlookersLine } from "../conversation/onlookers.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

/** Which of the two fields is shown is the script's; without one the note stands below the answer. */
export const WritingTabs = ({ screen, conversation }: { screen: Screen; conversation: Id }) => (
  <div class="writing-head">
    <Tabs {...screen} />
    <OnlookersLine screen={screen} conversation={conversation} others={[]} />
  </div>
)

const Tabs = ({ t }: Screen) => (
  <fieldset class="writing-tabs" aria-label={t("note.tabs")}>
    <button type="button" data-writes="reply" aria-pressed="true">
      {t("note.tab_reply")}
    </button>
    <button type="button" data-writes="note" aria-pressed="false">
      {t("note.tab")}
    </button>
  </fieldset>
)

export const NoteForm = ({ screen, conversation }: { screen: Screen; conversation: Id }) => (
  <form
    class="composer-box note-box"
    id="note-form"
    method="post"
    action={`/conversations/${conversation}/notes`}
    data-note-form
    data-conversation={conversation}
    data-colleagues={`/conversations/${conversation}/colleagues`}
    hidden
  >
    <FormToken csrfToken={screen.csrfToken} />
    <input type="hidden" name="clientId" value="" />
    <label class="visually-hidden" for="note-text">
      {screen.t("note.field")}
    </label>
    <textarea
      id="note-text"
      name="text"
      rows={1}
      dir="auto"
      autocomplete="off"
      placeholder={screen.t("note.placeholder")}
      role="combobox"
      aria-autocomplete="list"
      aria-expanded="false"
      aria-controls="note-colleagues"
    />
    <div class="note-colleagues" id="note-colleagues" role="listbox" aria-label={screen.t("note.colleagues")} hidden />
    <div class="composer-tools">
      <p class="composer-note" id="note-status" role="status" />
      <Button kind="primary" icon="lock" type="submit">
        {screen.t("note.save")}
      </Button>
    </div>
  </form>
)
