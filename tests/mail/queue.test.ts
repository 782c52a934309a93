/** The queue of mail in a whole appliance: on disk before it leaves, tried again, given up, never twice. */
import { afterEach, describe, expect, test } from "bun:test"
import { catalogues } from "views/locales/index.ts"
import { SYSTEM } from "~/facts.ts"
import { days, hours, minutes, seconds } from "~/kernel/clock.ts"
import { setMailServer } from "~/mail/actions.ts"
import { serverOfUrl } from "~/mail/rules/standard.ts"
import { isMailAddress, isSender, MAIL_SECRET_PLACE, type Mail, planAfter, TROUBLES } from "~/mail/rules.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World, type WorldOptions } from "../support/world.ts"

const MAIL: Mail = {
  kind: "conversation",
  to: "giulia@customer.test",
  language: "it",
  subject: "La conversazione",
  text: "Ecco.",
  html: "<p>Ecco.</p>",
}
const open: World[] = []
afterEach(async () => {
  for (const world of open.splice(0)) await world.close()
})
async function worldWith(options: WorldOptions = {}) {
  const world = await openWorld(options)
  open.push(world)
  return world
}

const post = async (world: World, mail: Mail = MAIL) => {
  await world.database.tenant(1).act(SYSTEM, (tx) => tx.raise({ type: "mail.due", mail }))
  await world.settle()
}
type Row = {
  state: string
  tries: number
  reason: string | null
  text: string
  secret: Uint8Array | null
  answer: string
}
const rows = (world: World) => rowsOf<Row>(world.database.path, "SELECT * FROM mail ORDER BY id")

describe("A mail", () => {
  test("leaves at once, and nothing of its body stays", async () => {
    const world = await worldWith()
    await post(world)
    expect(world.mailbox.to(MAIL.to)).toMatchObject({ subject: MAIL.subject, text: "Ecco.", html: "<p>Ecco.</p>" })
    expect(rows(world)).toMatchObject([{ state: "sent", tries: 1, text: "", answer: "250 2.0.0 OK" }])
  })

  test("waits while the server is down, is tried less and less often, and leaves once it is back", async () => {
    const world = await worldWith()
    world.mailbox.answers = { result: "not_now", reason: "unreachable", answer: null }
    await post(world)
    expect(rows(world)).toMatchObject([{ state: "queued", tries: 1, reason: "unreachable" }])
    await world.advance(minutes(30))
    expect(world.mailbox.tries).toBe(5)
    world.mailbox.answers = null
    await world.advance(hours(1))
    expect(rows(world)).toMatchObject([{ state: "sent", reason: null }])
    expect(world.mailbox.letters.length).toBe(1)
  })

  test("is given up after three days, with the reason", async () => {
    const world = await worldWith()
    world.mailbox.answers = { result: "not_now", reason: "timeout", answer: null }
    await post(world)
    await world.advance(days(4))
    expect(rows(world)).toMatchObject([{ state: "failed", reason: "timeout" }])
  })

  test("whose use has passed is not sent any more", async () => {
    const world = await worldWith()
    world.mailbox.answers = { result: "not_now", reason: "busy", answer: null }
    await post(world, { ...MAIL, uselessAt: world.clock.now() + seconds(45) })
    world.mailbox.answers = null
    await world.advance(seconds(20))
    await world.restart()
    await world.advance(minutes(30))
    expect(world.mailbox.letters.length).toBe(1)
    world.mailbox.answers = { result: "not_now", reason: "busy", answer: null }
    await post(world, { ...MAIL, uselessAt: world.clock.now() + seconds(10) })
    await world.advance(hours(1))
    expect(rows(world).at(-1)).toMatchObject({ state: "failed", reason: "busy" })
  })

  test("that the server refuses is not tried again", async () => {
    const world = await worldWith()
    world.mailbox.answers = { result: "refused", reason: "recipient_refused", answer: "550 5.1.1 no such user" }
    await post(world)
    await world.advance(days(1))
    expect(world.mailbox.tries).toBe(1)
    expect(rows(world)).toMatchObject([
      { state: "failed", reason: "recipient_refused", answer: "550 5.1.1 no such user" },
    ])
  })

  test("in doubt stays in doubt: nobody is written to twice", async () => {
    const world = await worldWith()
    world.mailbox.answers = { result: "uncertain", reason: "timeout" }
    await post(world)
    world.mailbox.answers = null
    await world.advance(days(1))
    await world.restart()
    expect(world.mailbox.tries).toBe(1)
    expect(rows(world)).toMatchObject([{ state: "uncertain" }])
  })

  test("that was on its way when the process was killed is in doubt; what waited leaves", async () => {
    const world = await worldWith()
    const never = Promise.withResolvers<never>()
    const { mailbox } = world
    const send = mailbox.send.bind(mailbox)
    mailbox.send = (server, letter) => {
      mailbox.tries += 1
      return letter.subject === "hangs" ? never.promise : send(server, letter)
    }
    await world.database
      .tenant(1)
      .act(SYSTEM, (tx) => tx.raise({ type: "mail.due", mail: { ...MAIL, subject: "hangs" } }))
    await world.database.idle()
    for (let turn = 0; turn < 20 && mailbox.tries === 0; turn++) await world.advance(1)
    await world.kill()
    await post(world)
    expect(rows(world)).toMatchObject([{ state: "uncertain", reason: "interrupted" }, { state: "sent" }])
  })

  test("holds its secret sealed, puts it in as it leaves, and forgets it", async () => {
    const world = await worldWith()
    world.mailbox.answers = { result: "not_now", reason: "busy", answer: null }
    const password = "kq7m-<b>-w2zt"
    const secret = world.database.secrets.seal(JSON.stringify({ password }), MAIL_SECRET_PLACE)
    await post(world, { ...MAIL, text: "È {{password}}", html: "<p>{{password}}</p>", secret })
    expect(JSON.stringify(rows(world))).not.toContain(password)
    world.mailbox.answers = null
    await world.advance(minutes(1))
    const { text, html } = world.mailbox.to(MAIL.to)
    expect([text, html]).toEqual([`È ${password}`, "<p>kq7m-&lt;b&gt;-w2zt</p>"])
    expect(rows(world)).toMatchObject([{ state: "sent", secret: null }])
  })

  test("waits where no server is set, and leaves soon after one is", async () => {
    const world = await worldWith({ mail: false })
    await post(world)
    expect(rows(world)).toMatchObject([{ state: "queued", reason: "no_server" }])
    expect(world.appliance.outbox.mailing.isPossible(1)).toBeFalse()
    const server = { host: "mail.acme.test", port: 587, security: "starttls", username: "office" } as const
    const { secrets } = world.database
    await world.database
      .tenant(1)
      .act(SYSTEM, (tx) =>
        setMailServer(tx, secrets, { ...server, password: "s3cret", sender: "Acme <office@acme.test>" }),
      )
    await world.settle()
    expect(rows(world)).toMatchObject([{ state: "sent" }])
    expect(world.mailbox.to(MAIL.to).from).toBe("Acme <office@acme.test>")
    expect(world.appliance.outbox.mailing.isPossible(2)).toBeFalse()
    const kept = JSON.stringify(rowsOf(world.database.path, "SELECT * FROM mailServer, auditEntry"))
    expect(kept).not.toContain("s3cret")
  })

  test("to something that is no single address is refused, and what wanted it is undone", async () => {
    const world = await worldWith()
    const posting = world.database
      .tenant(1)
      .act(SYSTEM, (tx) => tx.raise({ type: "mail.due", mail: { ...MAIL, to: "a@b.test\r\nBcc: c@d.test" } }))
    await expect(posting).rejects.toThrow("mail.address_malformed")
    expect(rows(world)).toEqual([])
  })
})

