/** Acme with texts on its number, and what the pretend phones show of them. */
import type { Instant } from "~/kernel/clock.ts"
import { office } from "../support/cast.ts"
import { openWorld } from "../support/world.ts"

export const TEXTS = {
  welcome: { en: "Hello {customer.name}, welcome to {company.name}." },
  queued: { en: "You are number {position} for {skillset}." },
  closed_hours: { en: "We are closed. We open {opensAt|again soon}." },
  transferred: { en: "{agent.firstName|A colleague} of {skillset} goes on." },
  parked: { en: "Write again when it suits you. {agent.firstName}" },
  closed: { en: "Goodbye from {agent.firstName|all of us}." },
  closed_automatically: { en: "We have not heard from you." },
  window_reminder: { en: "Write to us within two hours." },
}

type More = { messages?: unknown; hours?: unknown; channel?: object; hands?: Parameters<typeof office>[0] }

/** One number with texts; Anna, Marco and Carla, who supervises. */
export function company({ messages = TEXTS, hours, channel, hands = HANDS }: More = {}) {
  const [tenant] = office(hands, { hours }).tenants
  const [main] = tenant!.channels
  return { tenants: [{ ...tenant, channels: [{ ...main, messages, ...channel }] }] }
}

const HANDS = [
  { username: "anna", skillsets: ["Sales"], most: 1 },
  { username: "marco", skillsets: ["Service"] },
  { username: "carla", skillsets: [], level: "supervisor" },
]

export const openShop = (more: More = {}, start?: Instant) =>
  openWorld({ document: company(more), ...(start === undefined ? {} : { start }) })
