/** The day of a call centre, repeatable: conversations open, talk among thousands of others, and close. */
import type { Chance } from "~/kernel/chance.ts"

/** What a layout makes an id of: the how-manyeth row it is, when it was made, and its turn within that millisecond. */
export type Made = { serial: number; at: number; turn: number }

/** Times are milliseconds. */
export type Opened = {
  act: "open"
  id: Made
  tenant: number
  customer: Made
  channel: Made
  agent: Made
  at: number
  remaining: number
  phone: number
  talked: boolean
}
export type Said = {
  act: "say"
  /** 1, 2, 3 … in order of arrival: the row number of layouts whose ids are no numbers. */
  number: number
  id: Made
  conversation: Opened
  inbound: boolean
  at: number
  wamid: string
  text: string
}
export type Closed = { act: "close"; conversation: Opened }
export type Deed = Opened | Said | Closed

/** What the reading tests draw from. */
export type Seen = {
  messages: number
  conversations: number
  /** A sample of all conversations, and the places in long ones where a page back begins. */
  any: Opened[]
  /** The conversations that agents have open now. */
  current: Opened[]
  long: { conversation: Opened; anchorAt: number; anchor: Made }[]
  sample: Said[]
  recent: Said[]
}

const START = Date.UTC(2026, 10, 22)
const TENANTS = 2
const OPEN_AT_ONCE = 5_000
const CUSTOMERS = 200_000
const CHANNELS = 6
const AGENTS = 300
const WORDS = 30_000
const RECENT = 20_000

/**
 * Two tenants (70 : 30), 5,000 conversations open at once, 20 messages each in the mean (nine in ten 5–23, the tenth
 * 60–140), one message every three seconds in the mean.
 */
export class Workload {
  readonly seen: Seen = { messages: 0, conversations: 0, any: [], current: [], long: [], sample: [], recent: [] }
  #open = this.seen.current
  #busy = new Set<number>()
  #at = START
  #last: Made = { serial: CUSTOMERS + CHANNELS + AGENTS, at: 0, turn: 0 }
  #words: string[]

  constructor(private readonly chance: Chance) {
    this.#words = vocabulary(chance)
  }

  /** Deeds that carry exactly `messages` messages, with the openings and closings that fall between them. */
  next(messages: number): Deed[] {
    const deeds: Deed[] = []
    for (let said = 0; said < messages; said++) {
      this.#at += this.chance.below(6_000)
      if (this.#open.length < OPEN_AT_ONCE) deeds.push(this.#opened())
      const slot = this.chance.below(this.#open.length)
      const conversation = this.#open[slot]!
      deeds.push(this.#said(conversation))
      if (--conversation.remaining === 0) deeds.push(this.#closed(conversation, slot))
    }
    return deeds
  }

  /** A word by its rank in frequency: 0 is the most common. */
  word(rank: number): string {
    return this.#words[rank]!
  }

  #opened(): Opened {
    let customer = 0
    do customer = 1 + this.chance.below(CUSTOMERS)
    while (this.#busy.has(customer))
    this.#busy.add(customer)
    const tenant = customer % 10 < 7 ? 1 : TENANTS
    const long = this.chance.below(10) === 0
    const opened: Opened = {
      act: "open",
      id: this.#made(),
      tenant,
      customer: older(customer),
      channel: older(CUSTOMERS + 1 + this.chance.below(CHANNELS)),
      agent: older(CUSTOMERS + CHANNELS + 1 + this.chance.below(AGENTS)),
      at: this.#at,
      remaining: long ? 60 + this.chance.below(81) : 5 + this.chance.below(14),
      phone: 393_300_000_000 + customer * 4_391,
      talked: false,
    }
    this.#open.push(opened)
    this.seen.conversations++
    if (this.chance.below(10) === 0) this.seen.any.push(opened)
    return opened
  }

  #said(conversation: Opened): Said {
    const inbound = this.chance.below(2) === 0
    const said: Said = {
      act: "say",
      number: ++this.seen.messages,
      id: this.#made(),
      conversation,
      inbound,
      at: this.#at,
      wamid: wamid(this.chance, conversation.phone, inbound),
      text: this.#text(),
    }
    if (this.chance.below(500) === 0) this.seen.sample.push(said)
    this.seen.recent[said.number % RECENT] = said
    if (conversation.remaining === 50) this.#rememberLong(conversation, said)
    return said
  }

  /** The page before the last 50 of a conversation that goes on for 49 messages after this one. */
  #rememberLong(conversation: Opened, said: Said): void {
    this.seen.long.push({ conversation, anchorAt: said.at, anchor: said.id })
  }

  #closed(conversation: Opened, slot: number): Closed {
    this.#open[slot] = this.#open.at(-1)!
    this.#open.pop()
    this.#busy.delete(customerOf(conversation.phone))
    return { act: "close", conversation }
  }

  #made(): Made {
    const turn = this.#at === this.#last.at ? this.#last.turn + 1 : 0
    this.#last = { serial: this.#last.serial + 1, at: this.#at, turn }
    return this.#last
  }

  /** 80–120 bytes mostly; one in a hundred a pasted page of some 1,500. */
  #text(): string {
    const length = this.chance.below(100) === 0 ? 1_500 : 75 + this.chance.below(40)
    let text = ""
    while (text.length < length) text += `${this.#words[rank(this.chance)]} `
    return text.trimEnd()
  }
}

/** Customers, channels and agents are older than the first conversation. */
const older = (serial: number): Made => ({ serial, at: START - 86_400_000 + serial * 7, turn: 0 })

const customerOf = (phone: number) => (phone - 393_300_000_000) / 4_391

/** Zipf, roughly: as many words fall between ranks 1 and 10 as between 1,000 and 10,000. */
const rank = (chance: Chance) => Math.floor(WORDS ** chance.fraction()) - 1

function vocabulary(chance: Chance): string[] {
  const syllables =
    "ba be bi ca che ci da di do fa fe gio la le ma me mi na no pa per ra re ri sa se si ta te to va ve".split(" ")
  const words = new Set<string>()
  while (words.size < WORDS) {
    const count = 1 + Math.min(4, Math.floor(words.size ** 0.25 / 3) + chance.below(2))
    let word = ""
    for (let part = 0; part < count; part++) word += syllables[chance.below(syllables.length)]
    words.add(words.has(word) ? word + syllables[chance.below(syllables.length)] : word)
  }
  return [...words]
}

/** The shape WhatsApp uses (base64 of the customer's number, a direction and 20 hexadecimal digits): 62 characters. */
function wamid(chance: Chance, phone: number, inbound: boolean): string {
  const serial = Buffer.from(chance.bytes(10)).toString("hex").toUpperCase()
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, 12]),
    Buffer.from(String(phone)),
    Buffer.from([0x15, 2, 0, inbound ? 0x12 : 0x11, 0x18, 20]),
    Buffer.from(serial),
    Buffer.from([0]),
  ])
  return `wamid.${bytes.toString("base64")}`
}
