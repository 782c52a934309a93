/** Whose card is sent: colleagues and our numbers at once, customers by name or number. */
import type { Id } from "~/kernel/id.ts"
import type { SendableContact } from "~/message/queries/contacts.ts"
import type { CardSource } from "~/message/rules/cards.ts"
import { Avatar } from "../parts/avatar.tsx"
import { IconButton } from "../parts/button.tsx"
import { Dialog, DialogNotices, opens } from "../parts/dialog.tsx"
import { EmptyState } from "../parts/empty-state.tsx"
import { FormToken } from "../parts/field.tsx"
import { Icon } from "../parts/icon.tsx"
import type { Screen } from "../parts/screen.ts"

const DIALOG = "contact-dialog"

export const ContactButton = ({ screen: { t } }: { screen: Screen }) => (
  <IconButton icon="contact" label={t("contacts.send")} more={opens(DIALOG)} />
)

export const ContactDialog = ({ screen, conversation }: { screen: Screen; conversation: Id }) => {
  const path = `/conversations/${conversation}/contacts`
  return (
    <Dialog id={DIALOG} title={screen.t("contacts.title")} closeLabel={screen.t("contacts.close")}>
      <DialogNotices />
      <form class="contact-picker" method="post" action={path} data-picks-contact>
        <FormToken csrfToken={screen.csrfToken} />
        <label class="search-frame">
          <span class="visually-hidden">{screen.t("contacts.search")}</span>
          <Icon name="search" size="small" />
          <input
            class="input"
            type="search"
            name="words"
            maxlength={100}
            autocomplete="off"
            placeholder={screen.t("contacts.search")}
            hx-get={path}
            hx-trigger="input changed delay:200ms, load-contacts"
            hx-target="#contact-list"
            hx-swap="outerMorph"
          />
        </label>
        <div class="contact-list" id="contact-list" />
      </form>
    </Dialog>
  )
}

const GROUPS: readonly CardSource[] = ["number", "colleague", "customer"]

/** The answer to what is typed: each is a button that sends that card. */
export function ContactList({ screen, words, contacts }: ContactListProps) {
  const { t } = screen
  if (contacts.length === 0)
    return (
      <div class="contact-list" id="contact-list">
        <EmptyState icon="contact" title={t("contacts.none_title")}>
          {t("contacts.none")}
        </EmptyState>
      </div>
    )
  return (
    <div class="contact-list" id="contact-list">
      {GROUPS.filter((source) => contacts.some((one) => one.source === source)).map((source) => (
        <section aria-label={t(`contacts.${source}`)}>
          <h3>{t(`contacts.${source}`)}</h3>
          {contacts
            .filter((one) => one.source === source)
            .map((contact) => (
              <Choice {...contact} />
            ))}
        </section>
      ))}
      {words.trim().length < 2 && <p class="contact-hint">{t("contacts.hint")}</p>}
    </div>
  )
}
type ContactListProps = { screen: Screen; words: string; contacts: readonly SendableContact[] }

const Choice = ({ source, id, name, phone, email }: SendableContact) => (
  <button class="contact-choice" type="button" data-source={source} data-id={id}>
    <Avatar name={name} />
    <span>
      <strong dir="auto">{name}</strong>
      <small dir="auto">{[phone, email].filter(Boolean).join(" · ")}</small>
    </span>
    <Icon name="send" size="small" />
  </button>
)
