/** A private note in the thread: another colour, a word that says who may read it. */
import type { NoteItem } from "~/note/queries.ts"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

export const NoteBubble = ({ screen, item }: { screen: Screen; item: NoteItem }) => (
  <article class="note-bubble" id={`note-${item.id}`} tabindex="-1">
    <p class="note-head">
      <Icon name="lock" size="small" />
      <strong>{item.isMine ? screen.t("thread.you") : item.authorName}</strong>
      <span>{screen.t("note.private")}</span>
      <time>{screen.format.time(item.at)}</time>
    </p>
    <p class="message-text" dir="auto">
      {item.parts.map(({ words, isCalled }) => (isCalled ? <b class="note-mention">{words}</b> : words))}
    </p>
  </article>
)
