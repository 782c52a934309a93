/**
 * Predefined messages: canned text in a category, optionally with reply buttons or a list (S31). What is between braces
 * is filled from the conversation when it is picked; what nobody knows the agent fills in before sending.
 */
import type { Id } from "~/kernel/id.ts"
import { limits } from "~/kernel/limits.ts"
import { type Refusal, refuse } from "~/kernel/step.ts"
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

/** Meta's limits (wire reference §5.2), and our own for what agents look through. */
export const MOST_CHOICES = { buttons: 3, list: 10 } as const
export const LONGEST_CHOICE = { buttons: 20, list: 24 } as const
export const LONGEST_OPENER = 20
export const LONGEST_CATEGORY = 60
export const LONGEST_TITLE = 80

/** What is filled in by itself when a message is picked; any other word between braces is the agent's to fill in. */
export const PLACEHOLDERS = [
  "customer.name",
  "customer.firstName",
  "customer.phone",
  "agent.name",
  "agent.firstName",
  "agent.lastName",
  "company.name",
  "number.name",
  "number.phone",
]

const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/

/** Why it cannot be one; null when it can. A placeholder of ours that there is not is a slip of the pen. */
export function refusePredefinedMessage(given: Omit<PredefinedMessage, "id">): Refusal | null {
  const { language, text, choices } = given
  if (language !== "" && !LANGUAGE.test(language)) return refuse("predefined_message.language_malformed")
  if (text.trim() === "") return refuse("predefined_message.text_missing")
  const most = choices?.style === "buttons" ? limits.buttonsTextCharacters : limits.messageTextCharacters
  if (text.length > most)
    return choices?.style === "buttons"
      ? refuse("predefined_message.text_too_long_for_buttons", { most })
      : refuse("predefined_message.text_too_long", { most })
  const unknown = unfilled(text).find((name) => isOfOurs(name) && !PLACEHOLDERS.some((known) => known === name))
  if (unknown) return refuse("predefined_message.text_placeholder", { placeholder: `{${unknown}}` })
  return choices && refuseChoices(choices)
}

const isOfOurs = (name: string): boolean => /^(customer|agent|company|number)\./.test(name)

function refuseChoices(choices: Choices): Refusal | null {
  const { style, titles } = choices
  if (titles.length === 0) return refuse("predefined_message.replies_missing")
  if (titles.length > MOST_CHOICES[style])
    return refuse("predefined_message.replies_too_many", { most: MOST_CHOICES[style] })
  const long = titles.find((title) => title.length > LONGEST_CHOICE[style])
  if (long) return refuse("predefined_message.replies_too_long", { reply: long, most: LONGEST_CHOICE[style] })
  const folded = titles.map((title) => title.toLowerCase())
  const double = titles.find((title, index) => folded.indexOf(title.toLowerCase()) < index)
  if (double) return refuse("predefined_message.replies_twice", { reply: double })
  if (choices.style === "buttons") return null
  if (choices.opener === "") return refuse("predefined_message.opener_missing")
  return choices.opener.length > LONGEST_OPENER
    ? refuse("predefined_message.opener_too_long", { most: LONGEST_OPENER })
    : null
}

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
