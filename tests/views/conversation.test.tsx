import { describe, expect, test } from "bun:test"
import { CloseDialog } from "views/conversation/close.tsx"
import { Console } from "views/conversation/console.tsx"
import { ConversationList } from "views/conversation/list.tsx"
import { Popups } from "views/conversation/popup.tsx"
import { Thread, ThreadPane } from "views/conversation/thread.tsx"
import type { Html } from "views/jsx-runtime.ts"
import type { ComposerState } from "~/conversation/queries/console.ts"
import type { MessageItem, ThreadItem } from "~/message/queries/thread.ts"
import type { MessageKind } from "~/message/rules/content.ts"
import { minutesAgo, NOW, screenIn } from "./props.ts"
import { elements, nameOf, namesOf } from "./reading.ts"
import { CONTENTS, head, label, message, ours } from "./thread-props.ts"

const thread = (items: ThreadItem[], changes = {}, language = "en") => (
  <Thread screen={screenIn(language)} head={head(changes)} items={items} from={null} olderFrom={null} />
)
const pane = (changes = {}, language = "en") => (
  <ThreadPane screen={screenIn(language)} head={head(changes)} items={[]} from={null} olderFrom={null} />
)
/** What a sighted reader sees of a part. */
const wordsOf = async (html: Html, selector: string): Promise<string[]> =>
  (await elements(html, selector)).map(({ text }) => text)

describe("the list of conversations", () => {
  const list = (labels = [label(1), label(2)], status: "ready" | "break" = "ready") => (
    <ConversationList screen={screenIn("en")} labels={labels} current={2} status={status} />
  )

  test("is a list named «Conversations», with the open one marked", async () => {
    expect(await namesOf(list(), "ul")).toEqual(["Conversations"])
    const [here] = await elements(list(), "a[aria-current=page]")
    expect(here?.attributes.get("href")).toBe("/conversations/2")
  })

  test("a label says who, the last line, how many are unread and since when the customer waits", async () => {
    const waiting = label(3, { title: "Anna Moretti", unreadCount: 2, waitingSince: NOW - 134_000 })
    const [row] = await elements(list([waiting]), "a.conversation-label")
    for (const words of ["Anna Moretti", "Hello", "2 unread messages", "2:14"]) expect(row?.text).toContain(words)
    const [since] = await elements(list([waiting]), "time[data-since]")
    expect([since?.attributes.get("data-since"), since?.attributes.get("class")]).toEqual([
      String(NOW - 134_000),
      "since is-late",
    ])
  })

  test("an empty list says what will appear, by the agent's status", async () => {
    expect(String(list([]))).toContain("The next one appears here by itself")
    expect(String(list([], "break"))).toContain("You are on a break")
  })
})