describe("The rules of mail", () => {
  test("know one mailbox from two, from a header and from a megabyte", () => {
    for (const good of ["anna@company.test", "a.b+c@x-y.example", "josé@münchen.example", "o'neil@a.b"])
      expect([good, isMailAddress(good)]).toEqual([good, true])
    const bad = [
      "",
      "anna",
      "@b.test",
      "a@",
      "a@b@c",
      "a b@c.test",
      "a,b@c.test",
      "a@b.test,c@d.test",
      "a@b.test;c@d.test",
      "a@b.test\r\nBcc: c@d.test",
      "a@b.test\n",
      '"a b"@c.test',
      "a(comment)@b.test",
      "<a@b.test>",
      "a@-b.test",
      ".a@b.test",
      "a..b@c.test",
      "a@b..c",
      "a@b.test\0",
      `${"a".repeat(1_000_000)}@b.test`,
      `${"(".repeat(500_000)}@b`,
    ]
    for (const one of bad) expect([one.slice(0, 40), isMailAddress(one)]).toEqual([one.slice(0, 40), false])
    expect(
      ["Acme <a@b.test>", "a@b.test", "Acme a@b.test", "A\r\nB <a@b.test>", "A <a@b.test>, b@c.test"].map(isSender),
    ).toEqual([true, true, false, false, false])
  })

  test("understand an address of a server", () => {
    const at = new URL("https://crm.acme.test")
    expect(serverOfUrl(null, null, at)).toBeNull()
    expect(serverOfUrl("smtps://office:p%40ss@mail.acme.test", null, at)).toMatchObject({
      host: "mail.acme.test",
      port: 465,
      security: "tls",
      username: "office",
      password: "p@ss",
      sender: "sportello@crm.acme.test",
    })
    expect(serverOfUrl("smtp://127.0.0.1:1025", "a@b.test", at)).toMatchObject({ port: 1025, security: "if_offered" })
  })

  test("never try a mail again whose end nobody knows, whatever the try", () => {
    for (let tries = 1; tries < 30; tries++)
      expect(planAfter({ result: "uncertain", reason: "broken" }, tries, days(1_000), 0).state).toBe("uncertain")
  })

  test("have a phrase for every trouble", () => {
    for (const trouble of TROUBLES)
      for (const catalogue of Object.values(catalogues))
        expect(Object.keys(catalogue)).toContain(`mail.trouble.${trouble}`)
  })
})
