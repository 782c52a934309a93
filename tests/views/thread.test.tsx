import { describe, expect, test } from "bun:test"
import { Console } from "views/conversation/console.tsx"
import { ThreadPane } from "views/conversation/thread.tsx"
import type { ConversationHead } from "~/conversation/queries/console.ts"
import type { ThreadItem } from "~/message/queries/thread.ts"
import { giulia, seen, sent, timesOf } from "./conversation-props.ts"
import { minutesAgo, screenIn } from "./props.ts"
import { elements, namesOf } from "./reading.ts"
import { head, message } from "./thread-props.ts"

const screen = screenIn("en")
const threadOf = (items: readonly ThreadItem[], shown = head(), olderFrom: string | null = "1-1") => (
  <ThreadPane screen={screen} head={shown} items={items} olderFrom={olderFrom} from="2-2" />
)

describe("the thread", () => {
  const at = (hour: number, day = 22) => Date.UTC(2026, 10, day, hour)

  test("each day begins with its name, in the tenant's time", async () => {
    const lateInRome = Date.UTC(2026, 10, 20, 23, 30)
    const items = [message(1, { at: at(9, 20) }), message(2, { at: lateInRome }), message(3, { at: at(7) })]
    expect(await namesOf(threadOf(items), ".day-line")).toEqual([
      "Friday 20 November",
      "Yesterday, 21 November",
      "Today, 22 November",
    ])
  })

  test("a line marks where the unread messages begin, for the owner alone", async () => {
    const unread = timesOf({})
    const items = [seen(1), message(2, { times: unread }), message(3, { times: unread })]
    const lines = (shown: ConversationHead) => elements(threadOf(items, shown), ".unread-line, article")
    const mine = await lines(head({ unreadCount: 2 }))
    expect(mine.map(({ attributes }) => attributes.get("id"))).toEqual([
      "message-1",
      "unread-line",
      "message-2",
      "message-3",
    ])
    expect(mine[1]?.text).toBe("2 unread messages")
    const theirs = await lines(head({ unreadCount: 2, isMine: false }))
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
    const [older] = await elements(threadOf([message(1)]), ".older-link")
    expect(older?.attributes.get("href")).toBe("/conversations/7?before=1-1")
    expect(older?.attributes.get("hx-trigger")).toContain("intersect once root:#thread")
    expect(await elements(threadOf([message(1)], head(), null), ".older-link")).toEqual([])
  })

  test("nothing is chosen: the pane says what to do", async () => {
    const list = { screen, labels: [giulia()], current: null, status: "ready" } as const
    const page = <Console list={list} thread={null} details={null} />
    expect(await namesOf(page, ".thread-pane p")).toEqual(["Choose a conversation from the list."])
    expect(await elements(page, "[role=log], textarea")).toEqual([])
  })
})