describe("the thread", () => {
  test("is a log named «Messages» with the customer's text as it was typed", async () => {
    const text = "First line\n  second <b>line</b> & more 🙂"
    const page = thread([message(1, { text })])
    const [log] = await elements(page, "[role=log]")
    expect([nameOf(log!), log?.attributes.get("aria-live")]).toEqual(["Messages", "off"])
    expect(String(page)).toContain("First line\n  second &lt;b&gt;line&lt;/b&gt; &amp; more 🙂")
  })

  test("days are told apart, unread messages begin under a line, and neighbours are one group", async () => {
    const items = [
      message(1, { at: minutesAgo(26 * 60), times: { ...message(1).times, readByAgent: minutesAgo(25 * 60) } }),
      message(2, { at: minutesAgo(3) }),
      message(3, { at: minutesAgo(2) }),
    ]
    const page = thread(items, { unreadCount: 2 })
    expect(await wordsOf(page, ".day-line")).toEqual(["Yesterday, 21 November", "Today, 22 November"])
    expect(await wordsOf(page, ".unread-line")).toEqual(["2 unread messages"])
    expect(String(page).indexOf("unread-line")).toBeGreaterThan(String(page).indexOf('id="message-1"'))
    expect((await elements(page, ".is-following")).map((e) => e.attributes.get("id"))).toEqual(["message-3"])
  })

  test("every status of ours has its own word, and the customer's needs none", async () => {
    const statuses = "queued sending sent delivered read played failed uncertain held discarded".split(" ")
    const words = new Set<string>()
    for (const status of statuses as MessageItem["status"][])
      words.add((await wordsOf(thread([ours(1, { status })]), ".message-times")).join())
    expect(words.size).toBe(statuses.length)
  })

  test("the legend holds every time, with who read or sent it", async () => {
    const read = message(1, {
      times: { ...message(1).times, readByAgent: minutesAgo(1), readByAgentName: "Marco Rossi" },
    })
    const rows = await wordsOf(thread([read]), ".legend dt")
    expect(rows).toEqual(["Sent at", "Delivered at", "Read by System at", "Read by Marco Rossi at"])
    expect(await wordsOf(thread([ours(2)]), ".legend dt")).toEqual([
      "Sent by Elena Conti at",
      "Sent by System at",
      "Delivered at",
      "Read by the customer at",
    ])
  })

  test("what failed says why and what to do; only its owner decides", async () => {
    const failure = { reasonKey: "not_on_whatsapp", code: 131026, details: "<i>undeliverable</i>" }
    const failed = [ours(1, { status: "failed", failure })]
    const page = thread(failed)
    expect(String(page)).toContain("Reach the customer another way.")
    expect(String(page)).toContain("&lt;i&gt;undeliverable&lt;/i&gt;")
    expect(await namesOf(page, ".message-decision button")).toEqual(["Send again", "Discard"])
    expect(await elements(thread(failed, { isMine: false }), ".message-decision")).toEqual([])
  })

  test("what may have arrived is never sent again without a warning", async () => {
    const page = thread([ours(1, { status: "uncertain" })])
    expect(await wordsOf(page, ".message-trouble strong")).toEqual(["Not confirmed – may have arrived"])
    expect(String(page)).toContain("could deliver it twice")
  })

  test("a message quotes what it answers", async () => {
    const quoted = {
      isHere: true,
      place: { id: 1, at: 0, conversation: null },
      isOurs: true,
      authorName: "Elena Conti",
      kind: "text" as const,
      text: "When? <script>",
    }
    const page = thread([message(1, { quoted })])
    expect(await wordsOf(page, ".quote b")).toEqual(["Elena Conti"])
    expect(String(page)).toContain("When? &lt;script&gt;")
  })
})

describe("every kind of message is said in words", () => {
  for (const [kind, body] of Object.entries(CONTENTS) as [MessageKind, (typeof CONTENTS)[MessageKind]][])
    test(kind, async () => {
      for (const language of ["en", "it"]) {
        const item = message(1, { kind, content: { body }, text: kind === "text" ? "plain" : "" })
        const [words = ""] = await wordsOf(thread([item], {}, language), ".bubble")
        expect(words).not.toBe("")
        expect(words).not.toMatch(/[{}]|kind\.|unsupported\./)
      }
    })
})

