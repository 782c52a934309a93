import { describe, expect, test } from "bun:test"
import { Console, type ConsoleProps } from "views/conversation/console.tsx"
import { ConversationList } from "views/conversation/list.tsx"
import { Popups } from "views/conversation/popup.tsx"
import { ThreadPane, ThreadUpdate } from "views/conversation/thread.tsx"
import type { Html } from "views/jsx-runtime.ts"
import type { ConversationHead, ConversationLabel } from "~/conversation/queries/console.ts"
import type { ThreadItem } from "~/message/queries/thread.ts"
import { COMPOSER_HEADS, eventOf, HOUR, headOf, labelOf, received, sent, timesOf } from "./conversation-props.ts"
import { minutesAgo, NOW, screenIn } from "./props.ts"
import { elements, namesOf } from "./reading.ts"

const screen = screenIn("en")
const FAILED = { reasonKey: "not_on_whatsapp", code: 131026, details: "Message undeliverable" }

const listOf = (...labels: ConversationLabel[]) => (
  <ConversationList screen={screen} labels={labels} current={null} status="ready" />
)
const threadProps = (items: readonly ThreadItem[], head: ConversationHead) => ({
  ...{ screen, head, items, olderFrom: "1-1", from: "2-2" },
})
const threadOf = (items: readonly ThreadItem[], head = headOf()) => <ThreadPane {...threadProps(items, head)} />

function consoleIn(language: string, head = headOf({ unreadCount: 2 })): ConsoleProps {
  const screen = screenIn(language)
  const items = [received({ id: 1 }), sent({ id: 2, status: "failed", failure: FAILED }), eventOf("offer_expired")]
  const past = [{ ...head, id: 5, openedAt: minutesAgo(90_000), closedAt: minutesAgo(89_000) }]
  return {
    list: { screen, labels: [labelOf(), labelOf({ id: 8, unreadCount: 3 })], current: 7, status: "ready" },
    thread: { ...threadProps(items, head), screen },
    details: { screen, head, counts: { received: 6, sent: 4, firstReplyAfter: 108_000 }, past },
  }
}

