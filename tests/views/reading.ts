/** Reads rendered markup the way an assistive technology would: elements with their names. */
import type { Html } from "views/jsx-runtime.ts"

export type Read = { tag: string; attributes: Map<string, string>; text: string }

/** Every element that `selector` finds, with its text (without what is hidden from assistive technology). */
export async function elements(html: Html | string, selector: string): Promise<Read[]> {
  const found: Read[] = []
  const open: Read[] = []
  let hidden = 0
  const rewriter = new HTMLRewriter()
    .on("[aria-hidden=true]", {
      element(element) {
        hidden++
        element.onEndTag(() => {
          hidden--
        })
      },
    })
    .on(selector, {
      element(element) {
        const attributes = new Map([...element.attributes].map(([name, value]) => [name!, plain(value!)]))
        const read = { tag: element.tagName, attributes, text: "" }
        found.push(read)
        if (VOID.has(element.tagName)) return
        open.push(read)
        element.onEndTag(() => {
          open.splice(open.indexOf(read), 1)
        })
      },
    })
    .on("*", {
      text(chunk) {
        if (hidden === 0) for (const read of open) read.text += chunk.text
      },
    })
  await rewriter.transform(new Response(String(html))).text()
  return found.map((read) => ({ ...read, text: plain(read.text).replace(/\s+/g, " ").trim() }))
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'" }
/** Markup's spelling of a text undone: the parser hands it on as it was written. */
const plain = (text: string): string => text.replace(/&(amp|lt|gt|quot|#x27);/g, (_, name: string) => ENTITIES[name]!)

const VOID = new Set(["input", "img", "br", "hr", "meta", "link"])

/** What an element is called: its label, else its words. */
export const nameOf = ({ attributes, text }: Read): string => attributes.get("aria-label") ?? text
export const namesOf = async (html: Html | string, selector: string): Promise<string[]> =>
  (await elements(html, selector)).map(nameOf)
