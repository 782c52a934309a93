/** Text as WhatsApp shows it, and nothing that WhatsApp would not make of it. */
import { describe, expect, test } from "bun:test"
import { blocksOf, type Link, type Span, spansOf } from "views/parts/formatting.ts"
import { Said } from "views/parts/said.tsx"

const html = (text: string) =>
  String(<Said text={text} />)
    .replaceAll(/ (class|dir|rel|target)="[^"]*"/g, "")
    .replace(/^<p>|<\/p>$/g, "")

describe("marks", () => {
  const CASES: [written: string, shown: string][] = [
    ["*bold* _italic_ ~strike~ `code`", "<b>bold</b> <i>italic</i> <s>strike</s> <code>code</code>"],
    ["*bold _and italic_*", "<b>bold <i>and italic</i></b>"],
    ["```mono *as it is*```", "<code>mono *as it is*</code>"],
    ["snake_case_name 2*3*4 a~b~c", "snake_case_name 2*3*4 a~b~c"],
    ["no * no * and *no\nmore*", "no * no * and *no\nmore*"],
    ["(*yes*), «_yes_»!", "(<b>yes</b>), «<i>yes</i>»!"],
    ["**", "**"],
    ["*", "*"],
    ["<b>no</b>", "&lt;b&gt;no&lt;/b&gt;"],
    ["`<img src=x>`", "<code>&lt;img src=x&gt;</code>"],
  ]
  test.each(CASES)("%s", (written, shown) => expect(html(written)).toBe(shown))
})

describe("lists, quotes and blocks", () => {
  test("are each an element of their own, with the lines of one kind together", () => {
    const kinds = blocksOf("Hello\n> said\n> before\n- one\n* two\n3. third\n4. fourth\nend").map(({ block }) => block)
    expect(kinds).toEqual(["text", "quote", "bullets", "numbers", "text"])
    expect(html("3. third\n4. fourth")).toBe('<ol start="3"><li>third</li><li>fourth</li></ol>')
    expect(html("```\nconst a = 1\n  b\n```")).toBe("<pre>const a = 1\n  b</pre>")
  })

  test("empty lines stay", () => expect(html("a\n\nb")).toBe("a\n\nb"))
})

const linksIn = (spans: readonly Span[]): Link[] =>
  spans.flatMap((span) => {
    if (typeof span === "string" || "code" in span) return []
    return "href" in span ? [span] : linksIn(span.spans)
  })
const links = (text: string) => linksIn(spansOf(text)).map(({ href, text: shown }) => [shown, href])

describe("what leads somewhere", () => {
  const CASES: [written: string, ...found: [shown: string, href: string][]][] = [
    ["see https://a.test/x_y_z.", ["https://a.test/x_y_z", "https://a.test/x_y_z"]],
    ["(https://a.test/b_(c))", ["https://a.test/b_(c)", "https://a.test/b_(c)"]],
    ["*https://a.test/x*", ["https://a.test/x", "https://a.test/x"]],
    ["www.a.test!", ["www.a.test", "https://www.a.test/"]],
    ["write to anna.rossi+x@mail.a.test", ["anna.rossi+x@mail.a.test", "mailto:anna.rossi+x@mail.a.test"]],
    [
      "call +39 345 555 0172 or 0039 06 555 0100",
      ["+39 345 555 0172", "tel:+393455550172"],
      ["0039 06 555 0100", "tel:+39065550100"],
    ],
    ["order 48270012345, 12.5.2026, IBAN IT60X0542811101000000123456"],
    ["javascript:alert(1) data:text/html,x vbscript:x file:///etc/passwd"],
    ["https://bank.test@evil.test/login"],
    ["https://user:pw@evil.test"],
    ["http://localhost/x https:// https://."],
    ["https://a.test/\u202Efdp.exe", ["https://a.test/", "https://a.test/"]],
    ['https://a.test/"onmouseover=x', ["https://a.test/", "https://a.test/"]],
  ]
  test.each(CASES)("%s", (written, ...found) => expect(links(written)).toEqual(found))

  test("a host in foreign letters says where it really leads", () => {
    const [link] = linksIn(spansOf("https://аpple.com/login"))
    expect(link).toMatchObject({ host: "xn--pple-43d.com", href: "https://xn--pple-43d.com/login" })
    expect(html("https://аpple.com")).toContain("<small> (xn--pple-43d.com)</small>")
    expect(linksIn(spansOf("https://Apple.com/LOGIN"))[0]?.host).toBeNull()
  })

  test("a link opens apart and tells nobody where it was found", () => {
    expect(String(<Said text="https://a.test" />)).toContain(
      'rel="noopener noreferrer nofollow" target="_blank">https://a.test</a>',
    )
  })
})

test("text longer than any message is shown as it came", () => {
  const long = "*a* ".repeat(2_000)
  expect(blocksOf(long)).toEqual([{ block: "text", spans: [long] }])
})
