import { describe, expect, test } from "bun:test"
import { WaitingConversations } from "views/conversation/waiting.tsx"
import { NO_FILTER, type WaitingConversation, type WaitingPage } from "~/conversation/queries/waiting.ts"
import type { WaitingWhy } from "~/conversation/queries/waiting-why.ts"
import { waitingOf } from "./conversation-props.ts"
import { NOW, screenIn } from "./props.ts"
import { elements, namesOf } from "./reading.ts"

const screen = screenIn("en")
const around = (maySteer = false) => ({
  screen,
  filter: NO_FILTER,
  around: { queues: [], channels: [], agents: [], maySteer },
})

describe("waiting conversations", () => {
  const pageOf = (...rows: WaitingConversation[]): WaitingPage => ({ rows, count: rows.length, next: null })
  const groups = {
    forAgent: pageOf(
      waitingOf(),
      waitingOf({ id: 10, title: "Sara", status: "offered", userName: "Elena Conti", mayTake: false }),
      waitingOf({ id: 11, title: "Luca", userName: "Marco Rossi", mayTake: false }),
    ),
    forCustomer: pageOf(
      waitingOf({ id: 12, title: "Ada", status: "parked_public" }),
      waitingOf({ id: 13, title: "Ugo", status: "parked_personal", userName: "Elena Conti", mayTake: false }),
    ),
    leftOpen: pageOf(waitingOf({ id: 14, title: "Lia", status: "left_open", userName: "Marco Rossi" })),
  }
  const page = <WaitingConversations {...around()} groups={groups} endingSoon={null} from={null} />

  test("they stand in three groups, each with what it waits for", async () => {
    expect(await namesOf(page, "caption strong")).toEqual(["For an agent", "For the customer", "Managed, not closed"])
    expect(await namesOf(page, "tbody th a")).toEqual(["Paolo Verdi", "Sara", "Luca", "Ada", "Ugo", "Lia"])
    expect(await namesOf(page, "tbody td:nth-of-type(1)")).toEqual([
      "In the queue",
      "Assigned, not opened",
      "For Marco Rossi only",
      "Public wait queue",
      "Wait queue of Elena Conti",
      "Agent gone",
    ])
  })

  test("whoever may take one has a button for it; else it says whose it is", async () => {
    expect(await namesOf(page, "form button")).toEqual([
      "Take the conversation with Paolo Verdi",
      "Take the conversation with Ada",
      "Take the conversation with Lia",
    ])
    expect((await elements(page, ".waiting-only")).map(({ text }) => text.trim())).toEqual([
      "Elena Conti only",
      "Marco Rossi only",
      "Elena Conti only",
    ])
  })

  test("a group without anybody is left out, and an empty page says what would appear", async () => {
    const some = { ...groups, forAgent: pageOf(), leftOpen: pageOf() }
    const one = <WaitingConversations {...around()} groups={some} endingSoon={null} from={null} />
    expect(await namesOf(one, "caption strong")).toEqual(["For the customer"])
    const none = (
      <WaitingConversations {...around()} groups={{ ...some, forCustomer: pageOf() }} endingSoon={null} from={null} />
    )
    expect((await elements(none, ".empty-state"))[0]?.text).toContain("Nobody is waiting")
    expect(await elements(none, "table")).toEqual([])
  })

  test("of a crowd the first are shown, and how many more there are", async () => {
    const crowd = { ...groups, forAgent: { ...groups.forAgent, next: { from: "forAgent.17.4711", count: 9_900 } } }
    const first = <WaitingConversations {...around()} groups={crowd} endingSoon={null} from={null} />
    const links = (page: typeof first) => elements(page, "a.button")
    expect((await links(first)).map(({ text, attributes }) => [text, attributes.get("href")])).toEqual([
      ["Show 9,900 more", "/waiting?from=forAgent.17.4711"],
    ])
    const later = <WaitingConversations {...around()} groups={groups} endingSoon={null} from="forAgent.17.4711" />
    expect((await links(later)).map(({ text }) => text)).toEqual(["From the beginning"])
    const [panel] = await elements(later, "#waiting-page")
    expect(panel?.attributes.get("hx-get")).toBe("/waiting?from=forAgent.17.4711")
  })

  const reasons = [
    [{ kind: "given", name: "Sara", until: NOW }, "Given to Sara, to be opened by"],
    [
      { kind: "for_user", name: "Luca", standing: "break", until: NOW + 3_600_000 },
      "Waits only for Luca (Break), window ends in",
    ],
    [{ kind: "for_user", name: "Luca", standing: "gone", until: null }, "Waits only for Luca, who is not there"],
    [{ kind: "for_skillset", skillset: "Parts", until: null }, "Waits only for members of Parts"],
    [{ kind: "number_closed", channel: "Main", opensAt: null }, "Main is closed"],
    [{ kind: "number_closed", channel: "Main", opensAt: NOW + 3_600_000 }, "Main is closed until"],
    [{ kind: "nobody_ready", skillset: "Sales" }, "Nobody of Sales is Ready"],
    [{ kind: "by_hand", skillset: "Sales" }, "Sales takes its conversations by hand"],
    [{ kind: "silent" }, "The customer did not answer; moved by System"],
    [{ kind: "parked_by", name: "Chiara" }, "Put there by Chiara"],
    [{ kind: "agent_gone", name: "Paolo", since: NOW, owesAnswer: true }, "the customer waits for an answer"],
    [{ kind: "agent_gone", name: "Paolo", since: NOW, owesAnswer: false }, "nothing owed"],
  ] satisfies [WaitingWhy, string][]
  test.each(reasons)("why it waits is said in words: %o", async (why, words) => {
    const one = { ...groups, forAgent: pageOf(waitingOf({ why })) }
    const [cell] = await elements(
      <WaitingConversations {...around()} groups={one} endingSoon={null} from={null} />,
      ".waiting-why",
    )
    expect(cell?.text).toContain(words)
  })

  test("supervisors choose some and have a bar for them; agents have neither", async () => {
    const steered = <WaitingConversations {...around(true)} groups={groups} endingSoon={null} from={null} />
    const boxes = await elements(steered, "input[name='conversation']")
    expect(boxes.map(({ attributes }) => [attributes.get("value"), attributes.get("form")])[0]).toEqual([
      "9",
      "steering",
    ])
    expect(boxes).toHaveLength(6)
    expect(await namesOf(steered, "#steering button")).toEqual(["Assign", "Take over", "Return to queue", "Close…"])
    expect(await elements(page, "input[name='conversation'], #steering, #closing-many")).toEqual([])
  })

  test("the address keeps what was chosen: group, skillset, number", async () => {
    const filter = { ...NO_FILTER, skillset: 21, channel: 31 }
    const chosen = <WaitingConversations {...around()} filter={filter} groups={groups} endingSoon={null} from={null} />
    const [panel] = await elements(chosen, "#waiting-page")
    expect(panel?.attributes.get("hx-get")).toBe("/waiting?skillset=21&channel=31")
    const tabs = await elements(chosen, ".waiting-groups a")
    expect(tabs.map(({ text, attributes }) => [text.trim(), attributes.get("href")])).toEqual([
      ["All 6", "/waiting?skillset=21&channel=31"],
      ["For an agent 3", "/waiting?show=forAgent&skillset=21&channel=31"],
      ["For the customer 2", "/waiting?show=forCustomer&skillset=21&channel=31"],
      ["Managed, not closed 1", "/waiting?show=leftOpen&skillset=21&channel=31"],
    ])
  })
})
