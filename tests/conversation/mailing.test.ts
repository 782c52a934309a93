/** A conversation by e-mail: what leaves, what stays, who may, and what becomes of it. */
import { afterEach, describe, expect, test } from "bun:test"
import { type Sensitive, sensitiveIn } from "~/conversation/rules/sensitive.ts"
import { days } from "~/kernel/clock.ts"
import { openScene } from "../customer/scene.ts"
import { timeline } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"

describe("What is sensitive", () => {
  test.each<[text: string, kinds: Sensitive[]]>([
    ["my card is 4111 1111 1111 1111", ["card"]],
    ["order 4111111111111112", []],
    ["call +39 345 555 0172 555", []],
    ["IBAN IT60 X054 2811 1010 0000 0123 456", ["account"]],
    ["IT60X0542811101000000123457", []],
    ["la password: Aurora77", ["code"]],
    ["The code is 123456", ["code"]],
    ["Il codice postale non serve", []],
  ])("%p: %p", (text, kinds) => {
    expect(sensitiveIn([text])).toEqual(kinds)
  })
})

describe("A conversation by e-mail", () => {
  let scene: Awaited<ReturnType<typeof openScene>>
  afterEach(() => scene.world.close())
  const path = () => `/conversations/${scene.conversation}/mail`
  const send = (to: string, more: Record<string, string> = {}) =>
    scene.anna.post(path(), { to, words: "", withFiles: "on", step: "send", ...more })
  const letters = () => scene.world.mailbox.letters

  test("carries what was said and the files, both ways to read it, and none of the notes", async () => {
    scene = await openScene()
    const { world, giulia, anna, conversation } = scene
    await anna.reply(conversation, "Mi dica, <Giulia>")
    giulia.send({ kind: "image" })
    await world.settle()
    await anna.post(`/conversations/${conversation}/notes`, { text: "He lies", clientId: "n" })
    expect(await send("office@acme.test", { words: "For the file" })).toBeNull()
    await world.settle()
    const [letter] = letters()
    expect(letter).toMatchObject({ to: "office@acme.test", subject: expect.stringContaining("Giulia Lombardi") })
    for (const body of [letter!.text, letter!.html]) {
      for (const words of ["For the file", "Buongiorno", "Anna Rossi (Acme)"]) expect(body).toContain(words)
      expect(body).not.toContain("He lies")
    }
    expect(letter!.html).toContain("Mi dica, &lt;Giulia&gt;")
    expect(letter!.attachments).toHaveLength(1)
    expect(letter!.attachments[0]?.bytes.length).toBeGreaterThan(0)
    expect(timeline(world, conversation).at(-1)).toMatchObject({ kind: "conversation.mailed", data: { files: 1 } })
    const acts = rowsOf<{ act: string; changes: string }>(world.database.path, "SELECT act, changes FROM auditEntry")
    expect(acts.find(({ act }) => act === "conversation.mailed")?.changes).toContain("office@acme.test")
  })

  test("a hostile name or text makes no second header and no element", async () => {
    scene = await openScene()
    const { world, anna, customer, conversation } = scene
    const { values } = await scene.form()
    await anna.post(`/customers/${customer}`, { ...values, name: "<script>alert(1)</script>\u2028Bcc: x@y.test" })
    scene.giulia.say('</p><img src=x onerror="alert(1)">')
    await world.settle()
    expect(
      await anna.post(`/conversations/${conversation}/mail`, { to: "office@acme.test", words: "", step: "send" }),
    ).toBeNull()
    await world.settle()
    const [letter] = letters()
    expect(letter!.subject).not.toMatch(/[\r\n\u2028]/)
    expect(letter!.html).not.toMatch(/<(script|img)/)
  })

  test("is asked for twice: an address that is none is said so, one that is right is shown again first", async () => {
    scene = await openScene()
    const wrong = await scene.anna.visitor.post(path(), { to: "nobody", words: "" })
    expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringContaining("not a mail address")])
    for (const to of ["a@b.test\nBcc: c@d.test", "a@b.test, c@d.test", "<a@b.test>"])
      expect(await send(to)).toMatchObject({ refused: "mail.address_malformed" })
    const asked = await scene.anna.visitor.post(path(), { to: "office@acme.test", words: "" })
    expect(await asked.text()).toContain("Send the conversation with Giulia Lombardi to this address?")
    await scene.world.settle()
    expect(letters()).toEqual([])
  })

  test("warns of what is sensitive", async () => {
    scene = await openScene()
    scene.giulia.say("4111 1111 1111 1111")
    await scene.world.settle()
    expect(await scene.anna.visitor.panel(path())).toContain("The number of a payment card.")
  })

  test("waits while the server is down; given up, its sender hears of it and the details say why", async () => {
    scene = await openScene()
    const { world, anna, conversation } = scene
    world.mailbox.answers = { result: "not_now", reason: "unreachable", answer: null }
    expect(await send("office@acme.test")).toBeNull()
    await world.settle()
    const details = () => anna.visitor.panel(`/conversations/${conversation}/details`)
    expect(await details()).toContain("office@acme.test · Waiting")
    await world.advance(days(4))
    const again = await sitDown(world, "anna")
    expect(await again.visitor.panel(`/conversations/${conversation}/details`)).toContain("office@acme.test · Failed")
    expect(await again.visitor.panel("/notices")).toContain("did not get to office@acme.test by e-mail")
  })

  test("is for supervisors alone, or for nobody, where the tenant says so", async () => {
    scene = await openScene({ settings: { conversationsMailedBy: "supervisors" } })
    expect(await send("office@acme.test")).toMatchObject({ refused: "conversation.may_not_mail" })
    const carla = await sitDown(scene.world, "carla")
    expect(await carla.post(path(), { to: "office@acme.test", words: "", step: "send" })).toBeNull()
    const details = await scene.anna.visitor.panel(`/conversations/${scene.conversation}/details`)
    expect(details).not.toContain("E-mail this conversation")
  })
})
