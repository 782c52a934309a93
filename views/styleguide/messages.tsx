import type { EventItem, MessageItem, MessageTimes } from "~/message/queries/thread.ts"
import { Bubble } from "../conversation/bubble.tsx"
import { EventLine } from "../conversation/events.tsx"
import type { Screen } from "../parts/screen.ts"
import { Sample } from "./sample.tsx"

const NO_TIMES: MessageTimes = {
  sentByCustomer: null,
  deliveredToSystem: null,
  readBySystem: null,
  readByAgent: null,
  readByAgentName: null,
  sentByAgent: null,
  sentBySystem: null,
  delivered: null,
  read: null,
  played: null,
  failed: null,
}

function sample(id: number, at: number, changes: Partial<MessageItem>): MessageItem {
  return {
    type: "message",
    id,
    direction: "in",
    kind: "text",
    text: "",
    content: {},
    authorName: null,
    isMine: false,
    at,
    status: "received",
    failure: null,
    quoted: null,
    chosen: [],
    mayBeAnswered: false,
    mayBeTranscribed: false,
    medium: null,
    times: { ...NO_TIMES, sentByCustomer: at },
    ...changes,
  }
}

const OURS = { direction: "out", authorName: "Elena Conti", isMine: true } as const
const STATUSES = ["queued", "sent", "delivered", "read", "failed", "uncertain", "held", "discarded"] as const
const KINDS = ["image", "voice", "document", "sticker", "contacts", "unsupported", "revoke"] as const

export const MessageSamples = ({ screen }: { screen: Screen }) => (
  <>
    <Sample name="The customer">
      <Lines screen={screen} items={theirs(screen.now)} />
    </Sample>
    <Sample name="Ours, by status">
      <Lines
        screen={screen}
        items={STATUSES.map((status, index) => {
          const failure = status === "failed" ? { reasonKey: "not_on_whatsapp", code: 131026, details: null } : null
          return sample(100 + index, screen.now, { ...OURS, status, failure, text: `Status: ${status}` })
        })}
      />
    </Sample>
    <Sample name="By System">
      <Lines screen={screen} items={[question(screen.now)]} />
    </Sample>
    <Sample name="Kinds">
      <Lines
        screen={screen}
        items={KINDS.map((kind, index) =>
          sample(200 + index, screen.now, { kind, text: kind === "image" ? "Look" : "" }),
        )}
      />
    </Sample>
    <Sample name="What happened">
      <div class="thread-items styleguide-wide">
        {EVENTS.map(([kind, data], index) => (
          <EventLine
            screen={screen}
            item={{ type: "event", id: index, at: screen.now, kind, actorName: "Marco", data }}
          />
        ))}
      </div>
    </Sample>
  </>
)

const theirs = (now: number): MessageItem[] => [
  sample(1, now, { text: "11:00 would be great. Do I need to bring the receipt?" }),
  sample(2, now, {
    text: "Book a slot",
    quoted: {
      isHere: true,
      place: { id: 1, at: 0, conversation: null },
      isOurs: true,
      authorName: "Elena Conti",
      kind: "text",
      text: "Hello Giulia, your order #4827 is ready…",
    },
  }),
]

const question = (now: number): MessageItem => {
  const choices = ["Opening hours", "Repairs", "Talk to a person"].map((title) => ({ id: title, title }))
  const prompt = { style: "buttons" as const, choices, footer: null }
  const text = "Hello! What is it about?"
  return sample(300, now, {
    direction: "out",
    kind: "prompt",
    status: "read",
    text,
    content: { prompt },
    chosen: [{ id: "Repairs", at: now }],
  })
}

const EVENTS: [string, EventItem["data"]][] = [
  ["transferred", { toUser: null, toSkillset: 1, toSkillsetName: "Service" }],
  ["activated", { how: "opened", agentName: "Elena" }],
  ["closed", { how: "automatic" }],
]

const Lines = ({ screen, items }: { screen: Screen; items: readonly MessageItem[] }) => (
  <div class="thread-items styleguide-wide">
    {items.map((item) => (
      <Bubble screen={screen} item={item} conversation={0} customerName="Giulia Lombardi" follows={false} mayDecide />
    ))}
  </div>
)
