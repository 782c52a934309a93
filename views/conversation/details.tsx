/** The right pane: what is known of the conversation and of the customer, and what came before. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { MessageCounts } from "~/conversation/queries/details.ts"
import type { CustomerHistory } from "~/conversation/queries/history.ts"
import type { CustomerCard } from "~/customer/queries.ts"
import type { MailAbout } from "~/mail/queries.ts"
import type { EventItem } from "~/message/queries/thread.ts"
import type { Profiling } from "~/profiling/rules.ts"
import type { HoldMark } from "~/retention/queries.ts"
import type { Tag } from "~/tag/queries.ts"
import { WhyLink } from "../assignment/why.tsx"
import type { CustomerRights } from "../customer/deeds.tsx"
import { CustomerDeedDialog } from "../customer/deeds.tsx"
import { CustomerDialog } from "../customer/form.tsx"
import { CustomerSection, StandingChips } from "../customer/section.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { IconButton } from "../parts/button.tsx"
import { Facts } from "../parts/facts.tsx"
import { Icon } from "../parts/icon.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Section } from "../parts/section.tsx"
import { HoldButton, HoldChips } from "../retention/holds.tsx"
import { TagLine, TagsDialog } from "../tag/tags.tsx"
import { eventIcon, eventSentence } from "./events.tsx"
import { HistorySection } from "./history.tsx"
import { MailButton, MailDialog, MailLines } from "./mail.tsx"

export type DetailsProps = {
  screen: Screen
  head: ConversationHead
  counts: MessageCounts
  profiling: Profiling | null
  history: CustomerHistory
  /** What happened, the latest first. */
  events: readonly EventItem[]
  customer: CustomerCard
  tags: readonly Tag[]
  mails: readonly MailAbout[]
  /** Seen by supervisors and admins. */
  holds: readonly HoldMark[]
  rights: CustomerRights & { mayMail: boolean }
}

export const ConversationDetails = (props: DetailsProps) => (
  <aside class="details-pane" id="details-pane" aria-label={props.screen.t("details.title")} data-pane>
    <DetailsFacts {...props} />
    <HistorySection screen={props.screen} conversation={props.head.id} history={props.history} />
    <div class="details-beside" id="details-beside" />
    <CustomerDialog {...props.screen} />
    <CustomerDeedDialog {...props.screen} />
    <TagsDialog {...props.screen} />
    <MailDialog {...props.screen} />
  </aside>
)

/** What follows the conversation; fields in which somebody may be typing stand outside of it. */
export const DetailsFacts = (props: DetailsProps) => (
  <div
    id="details-facts"
    {...livePanel(`/conversations/${props.head.id}/details`)}
    hx-trigger={`conversation-${props.head.id} from:body throttle:1s, refetch from:body`}
  >
    <header class="details-who">
      <IconButton
        icon="arrow-left"
        label={props.screen.t("details.hide")}
        more={{ "data-toggle": "details", "data-phone": true }}
      />
      <Avatar name={props.head.title} size="large" />
      <h2>{props.head.title}</h2>
      {props.head.phone !== null && (
        <p>
          <Icon name="phone" size="small" />
          <span>{props.head.phone}</span>
        </p>
      )}
      <div class="details-chips">
        <StandingChips {...props} />
        <HoldChips {...props} />
        <TagLine
          screen={props.screen}
          conversation={props.head.id}
          on="customer"
          tags={props.customer.tags}
          mayChange={props.rights.mayEdit}
        />
      </div>
    </header>
    <ConversationSection {...props} />
    <TimelineSection {...props} />
    <CustomerSection {...props} />
  </div>
)

/** The number stays in one piece. */
const NumberWords = ({ channelName, channelPhone }: DetailsProps["head"]) => (
  <>
    {channelName} <span class="phone-number">{channelPhone}</span>
  </>
)

const stateOf = (screen: Screen, { id, title, state, isExplained }: ConversationHead) =>
  isExplained ? (
    <>
      {screen.t(`state.${state}`)} <WhyLink screen={screen} conversation={id} name={title} />
    </>
  ) : (
    screen.t(`state.${state}`)
  )

function ConversationSection({ screen, head, counts, profiling, tags, mails, rights, holds }: DetailsProps) {
  const { t, format } = screen
  return (
    <Section id="details-conversation" title={t("details.conversation")}>
      <Facts
        facts={[
          { name: t("details.state"), value: stateOf(screen, head) },
          { name: t("details.opened"), value: format.dateTime(head.openedAt) },
          ...(head.closedAt === null ? [] : [{ name: t("details.closed"), value: format.dateTime(head.closedAt) }]),
          ...(profiling?.path ? [{ name: t("details.reason"), value: profiling.path }] : []),
          ...(profiling?.notes ? [{ name: t("details.notes"), value: <Notes words={profiling.notes} /> }] : []),
          { name: t("details.skillset"), value: head.skillsetName ?? t("details.none") },
          { name: t("details.agent"), value: head.ownerName ?? t("details.nobody") },
          { name: t("details.channel"), value: <NumberWords {...head} /> },
          {
            name: t("details.first_reply"),
            value: counts.firstReplyAfter === null ? t("details.none") : format.span(counts.firstReplyAfter),
          },
          {
            name: t("details.messages"),
            value: t("details.messages_count", { received: counts.received, sent: counts.sent }),
          },
        ]}
      />
      <TagLine screen={screen} conversation={head.id} on="conversation" tags={tags} mayChange />
      {rights.mayMail && <MailButton screen={screen} head={head} />}
      {mails.length > 0 && <MailLines screen={screen} mails={mails} />}
      {rights.mayErase && (
        <HoldButton
          screen={screen}
          place={{ on: "conversation", id: head.id }}
          isSet={holds.some(({ on }) => on === "conversation")}
        />
      )}
    </Section>
  )
}

const Notes = ({ words }: { words: string }) => (
  <span class="details-notes" dir="auto">
    {words}
  </span>
)

/** Who did what, when and why, the latest first. */
const TimelineSection = ({ screen, events }: DetailsProps) => (
  <Section id="details-timeline" title={screen.t("details.timeline")} isOpen={false}>
    <ol class="timeline">
      {events.map((event) => (
        <li>
          <Icon name={eventIcon(event)} size="small" />
          <span>{eventSentence(screen, event)}</span>
          <small>{screen.format.moment(event.at, screen.now)}</small>
        </li>
      ))}
    </ol>
  </Section>
)
