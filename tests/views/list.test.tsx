import { describe, expect, test } from "bun:test"
import { ConversationList } from "views/conversation/list.tsx"
import type { ConversationLabel } from "~/conversation/queries/console.ts"
import { HOUR, labelOf } from "./conversation-props.ts"
import { minutesAgo, NOW, screenIn } from "./props.ts"
import { elements, namesOf } from "./reading.ts"

const screen = screenIn("en")
const listOf = (...labels: ConversationLabel[]) => (
  <ConversationList screen={screen} labels={labels} current={null} status="ready" />
)

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
