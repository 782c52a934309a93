/**
 * The whole template engine: JSX that escapes everything by default. Text is always text; markup is an `Html` value,
 * and only this file can make one.
 */
const MADE_HERE = Symbol("made by the JSX runtime")

export class Html {
  readonly #text: string
  constructor(text: string, madeBy: symbol) {
    if (madeBy !== MADE_HERE) throw new TypeError("Html is made by JSX or raw() only")
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
}

/** Markup from a trusted constant (an icon, a doctype). Never from a person, a database or the wire. */
export const raw = (trusted: string): Html => new Html(trusted, MADE_HERE)

export type Child = Html | string | number | bigint | boolean | null | undefined | readonly Child[]
type AttributeValue = string | number | boolean | null | undefined | readonly (string | false | null | undefined)[]
type Attributes = { [name: string]: AttributeValue | Child }
type Props = Record<string, unknown> & { children?: Child }
type Component = (props: never) => Html

const VOID = new Set("area base br col embed hr img input link meta source track wbr".split(" "))
const RAW_TEXT = new Set(["script", "style"])
const NAME = /^[A-Za-z_:@][\w:@.-]*$/
const URL_ATTRIBUTES = new Set(
  "href src action formaction xlink:href hx-get hx-post hx-put hx-delete hx-patch".split(" "),
)
/** No inline script or style anywhere (4-look.md): such an attribute is a mistake of ours, caught at once. */
const FORBIDDEN = /^(on|style$|hx-on|srcdoc$)/i
const escapeHtml = Bun.escapeHTML

const safeUrl = (url: string) =>
  url.startsWith("/") || !/^[\0- ]*(?:javascript|vbscript|data)[\0- ]*:/i.test(url.replace(/[\t\n\r]/g, ""))

function write(child: Child): string {
  if (typeof child === "string") return escapeHtml(child)
  if (child instanceof Html) return child.toString()
  if (typeof child === "number" || typeof child === "bigint") return String(child)
  if (child === null || child === undefined || typeof child === "boolean") return ""
  if (Array.isArray(child)) return writeAll(child)
  throw new TypeError(`not renderable: ${Object.prototype.toString.call(child)}`)
}

function writeAll(children: readonly Child[]): string {
  let text = ""
  for (const child of children) text += write(child)
  return text
}

/** Names that were found good: a page has thousands of attributes of a few dozen names. */
const allowed = new Set<string>()
function allow(name: string): void {
  if (!NAME.test(name) || FORBIDDEN.test(name)) throw new TypeError(`attribute not allowed: ${name}`)
  allowed.add(name)
}

function attribute(name: string, value: unknown): string {
  if (value === undefined || value === null || value === false) return ""
  if (!allowed.has(name)) allow(name)
  if (value === true) return ` ${name}`
  const text = Array.isArray(value) ? value.filter(Boolean).join(" ") : String(value)
  return URL_ATTRIBUTES.has(name) && !safeUrl(text) ? ` ${name}="#blocked"` : ` ${name}="${escapeHtml(text)}"`
}

export function jsx(tag: string | Component, props: Props): Html {
  if (typeof tag === "function") return (tag as (props: Props) => Html)(props)
  let open = `<${tag}`
  for (const name of Object.keys(props)) if (name !== "children") open += attribute(name, props[name])
  open += ">"
  if (VOID.has(tag)) return raw(open)
  const { children } = props
  if (RAW_TEXT.has(tag) && children !== undefined && !(children instanceof Html))
    throw new TypeError(`<${tag}> takes raw() only`)
  return raw(`${open}${write(children)}</${tag}>`)
}
export const jsxs = jsx
export const jsxDEV = jsx
export const Fragment = ({ children }: { children?: Child }): Html => raw(write(children))

export declare namespace JSX {
  type Element = Html
  interface ElementChildrenAttribute {
    children: unknown
  }
  interface IntrinsicAttributes {
    key?: string
  }
  interface IntrinsicElements {
    [tag: string]: Attributes & { children?: Child }
  }
}
