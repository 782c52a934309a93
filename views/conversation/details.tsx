/** The right pane: what is known of the conversation and of the customer, and what came before. */
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { MessageCounts, PastConversation } from "~/conversation/queries/details.ts"
import type { Profiling } from "~/profiling/rules.ts"
import { WhyLink } from "../assignment/why.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { IconButton } from "../parts/button.tsx"
import { Facts } from "../parts/facts.tsx"
import { Icon } from "../parts/icon.tsx"
import { livePanel, type Screen } from "../parts/screen.ts"
import { Section } from "../parts/section.tsx"

export type DetailsProps = {
  screen: Screen
  head: ConversationHead
  counts: MessageCounts
  profiling: Profiling | null
  past: readonly PastConversation[]
}

export const ConversationDetails = (props: DetailsProps) => (
  <aside
    class="details-pane"
    id="details-pane"
    aria-label={props.screen.t("details.title")}
    data-pane
    {...livePanel(`/conversations/${props.head.id}/details`)}
    hx-trigger={`conversation-${props.head.id} from:body throttle:5s, refetch from:body`}
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
    </header>
    <ConversationSection {...props} />
    <CustomerSection {...props} />
    <HistorySection {...props} />
  </aside>
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

function ConversationSection({ screen, head, counts, profiling }: DetailsProps) {
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
    </Section>
  )
}

const Notes = ({ words }: { words: string }) => (
  <span class="details-notes" dir="auto">
    {words}
  </span>
)

const CustomerSection = ({ screen: { t }, head }: DetailsProps) => (
  <Section id="details-customer" title={t("details.customer")}>
    <Facts
      facts={[
        { name: t("details.name"), value: head.customerName ?? t("details.none") },
        { name: t("details.whatsapp_name"), value: head.profileName ?? t("details.none") },
        { name: t("details.phone"), value: head.phone ?? t("details.none") },
        ...(head.username === null ? [] : [{ name: t("details.username"), value: `@${head.username}` }]),
      ]}
    />
  </Section>
)

const HistorySection = ({ screen: { t, format }, past }: DetailsProps) => (
  <Section id="details-history" title={t("details.history")}>
    {past.length === 0 ? (
      <p class="is-quiet">{t("details.no_history")}</p>
    ) : (
      <ol class="past-conversations">
        {past.map(({ id, openedAt, closedAt, channelName, ownerName, reason }) => (
          <li>
            <Icon name={closedAt === null ? "message-circle" : "circle-check"} size="small" />
            <a href={`/conversations/${id}`}>{format.dateTime(openedAt)}</a>
            <small>{t("details.past", { channel: channelName, agent: ownerName ?? t("details.nobody") })}</small>
            {reason !== null && <small dir="auto">{reason}</small>}
          </li>
        ))}
      </ol>
    )}
  </Section>
)