describe("the console", () => {
  test("panes, list, messages, field and buttons have the names that scripts rely on", async () => {
    const page = <Console {...consoleIn("en")} />
    expect(await namesOf(page, "ul")).toEqual(["Conversations"])
    expect(await namesOf(page, "[role=log]")).toEqual(["Messages"])
    expect(await namesOf(page, "[data-pane]")).toEqual([
      "Conversations",
      "Conversation with Giulia Lombardi",
      "Details",
    ])
    const [field] = await elements(page, "textarea")
    expect(await namesOf(page, `label[for=${field?.attributes.get("id")}]`)).toEqual(["Message"])
    expect(await namesOf(page, "#composer-form button[type=submit]")).toEqual(["Send"])
    expect(await namesOf(page, ".thread-head > button.button")).toEqual(["Close"])
    expect(await namesOf(page, "#close-dialog button[type=submit]")).toEqual(["Close conversation"])
  })

  test("the field where one writes is in nothing that is drawn anew", async () => {
    const page = <Console {...consoleIn("en")} />
    expect(await elements(page, "textarea")).toHaveLength(1)
    expect(await elements(page, "[hx-get] textarea")).toEqual([])
    expect(await elements(<ThreadUpdate {...threadProps([], headOf())} />, "textarea")).toEqual([])
  })

  test("each part draws itself anew from its own address when its own news come", async () => {
    const panels = await elements(<Console {...consoleIn("en")} />, "[id][hx-swap=outerMorph]")
    const news = panels.map(({ attributes: a }) => [a.get("id"), a.get("hx-get"), a.get("hx-trigger")?.split(" ")[0]])
    expect(news).toEqual([
      ["conversation-list", "/conversations/list?open=7", "conversations"],
      ["thread-items", "/conversations/7/thread?from=2-2", "conversation-7"],
      ["details-pane", "/conversations/7/details", "conversation-7"],
    ])
    for (const { attributes } of panels) expect(attributes.get("hx-trigger")).toContain("refetch from:body")
  })

  test("what follows from news goes to parts that are on the page", async () => {
    const page = <Console {...consoleIn("en")} />
    const update = await elements(<ThreadUpdate {...threadProps([], headOf())} />, "hx-partial")
    expect(update.length).toBeGreaterThan(0)
    for (const { attributes } of update) expect(await elements(page, attributes.get("hx-target") ?? "")).toHaveLength(1)
  })

  test("every form works without a script, and carries the token of the session", async () => {
    const pages: Html[] = Object.values(COMPOSER_HEADS).map((head) => <Console {...consoleIn("en", head)} />)
    const offers = [labelOf({ state: "offered", offeredUntil: NOW + 60_000 })]
    for (const page of [...pages, <Popups screen={screen} offers={offers} />]) {
      const forms = await elements(page, "form")
      expect(forms.length).toBeGreaterThan(0)
      for (const { attributes } of forms) {
        expect(attributes.get("method")).toBe("post")
        expect(attributes.get("hx-post") ?? attributes.get("action")).toBe(attributes.get("action")!)
      }
      const tokens = await elements(page, "form input[name=_csrf]")
      expect(tokens.map(({ attributes }) => attributes.get("value"))).toEqual(forms.map(() => screen.csrfToken))
    }
  })

  for (const language of ["en", "it"])
    test(`every id stands once, and every pointer points at one (${language})`, async () => {
      const page = <Console {...consoleIn(language)} />
      const ids = (await elements(page, "[id]")).map(({ attributes }) => attributes.get("id"))
      expect(ids).toEqual([...new Set(ids)])
      for (const pointer of ["aria-labelledby", "for", "popovertarget", "commandfor", "form"])
        for (const { attributes } of await elements(page, `[${pointer}]`))
          expect(ids).toContain(attributes.get(pointer))
    })

  test("what customers and colleagues are called and write is text, never markup, and adds no attribute", async () => {
    const evil = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    const names = { title: evil, channelName: evil, skillsetName: evil, ownerName: evil }
    const head = headOf({ ...names, customerName: evil, profileName: evil, username: evil, channelPhone: evil })
    const quoted = { authorName: evil, kind: "text" as const, text: evil }
    const items = [
      received({ id: 1, text: evil, quoted }),
      sent({
        id: 2,
        text: evil,
        authorName: evil,
        isMine: false,
        status: "failed",
        failure: { ...FAILED, details: evil },
      }),
      received({ id: 3, kind: "unsupported", content: { body: { kind: "unsupported", type: evil } } }),
      eventOf("offered", { agent: 1, agentName: evil }),
      eventOf(evil, {}, evil),
    ]
    const label = labelOf({ ...names, lastLine: { direction: "in", kind: evil, text: evil, status: "received" } })
    const { list, thread, details } = consoleIn("en", head)
    const page = <Console list={{ ...list, labels: [label] }} thread={{ ...thread!, items }} details={details} />
    const popups = <Popups screen={screen} offers={[{ ...label, state: "offered" }]} />
    for (const html of [page, popups]) {
      expect(String(html)).toContain("&lt;script&gt;")
      expect(await elements(html, "script, img")).toEqual([])
      const attributes = (await elements(html, "*")).flatMap((element) => [...element.attributes.keys()])
      expect(attributes.filter((name) => /^(on|style$)|["<>]/.test(name))).toEqual([])
    }
  })
})

describe("the list of conversations", () => {
  test("a label says who, through which number, what was said last and how much is unread", async () => {
    const waiting = labelOf({ unreadCount: 2, waitingSince: minutesAgo(1) })
    const [label] = await elements(listOf(waiting), "a.conversation-label")
    expect(label?.attributes.get("href")).toBe("/conversations/7")
    for (const words of ["Giulia Lombardi", "I will come by tomorrow", "Main", "Service", "2 unread messages"])
      expect(label?.text).toContain(words)
  })

  test("time runs from the oldest unread message, and is late after two minutes", async () => {
    const times = async (label: ConversationLabel) =>
      (await elements(listOf(label), "time[data-since]")).map(({ attributes: a, text }) => [
        a.get("class"),
        a.get("data-since"),
        text,
      ])
    const justNow = minutesAgo(1)
    expect(await times(labelOf({ waitingSince: justNow }))).toEqual([["since", String(justNow), "1:00"]])
    const longAgo = minutesAgo(3)
    expect(await times(labelOf({ waitingSince: longAgo }))).toEqual([["since is-late", String(longAgo), "3:00"]])
    expect(await times(labelOf())).toEqual([])
    expect(await namesOf(listOf(labelOf()), ".label-time")).toEqual(["09:11"])
  })

  test("one that was given and not opened yet says so", async () => {
    expect(await namesOf(listOf(labelOf({ state: "offered" })), ".chip")).toContain("To open")
    expect(await namesOf(listOf(labelOf()), ".chip")).not.toContain("To open")
  })

  test("the window is mentioned only when it is nearly over, or over", async () => {
    const chips = (windowEndsAt: number | null) =>
      namesOf(listOf(labelOf({ windowEndsAt, skillsetName: null })), ".chip")
    expect(await chips(NOW + 23 * HOUR)).toEqual([])
    expect(await chips(NOW + 2 * HOUR)).toEqual(["2h"])
    expect(await chips(NOW - 1)).toEqual(["Window closed"])
    expect(await chips(null)).toEqual([])
  })

  test("our own last words are marked as ours, with how far they got", async () => {
    const lastLine = { direction: "out", kind: "text", text: "See you", status: "read" } as const
    const [line] = await elements(listOf(labelOf({ lastLine })), ".label-line")
    expect(line?.text).toBe("You: See you")
    expect(String(listOf(labelOf({ lastLine })))).toContain("#check-check")
  })

  test("an empty list says what will appear, by the agent's status", async () => {
    const words = (status: "ready" | "back_office" | "break") =>
      namesOf(<ConversationList screen={screen} labels={[]} current={null} status={status} />, ".empty-state p")
    expect(await words("ready")).toEqual(["You are Ready. The next one appears here by itself, with a sound."])
    expect(await words("back_office")).toEqual(["You are in back office: nothing new is given to you."])
    expect(await words("break")).toEqual(["You are on a break: nothing is given to you."])
  })
})

describe("the thread", () => {
  const at = (hour: number, day = 22) => Date.UTC(2026, 10, day, hour)

  test("each day begins with its name, in the tenant's time", async () => {
    const lateInRome = Date.UTC(2026, 10, 20, 23, 30)
    const items = [
      received({ id: 1, at: at(9, 20) }),
      received({ id: 2, at: lateInRome }),
      received({ id: 3, at: at(7) }),
    ]
    expect(await namesOf(threadOf(items), ".day-line")).toEqual([
      "Friday 20 November",
      "Yesterday, 21 November",
      "Today, 22 November",
    ])
  })

  test("a line marks where the unread messages begin, for the owner alone", async () => {
    const unread = timesOf({})
    const items = [received({ id: 1 }), received({ id: 2, times: unread }), received({ id: 3, times: unread })]
    const lines = (head: ConversationHead) => elements(threadOf(items, head), ".unread-line, article")
    const mine = await lines(headOf({ unreadCount: 2 }))
    expect(mine.map(({ attributes }) => attributes.get("id"))).toEqual([
      ...["message-1", "unread-line", "message-2", "message-3"],
    ])
    expect(mine[1]?.text).toBe("2 unread messages")
    const theirs = await lines(headOf({ unreadCount: 2, isMine: false }))
    expect(theirs.map(({ attributes }) => attributes.get("id"))).toEqual(["message-1", "message-2", "message-3"])
  })

  test("messages of one side within two minutes are one group with one author", async () => {
    const items = [
      sent({ id: 1, at: minutesAgo(20) }),
      sent({ id: 2, at: minutesAgo(19) }),
      sent({ id: 3, at: minutesAgo(15) }),
      sent({ id: 4, at: minutesAgo(14), authorName: "Marco Rossi", isMine: false }),
    ]
    expect(await namesOf(threadOf(items), ".message-author")).toEqual(["You", "You", "Marco Rossi"])
  })

  test("older messages come when the top comes into view; without a script by a link", async () => {
    const [older] = await elements(threadOf([received()]), ".older-link")
    expect(older?.attributes.get("href")).toBe("/conversations/7?before=1-1")
    expect(older?.attributes.get("hx-trigger")).toContain("intersect once root:#thread")
    const whole = <ThreadPane {...threadProps([received()], headOf())} olderFrom={null} />
    expect(await elements(whole, ".older-link")).toEqual([])
  })

  test("nothing is chosen: the pane says what to do", async () => {
    const { list } = consoleIn("en")
    const page = <Console list={list} thread={null} details={null} />
    expect(await namesOf(page, ".thread-pane p")).toEqual(["Choose a conversation from the list."])
    expect(await elements(page, "[role=log], textarea")).toEqual([])
  })

  test("closing is offered to whoever may, says what it does and how much is unread", async () => {
    const [dialog] = await elements(threadOf([], headOf({ unreadCount: 3 })), "#close-dialog")
    expect(dialog?.text).toContain("Giulia Lombardi leaves your list.")
    expect(dialog?.text).toContain("3 messages have not been read yet.")
    const [seen] = await elements(threadOf([], headOf({ unreadCount: 3 })), "[name=seenUnread]")
    expect(seen?.attributes.get("value")).toBe("3")
    expect(await namesOf(threadOf([], headOf({ mayClose: false })), "button")).not.toContain("Close")
  })

  test("the window counts down in the head, and says when it is over", async () => {
    const chip = (windowEndsAt: number) => namesOf(threadOf([], headOf({ windowEndsAt })), ".thread-head .chip")
    expect(await chip(NOW + 90 * 60_000)).toEqual(["1h 30m"])
    expect(await chip(NOW)).toEqual(["Window closed"])
  })
})
