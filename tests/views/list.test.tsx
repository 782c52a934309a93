import { describe, expect, test } from "bun:test"
import { ConversationList } from "views/conversation/list.tsx"
import type { ConversationLabel } from "~/conversation/queries/console.ts"
import { giulia, HOUR } from "./conversation-props.ts"
import { minutesAgo, NOW, screenIn } from "./props.ts"
import { elements, namesOf } from "./reading.ts"

const screen = screenIn("en")
const listOf = (...labels: ConversationLabel[]) => (
  <ConversationList screen={screen} labels={labels} current={null} status="ready" />
)

describe("the list of conversations", () => {
  test("time runs from the oldest unread message, and is late after two minutes", async () => {
    const times = async (label: ConversationLabel) =>
      (await elements(listOf(label), "time[data-since]")).map(({ attributes: a, text }) => [
        a.get("class"),
        a.get("data-since"),
        text,
      ])
    const justNow = minutesAgo(1)
    expect(await times(giulia({ waitingSince: justNow }))).toEqual([["since", String(justNow), "1:00"]])
    const longAgo = minutesAgo(3)
    expect(await times(giulia({ waitingSince: longAgo }))).toEqual([["since is-late", String(longAgo), "3:00"]])
    expect(await times(giulia())).toEqual([])
    expect(await namesOf(listOf(giulia()), ".label-time")).toEqual(["09:15"])
  })

  test("one that was given and not opened yet says so", async () => {
    expect(await namesOf(listOf(giulia({ state: "offered" })), ".chip")).toContain("To open")
    expect(await namesOf(listOf(giulia()), ".chip")).not.toContain("To open")
  })

  test("the window is mentioned only when it is nearly over, or over", async () => {
    const chips = (windowEndsAt: number | null) =>
      namesOf(listOf(giulia({ windowEndsAt })), ".label-foot > .chip:not([hidden])")
    expect(await chips(NOW + 23 * HOUR)).toEqual([])
    expect(await chips(NOW + 2 * HOUR)).toEqual(["2h"])
    expect(await chips(NOW - 1)).toEqual(["Window closed"])
    expect(await chips(null)).toEqual([])
    const colour = async (left: number) =>
      (await elements(listOf(giulia({ windowEndsAt: NOW + left })), ".label-foot > .chip"))[0]?.attributes.get("class")
    expect([await colour(3 * HOUR), await colour(HOUR / 2)]).toEqual(["chip is-warn", "chip is-bad"])
  })

  test("our own last words are marked as ours, with how far they got", async () => {
    const lastLine = { direction: "out", kind: "text", text: "See you", status: "read" } as const
    const [line] = await elements(listOf(giulia({ lastLine })), ".label-line")
    expect(line?.text).toBe("You: See you")
    expect(String(listOf(giulia({ lastLine })))).toContain("#check-check")
  })

  test("an agent in back office is told why nothing comes", async () => {
    const list = <ConversationList screen={screen} labels={[]} current={null} status="back_office" />
    expect(await namesOf(list, ".empty-state p")).toEqual(["You are in back office: nothing new is given to you."])
  })
})
