/** What the views of the simulator's page are told. */
export type BubbleProps = {
  id: string
  /** `mine`: written on this phone; `theirs`: by the business. */
  side: "mine" | "theirs"
  type: string
  heading: string
  text: string
  footer: string
  time: string
  tick: "waiting" | "sent" | "delivered" | "read" | "played" | "failed" | null
  errorCode: number | null
  quote: { who: string | null; type: string; text: string } | null
  medium: { kind: string; url: string | null; name: string; size: string } | null
  choices: { kind: "buttons" | "quick-replies" | "list"; label: string; sections: SectionProps[] } | null
  /** Buttons that do something on the phone itself. */
  links: readonly { kind: "url" | "phone" | "copy_code"; title: string; value: string }[]
  chosen: string | null
  reactions: string[]
  ownReaction: string | null
  edited: boolean
  deleted: boolean
}

export type SectionProps = { title: string; choices: { id: string; title: string; description: string }[] }

export type PhoneProps = {
  id: string
  name: string
  number: string | null
  username: string | null
  initials: string
  hue: number
  clock: string
  airplane: boolean
  receipts: boolean
  marketing: boolean
  blocked: boolean
  line: { id: string; name: string; initials: string }
  lines: { id: string; name: string }[]
  bubbles: BubbleProps[]
  typing: boolean
  unsent: boolean
  windowClosed: boolean
}

export type CustomerProps = { id: string; name: string; number: string | null; shown: boolean; last: string }

export type WireProps = {
  order: number
  direction: "in" | "out"
  tone: "plain" | "info" | "good" | "warn" | "bad"
  subject:
    | { about: "message" | "status" | "send"; of: string; again: boolean }
    | { about: "receipt" | "typing" }
    | { about: "words"; words: string }
  details: (string | { attempt: number } | { fault: string } | "no answer")[]
  time: string
}

export type FaultProps = { kind: string; on: boolean }

export type BenchProps = {
  phones: PhoneProps[]
  customers: CustomerProps[]
  wire: WireProps[]
  faults: { usual: FaultProps[]; more: FaultProps[]; delaySeconds: number }
  pace: { on: boolean; perMinute: number }
  productUrl: string | null
}
