/** The administrator's page of mail: a server of the tenant's own, a test that says what it said, what became of mails. */
import { afterEach, beforeEach, expect, test } from "bun:test"
import { SYSTEM } from "~/facts.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { dump, rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const SERVER = {
  host: "mail.acme.test",
  port: "587",
  security: "starttls",
  username: "office",
  sender: "office@acme.test",
}
let world: World
let dora: Desk
beforeEach(async () => {
  world = await openWorld({ mail: false })
  dora = await sitDown(world, "dora", { listening: false })
})
afterEach(() => world.close())
const page = async () => (await dora.visitor.get("/admin/mail")).text()
const ask = async (path: string, form: Record<string, string>) => {
  const answer = await dora.visitor.post(path, form)
  return { status: answer.status, text: await answer.text() }
}

test("says that nobody takes mail, keeps a server with its password sealed, and shows the password to nobody", async () => {
  expect(await page()).toContain("No mail server is set")
  const missing = await ask("/admin/mail", { ...SERVER, password: "" })
  expect([missing.status, missing.text.includes("Type the password of this username.")]).toEqual([422, true])
  expect((await ask("/admin/mail", { ...SERVER, password: "s3cret-of-acme" })).status).toBe(303)
  const shown = await page()
  expect([shown.includes('value="mail.acme.test"'), shown.includes("s3cret-of-acme")]).toEqual([true, false])
  expect(JSON.stringify(dump(world.database.path))).not.toContain("s3cret-of-acme")
  expect((await ask("/admin/mail", { ...SERVER, port: "465", security: "tls", password: "" })).status).toBe(303)
  expect((await ask("/admin/mail/test", { to: "anna@acme.test" })).text).toContain("The server took it.")
  const other = await sitDown(world, "dora2", { listening: false })
  expect(await (await other.visitor.get("/admin/mail")).text()).toContain("No mail server is set")
  await ask("/admin/mail/removing", {})
  expect(await page()).toContain("No mail server is set")
  const acts = rowsOf<{ act: string }>(world.database.path, "SELECT act FROM auditEntry WHERE act = 'mail.changed'")
  expect(acts).toHaveLength(3)
})

test.each([
  ["a host that is none", { host: "mail acme" }, "Write the name or the address of the mail server."],
  ["a sender with a second address", { sender: "a@b.test, c@d.test" }, "Write an address, or a name and an address"],
  ["a port that is none", { port: "70000" }, "From 1 to 65,535"],
])("is refused with %s, and what was typed stays", async (_, wrong, said) => {
  const answer = await ask("/admin/mail", { ...SERVER, password: "x", ...wrong })
  expect([answer.status, answer.text.includes(said)]).toEqual([422, true])
  expect(answer.text).not.toContain('value="x"')
})

test("a test says in plain words what went wrong, and the server's own words", async () => {
  await ask("/admin/mail", { ...SERVER, password: "wrong" })
  world.mailbox.answers = { result: "not_now", reason: "sign_in", answer: "535 5.7.8 <b>bad</b> credentials" }
  const { text } = await ask("/admin/mail/test", { to: "anna@acme.test" })
  expect(text).toContain("does not accept the username or the password")
  expect(text).toContain("535 5.7.8 &lt;b&gt;bad&lt;/b&gt; credentials")
  expect((await ask("/admin/mail/test", { to: "a@b.test\nBcc: c@d.test" })).status).toBe(422)
})

test("what failed is listed with its reason and goes out again at a word; a secret that is gone does not", async () => {
  await ask("/admin/mail", { ...SERVER, password: "x" })
  world.mailbox.answers = { result: "refused", reason: "recipient_refused", answer: "550 no such user" }
  const mail = {
    kind: "conversation",
    to: "giulia@x.test",
    language: "en",
    subject: "S",
    text: "T",
    html: "H",
  } as const
  const secret = world.database.secrets.seal("{}", "mail/secret")
  await world.database.tenant(1).act(SYSTEM, (tx) => {
    tx.raise({ type: "mail.due", mail }, { type: "mail.due", mail: { ...mail, text: "{{password}}", secret } })
  })
  await world.settle()
  expect(await page()).toContain("The mail server does not deliver to this address.")
  world.mailbox.answers = null
  const [plain, sealed] = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM mail ORDER BY id")
  expect((await ask(`/admin/mail/${plain?.id}/again`, {})).status).toBe(303)
  await world.settle()
  expect(world.mailbox.letters.map(({ to }) => to)).toEqual(["giulia@x.test"])
  expect((await ask(`/admin/mail/${sealed?.id}/again`, {})).text).toContain("has been forgotten")
})
