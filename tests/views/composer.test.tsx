import { describe, expect, test } from "bun:test"
import { ComposerGate } from "views/conversation/composer.tsx"
import { ConversationDetails } from "views/conversation/details.tsx"
import { Popups } from "views/conversation/popup.tsx"
import type { ConversationHead } from "~/conversation/queries/console.ts"
import { COMPOSER_HEADS } from "./conversation-props.ts"
import { minutesAgo, screenIn } from "./props.ts"
import { elements, namesOf } from "./reading.ts"
import { customerCard, head } from "./thread-props.ts"

const screen = screenIn("en")

describe("the composer says whether one may write, and if not why", () => {
  const gate = (shown: ConversationHead, language = "en") => <ComposerGate screen={screenIn(language)} head={shown} />
  const words = async (shown: ConversationHead) => (await elements(gate(shown), ".composer-gate"))[0]?.text
  const acts = async (shown: ConversationHead) =>
    (await elements(gate(shown), "form")).map(({ attributes, text }) => [attributes.get("action"), text])

  for (const [mode, shown] of Object.entries(COMPOSER_HEADS))
    test(`${mode}: the field beneath is told, in both languages with words of their own`, async () => {
      const [element] = await elements(gate(shown), "#composer-gate")
      expect(element?.attributes.get("data-mode")).toBe(mode)
      if (mode === "ready") return expect(await words(shown)).toBe("")
      const [italian] = await elements(gate(shown, "it"), "#composer-gate")
      expect(element?.text).toMatch(/\w{3}/)
      expect(italian?.text).not.toBe(element?.text)
      for (const text of [element?.text, italian?.text]) expect(text).not.toMatch(/[{}]|\w+\.\w+_\w+/)
    })

  test("one that was given is opened first, before a stated time", async () => {
    expect(await words(COMPOSER_HEADS.offered)).toContain("Open it before 09:21:30, or it goes to somebody else.")
    expect(await acts(COMPOSER_HEADS.offered)).toEqual([["/conversations/7/opening", "Open"]])
  })

  test("one that nobody answers may be taken", async () => {
    expect(await acts(COMPOSER_HEADS.takeable)).toEqual([["/conversations/7/taking", "Take"]])
  })

  test("a number that cannot send says why, and what to do", async () => {
    expect(await words(COMPOSER_HEADS.number_held)).toContain(
      "The WhatsApp account has a payment problem. Tell your administrator.",
    )
  })

  test("a closed one says since when", async () => {
    expect(await words(COMPOSER_HEADS.closed)).toContain("This conversation is closed · 08:50")
  })
})

const NOTHING_MORE = { ownerName: null, skillsetName: null, reason: "Service › Booking", said: null }

describe("the details", () => {
  const past = { id: 5, openedAt: minutesAgo(2_880), closedAt: minutesAgo(2_000), channelName: "Main", ...NOTHING_MORE }
  const details = (shown: ConversationHead, withPast: boolean) => (
    <ConversationDetails
      screen={screen}
      head={shown}
      counts={{ received: 6, sent: 4, firstReplyAfter: 108_000 }}
      history={{ conversations: withPast ? [past] : [], isCut: false, behindFrom: null }}
      profiling={null}
      customer={customerCard({ name: shown.customerName })}
      tags={[]}
      mails={[]}
      holds={[]}
      events={[]}
      rights={{ mayEdit: true, mayBlock: false, mayErase: false, mayMail: true }}
    />
  )

  test("they tell of the conversation, of the customer and of what came before", async () => {
    const page = details(head({ username: "giuli.l" }), true)
    expect(await namesOf(page, "summary")).toEqual([
      "Conversation information",
      "Timeline",
      "Customer information",
      "History",
    ])
    const names = await namesOf(page, "dt")
    const values = await namesOf(page, "dd")
    const facts = Object.fromEntries(names.map((name, index) => [name, values[index]]))
    expect(facts).toMatchObject({
      State: "Open",
      Opened: "22 Nov 2026, 08:50",
      Skillset: "Service",
      Agent: "Elena Conti",
      "Service number": "Service +39 02 555 0100",
      Messages: "6 in · 4 out",
      Name: "Giulia Lombardi",
      "WhatsApp name": "Giuli",
      Phone: "+39 345 555 0172",
      "WhatsApp user": "@giuli.l",
    })
    const [before] = await elements(page, ".past-conversations a")
    expect([before?.attributes.get("href"), before?.text]).toEqual(["/conversations/5", "Service › Booking"])
    expect(await namesOf(page, ".past-conversations small")).toEqual(["20 Nov 2026 · Main · Nobody"])
  })

  test("a customer of whom only a username is known has no number", async () => {
    const page = details(head({ phone: null, customerName: null, username: "giuli.l" }), false)
    expect(await elements(page, ".details-who p")).toEqual([])
    expect((await elements(page, "#details-customer"))[0]?.text).toContain("Phone–")
    expect((await elements(page, "aside"))[0]?.text).toContain("This is the first conversation.")
  })
})

describe("pop-ups", () => {
  test("the region stays when there is none, so that the next one finds its place", async () => {
    const [region] = await elements(<Popups standing={null} screen={screen} offers={[]} />, "#popups")
    expect(region?.attributes.get("hx-get")).toBe("/popups")
    expect(region?.text).toBe("")
  })
})
