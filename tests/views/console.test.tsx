import { describe, expect, test } from "bun:test"
import { Console, type ConsoleProps } from "views/conversation/console.tsx"
import { Popups } from "views/conversation/popup.tsx"
import { ThreadUpdate } from "views/conversation/thread.tsx"
import type { Html } from "views/jsx-runtime.ts"
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { ThreadItem } from "~/message/queries/thread.ts"
import { COMPOSER_HEADS, giulia, sent } from "./conversation-props.ts"
import { minutesAgo, NOW, screenIn } from "./props.ts"
import { elements, namesOf } from "./reading.ts"
import { customerCard, event, head, message } from "./thread-props.ts"

const screen = screenIn("en")
const FAILED = { reasonKey: "not_on_whatsapp", code: 131026, details: "Message undeliverable" }

const threadProps = (items: readonly ThreadItem[], shown: ConversationHead) => ({
  screen,
  head: shown,
  items,
  olderFrom: "1-1",
  from: "2-2",
})

function consoleIn(language: string, shown = head({ unreadCount: 2 })): ConsoleProps {
  const screen = screenIn(language)
  const items = [
    message(1),
    sent({ id: 2, status: "failed", failure: FAILED }),
    event(9, "offer_expired", { agent: 1, agentName: "Anna Rossi" }),
  ]
  const past = { ...shown, id: 5, openedAt: minutesAgo(90_000), closedAt: minutesAgo(89_000), reason: null }
  const history = { conversations: [{ ...past, said: null }], isCut: false, behindFrom: null }
  const rights = { mayEdit: true, mayBlock: true, mayErase: false, mayMail: true }
  const more = { tags: [], mails: [], holds: [], events: [], customer: customerCard(), rights }
  return {
    list: { screen, labels: [giulia(), giulia({ id: 8, unreadCount: 3 })], current: 7, status: "ready" },
    thread: { ...threadProps(items, shown), screen },
    details: {
      screen,
      head: shown,
      counts: { received: 6, sent: 4, firstReplyAfter: 108_000 },
      history,
      profiling: null,
      ...more,
    },
  }
}

describe("the console", () => {
  test("panes, list, messages, field and buttons have the names that scripts rely on", async () => {
    const page = <Console {...consoleIn("en")} />
    expect(await namesOf(page, "ul")).toEqual(["Conversations", "Files to send"])
    expect(await namesOf(page, "[role=log]")).toEqual(["Messages"])
    expect(await namesOf(page, "[data-pane]")).toEqual([
      "Conversations",
      "Conversation with Giulia Lombardi",
      "Details",
    ])
    const [field] = await elements(page, "textarea")
    expect(await namesOf(page, `label[for=${field?.attributes.get("id")}]`)).toEqual(["Message"])
    expect(await namesOf(page, "#composer-form button[type=submit]")).toEqual(["Send"])
    expect(await namesOf(page, ".thread-head > button.button")).toEqual(["Transfer", "Close"])
    expect(await namesOf(page, "#close-dialog button[type=submit]")).toEqual(["Close conversation"])
  })

  test("the field where one writes is in nothing that is drawn anew", async () => {
    const page = <Console {...consoleIn("en")} />
    expect(await elements(page, "textarea")).toHaveLength(2)
    expect(await elements(page, "[hx-get] textarea")).toEqual([])
    expect(await elements(<ThreadUpdate {...threadProps([], head())} />, "textarea")).toEqual([])
  })

  test("each part draws itself anew from its own address when its own news come", async () => {
    const panels = await elements(<Console {...consoleIn("en")} />, "[id][hx-swap=outerMorph]")
    const news = panels.map(({ attributes: a }) => [a.get("id"), a.get("hx-get"), a.get("hx-trigger")?.split(" ")[0]])
    expect(news).toEqual([
      ["conversation-list", "/conversations/list?open=7", "conversations"],
      ["thread-items", "/conversations/7/thread?from=2-2", "conversation-7"],
      ["onlookers", "/conversations/7/onlookers", "onlookers-7"],
      ["details-facts", "/conversations/7/details", "conversation-7"],
    ])
    for (const { attributes } of panels) expect(attributes.get("hx-trigger")).toContain("refetch from:body")
  })

  test("what follows from news goes to parts that are on the page", async () => {
    const page = <Console {...consoleIn("en")} />
    const update = await elements(<ThreadUpdate {...threadProps([], head())} />, "hx-partial")
    expect(update.length).toBeGreaterThan(0)
    for (const { attributes } of update) expect(await elements(page, attributes.get("hx-target") ?? "")).toHaveLength(1)
  })

  test("every form works without a script, and carries the token of the session", async () => {
    const pages: Html[] = Object.values(COMPOSER_HEADS).map((shown) => <Console {...consoleIn("en", shown)} />)
    const offers = [giulia({ state: "offered", offeredUntil: NOW + 60_000 })]
    for (const page of [...pages, <Popups standing={null} screen={screen} offers={offers} />]) {
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
    const shown = head({ ...names, customerName: evil, profileName: evil, username: evil, channelPhone: evil })
    const quoted = {
      isHere: true,
      place: { id: 1, at: 0, conversation: null },
      isOurs: true,
      authorName: evil,
      kind: "text" as const,
      text: evil,
    }
    const items = [
      message(1, { text: evil, quoted }),
      sent({
        id: 2,
        text: evil,
        authorName: evil,
        isMine: false,
        status: "failed",
        failure: { ...FAILED, details: evil },
      }),
      message(3, { kind: "unsupported", content: { body: { kind: "unsupported", type: evil } } }),
      event(9, "offered", { agent: 1, agentName: evil }),
      event(9, evil, {}, evil),
    ]
    const row = giulia({ ...names, lastLine: { direction: "in", kind: evil, text: evil, status: "received" } })
    const { list, thread, details } = consoleIn("en", shown)
    const page = <Console list={{ ...list, labels: [row] }} thread={{ ...thread!, items }} details={details} />
    const popups = <Popups standing={null} screen={screen} offers={[{ ...row, state: "offered" }]} />
    for (const html of [page, popups]) {
      expect(String(html)).toContain("&lt;script&gt;")
      expect(await elements(html, "script, img")).toEqual([])
      const attributes = (await elements(html, "*")).flatMap((element) => [...element.attributes.keys()])
      expect(attributes.filter((name) => /^(on|style$)|["<>]/.test(name))).toEqual([])
    }
  })
})
