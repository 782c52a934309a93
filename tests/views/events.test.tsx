import { describe, expect, test } from "bun:test"
import { EventLine } from "views/conversation/events.tsx"
import { screenIn } from "./props.ts"
import { elements, UNWORDED } from "./reading.ts"
import { event } from "./thread-props.ts"

const REASON = {
  reasonCandidates: 3,
  reasonSkillset: 4,
  reasonSkillsetName: "Service",
  reasonLoad: 2,
  reasonMaximum: 5,
}
const ANNA = { agent: 1, agentName: "Anna Rossi" }
const QUEUE = { skillset: 4, skillsetName: "Service", targetUser: null, exclusive: false }
const MARCO = { targetUser: 2, targetUserName: "Marco Rossi" }
type Told = [kind: string, data: Parameters<typeof event>[2], says: string]
const TOLD: Told[] = [
  ["opened", { how: "outbound" }, "Conversation started by Elena Conti"],
  ["queued", { ...QUEUE, why: "new" }, "Waits for Service"],
  ["queued", { ...QUEUE, why: "transfer" }, "Waits for Service"],
  ["queued", { ...QUEUE, ...MARCO, exclusive: true, why: "transfer" }, "Waits for Marco Rossi only"],
  ["queued", { ...QUEUE, ...MARCO, why: "returned" }, "Waits for Marco Rossi – given back"],
  ["queued", { ...QUEUE, skillset: null, why: "menu" }, "Waits for an agent – after the menu"],
  ["queued", { ...QUEUE, why: "customer_wrote" }, "Waits for Service – the customer wrote again"],
  ["queued", { ...QUEUE, why: "offer_expired" }, "Waits for Service – not opened in time"],
  ["queued", { ...QUEUE, why: "agent_gone" }, "Waits for Service – the agent is disconnected"],
  ["queued", { ...QUEUE, why: "exclusive_ended" }, "Waits for Service – nobody else could take it until now"],
  ["queued", { ...QUEUE, why: "target_lost" }, "Waits for Service – whom it was meant for is no longer there"],
  ["queued", { ...QUEUE, why: "owner_absent" }, "Waits for Service – its agent was away"],
  ["offered", { ...ANNA }, "Given to Anna Rossi"],
  [
    "offered",
    { ...ANNA, ...REASON, reasonStrategy: "least_loaded" },
    "Given to Anna Rossi – least loaded of 3 in Service, 2 of 5 open",
  ],
  [
    "offered",
    { ...ANNA, ...REASON, reasonStrategy: "longest_idle" },
    "Given to Anna Rossi – longest idle of 3 in Service, 2 of 5 open",
  ],
  [
    "offered",
    { ...ANNA, ...REASON, reasonStrategy: "round_robin" },
    "Given to Anna Rossi – next in turn of 3 in Service, 2 of 5 open",
  ],
  ["offered", { ...ANNA, ...REASON, reasonStrategy: "target" }, "Given to Anna Rossi – it was meant for them"],
  [
    "offered",
    { ...ANNA, ...REASON, reasonStrategy: "last_agent" },
    "Given to Anna Rossi – answered this customer last, 2 of 5 open",
  ],
  [
    "offered",
    { ...ANNA, ...REASON, reasonStrategy: "longest_idle", reasonOverflowFromName: "Sales" },
    "Given to Anna Rossi – longest idle of 3 in Service, 2 of 5 open, overflow from Sales",
  ],
  ["overflowed", { toSkillset: 7, toSkillsetName: "Sales", why: "channel" }, "Sales joins in: it has waited for long"],
  [
    "overflowed",
    { toSkillset: 7, toSkillsetName: "Sales", why: "nobody_there" },
    "Sales joins in: nobody serves the conversation's own skillset",
  ],
  ["offer_expired", ANNA, "Anna Rossi did not open it in time"],
  ["activated", { ...ANNA, how: "opened", previousOwner: null }, "Opened by Anna Rossi"],
  ["activated", { ...ANNA, how: "taken", previousOwner: null }, "Taken by Anna Rossi"],
  [
    "activated",
    { ...ANNA, how: "taken", previousOwner: 2, previousOwnerName: "Marco Rossi" },
    "Taken by Anna Rossi, before with Marco Rossi",
  ],
  ["activated", { ...ANNA, how: "customer_wrote", previousOwner: null }, "Back with Anna Rossi: the customer wrote"],
  ["activated", { ...ANNA, how: "unparked", previousOwner: null }, "Taken up again by Anna Rossi"],
  ["activated", { ...ANNA, how: "started", previousOwner: null }, "Anna Rossi writes first"],
  ["activated", { ...ANNA, how: "reopened", previousOwner: null }, "Opened again by Anna Rossi"],
  [
    "transferred",
    { toUser: 2, toUserName: "Marco Rossi", toSkillset: null, mode: "immediate" },
    "Transferred by Elena Conti to Marco Rossi",
  ],
  [
    "transferred",
    { toUser: null, toSkillset: 4, toSkillsetName: "Service", mode: "immediate" },
    "Transferred by Elena Conti to skillset Service",
  ],
  ["parked", { as: "public", why: "by_hand" }, "Moved to the public wait queue by Elena Conti"],
  ["parked", { as: "personal", why: "by_hand" }, "Moved to the wait queue of Elena Conti"],
  ["parked", { as: "public", why: "customer_silent" }, "Moved to the wait queue: the customer did not answer"],
  ["menu_ended", { how: "chosen", path: "Sales › Bikes" }, "Chosen in the menu: Sales › Bikes"],
  ["menu_ended", { how: "wrong_answers", path: "Sales" }, "Chosen in the menu: Sales – the answers fitted nothing"],
  ["menu_ended", { how: "person", path: "" }, "Nothing chosen in the menu – a person was asked for"],
  ["menu_ended", { how: "timed_out", path: "" }, "Nothing chosen in the menu – nobody answered"],
  ["menu_ended", { how: "removed", path: "Sales" }, "Chosen in the menu: Sales – the number has no menu any more"],
  ["menu_ended", { how: "left", path: "Sales" }, "Chosen in the menu: Sales – taken out of the menu"],
  ["message_withheld", { why: "window_closed" }, "An automatic message was not sent: the 24-hour window is closed"],
  ["message_withheld", { why: "channel_disabled" }, "An automatic message was not sent: the number is switched off"],
  [
    "message_withheld",
    { why: "tenant_disabled" },
    "An automatic message was not sent: the company was disabled, and its moment is over",
  ],
  ["kept_back", {}, "Kept back: this number serves known customers only"],
  ["awaiting_reply", ANNA, "Waits for the customer's answer"],
  ["closed", { how: "by_hand" }, "Closed by Elena Conti"],
  ["closed", { how: "automatic" }, "Closed automatically"],
]

describe("what happened, in one line", () => {
  const line = async (kind: string, data: Told[1], language = "en") =>
    (await elements(<EventLine screen={screenIn(language)} item={event(1, kind, data, "Elena Conti")} />, "p"))[0]?.text

  for (const [kind, data, says] of TOLD)
    test(`«${says}» is told, and in Italian too`, async () => {
      expect(await line(kind, data)).toBe(`${says} · 08:51`)
      const italian = (await line(kind, data, "it")) ?? ""
      expect(italian).not.toMatch(UNWORDED)
      expect(italian).not.toMatch(/ {2}|– ·|: ·/)
      expect(italian.replace(/ · 08:51$/, "")).not.toBe(says)
    })

  test("what nobody did was done by the system", async () => {
    const item = event(1, "parked", { as: "public", why: "by_hand" })
    expect((await elements(<EventLine screen={screenIn("en")} item={item} />, "p"))[0]?.text).toContain("by System")
  })
})