describe("the message field", () => {
  test("is a textbox named «Message» with «Send», in a form that works without scripts", async () => {
    const page = pane()
    const [field] = await elements(page, "textarea")
    expect(await namesOf(page, `label[for=${field?.attributes.get("id")}]`)).toEqual(["Message"])
    expect(field?.attributes.get("name")).toBe("text")
    const [form] = await elements(page, "form.composer-box")
    expect([form?.attributes.get("method"), form?.attributes.get("action")]).toEqual([
      "post",
      "/conversations/7/messages",
    ])
    const tools = ["Emoji", "Attach files", "Choose a location", "Record a voice note", "Share a contact"]
    const names = [...tools, "Predefined messages", "Choose a template", "Send"]
    expect(await namesOf(page, "#composer-form .composer-tools button")).toEqual(names)
  })

  const modes: [ComposerState, sentence: string, button: string | null][] = [
    [{ mode: "offered" }, "This conversation is given to you", "Open"],
    [{ mode: "takeable" }, "Nobody is answering this conversation", "Take"],
    [{ mode: "owned", ownerName: "Marco Rossi" }, "Marco Rossi is answering this conversation", null],
    [{ mode: "waiting" }, "This conversation waits", null],
    [{ mode: "parked" }, "in your wait queue", "Take up again"],
    [{ mode: "window_closed" }, "24 hours have passed since the customer's last message", "Choose a template"],
    [{ mode: "unanswered" }, "A template was sent", "Choose a template"],
    [{ mode: "number_held", reason: "token_refused" }, "This service number cannot send at the moment", null],
    [{ mode: "closed", mayReopen: false }, "This conversation is closed", null],
    [{ mode: "closed", mayReopen: true }, "This conversation is closed", "Open again"],
  ]
  for (const [composer, sentence, button] of modes)
    test(`says why one cannot write: ${composer.mode}`, async () => {
      const page = pane({ composer })
      expect((await wordsOf(page, "#composer-gate")).join()).toContain(sentence)
      expect(await namesOf(page, "#composer-gate button")).toEqual(button === null ? [] : [button])
      expect((await wordsOf(pane({ composer }, "it"), "#composer-gate")).join()).not.toMatch(
        /[{}]|composer\.|failure\./,
      )
    })
})

describe("the window of 24 hours", () => {
  test("counts down in the head of the thread, and says when it is over", async () => {
    const [left] = await elements(pane(), ".thread-head [data-until]")
    expect(left?.text).toBe("23h")
    expect((await wordsOf(pane({ windowEndsAt: NOW - 1 }), ".thread-head .chip")).join()).toBe("Window closed")
  })
})

describe("closing", () => {
  test("«Close» opens a dialog that says what happens and what was not read", async () => {
    const page = pane({ unreadCount: 2 })
    const [button] = await elements(page, ".thread-head button[commandfor=close-dialog]")
    expect(nameOf(button!)).toBe("Close")
    const dialog = <CloseDialog screen={screenIn("en")} head={head({ unreadCount: 2 })} />
    expect((await elements(dialog, "dialog"))[0]?.attributes.get("id")).toBe(button?.attributes.get("commandfor"))
    expect(String(dialog)).toContain("2 messages have not been read yet.")
    expect((await elements(dialog, "[name=seenUnread]"))[0]?.attributes.get("value")).toBe("2")
  })

  test("whoever may not close finds no such button", async () => {
    expect(await elements(pane({ mayClose: false }), "[commandfor=close-dialog][command=show-modal]")).toEqual([])
  })
})

describe("what wants attention", () => {
  test("a pop-up says who, what, and how long there is to open it; it can be hidden", async () => {
    const offer = label(9, { title: "Nadia Bruni", state: "offered", offeredUntil: NOW + 148_000 })
    const page = <Popups standing={null} screen={screenIn("en")} offers={[offer]} />
    const [popup] = await elements(page, ".popup")
    for (const words of ["New conversation", "Nadia Bruni", "Hello", "2:28"]) expect(popup?.text).toContain(words)
    expect(await namesOf(page, ".popup button")).toEqual(["Open", "Hide this notification"])
  })
})

test("nothing a customer can send becomes markup, an attribute or a style of ours", async () => {
  const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)> style="x"`
  const item = message(1, {
    text: evil,
    quoted: {
      isHere: true,
      place: { id: 1, at: 0, conversation: null },
      isOurs: true,
      authorName: evil,
      kind: "text",
      text: evil,
    },
  })
  const page = (
    <Console
      list={{
        screen: screenIn("en"),
        labels: [label(7, { title: evil, channelName: evil })],
        current: 7,
        status: "ready",
      }}
      thread={{ screen: screenIn("en"), head: head({ title: evil }), items: [item], from: null, olderFrom: null }}
      details={null}
    />
  )
  expect(await elements(page, "script, img, [style], [onerror]")).toEqual([])
})
