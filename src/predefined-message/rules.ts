/**
 * Predefined messages: canned text in a category, optionally with reply buttons or a list (S31). What is between braces
 * is filled from the conversation when it is picked; what nobody knows the agent fills in before sending.
 */
import type { Id } from "~/kernel/id.ts"
import type { Prompt } from "~/message/rules/content.ts"

/** What goes along under the text; the ids of the choices are made when it is sent. */
export type Choices = { titles: readonly string[] } & ({ style: "buttons" } | { style: "list"; opener: string })

export type PredefinedMessage = {
  id: Id
  category: string
  title: string
  /** The language it is written in; empty: it fits any. */
  language: string
  text: string
  choices: Choices | null
  /** Whether agents may pick it. */
  enabled: boolean
}

/** What is known when a message is picked, by placeholder: `customer.name`, `agent.firstName`, … */
export type Known = { readonly [placeholder: string]: string | null }

const PLACEHOLDER = /\{([a-z][\w.]*)\}/gi

/** The text with what is known in its place; what is not stays, braces and all, for the agent. */
export const filled = (text: string, known: Known): string =>
  text.replace(PLACEHOLDER, (whole, name: string) => (Object.hasOwn(known, name) ? (known[name] ?? whole) : whole))

/** What still wants a value, once each, in the order in which it stands. */
export const unfilled = (text: string): string[] => [
  ...new Set([...text.matchAll(PLACEHOLDER)].map(([, name]) => name!)),
]

/** The same choices as WhatsApp gets them: an id comes back with what the customer presses. */
export function promptOf(id: Id, choices: Choices): Prompt {
  const common = {
    choices: choices.titles.map((title, index) => ({ id: `predefined-${id}-${index + 1}`, title })),
    footer: null,
  }
  return choices.style === "list"
    ? { style: "list", opener: choices.opener, ...common }
    : { style: "buttons", ...common }
}
