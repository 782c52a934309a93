/**
 * The template that brings the link when the 24 hours are over. The link is all that it asks for: in its text, or behind a
 * button that leads to our own page for calls.
 */
import type { Anatomy } from "~/template/rules/anatomy.ts"
import { askingButtons, type GivenValues } from "~/template/rules/filling.ts"

/** Where customers find their calls, on the public listener. */
export const CALL_PATH = "/call/"

export type LinkPlace = "text" | "button"

/** Where the link goes; null where there is no place for it, or something else is asked for. `callsAt`: what every link begins with. */
export function linkPlace(anatomy: Anatomy, callsAt: string): LinkPlace | null {
  const { header, variables } = anatomy
  if (header !== null && (header.kind !== "text" || header.variable !== null)) return null
  const asking = askingButtons(anatomy)
  if (asking.length === 0) return variables.length === 1 ? "text" : null
  const [button] = asking
  const isOurs = button?.kind === "url" && button.url.replace(/\{\{\s*\w+\s*\}\}$/, "") === callsAt
  return isOurs && asking.length === 1 && variables.length === 0 ? "button" : null
}

/** What a link is made of: `callsAt` and the token behind it. */
export type CallLink = { callsAt: string; token: string }
export const linkText = ({ callsAt, token }: CallLink): string => `${callsAt}${token}`

export const valuesWith = (place: LinkPlace, link: CallLink): GivenValues => ({
  header: "",
  place: null,
  file: null,
  body: place === "text" ? [linkText(link)] : [],
  buttons: place === "button" ? [link.token] : [],
})
