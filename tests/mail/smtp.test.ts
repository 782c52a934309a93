/** Real servers: what becomes of a mail that is taken, refused, slow, cut off, unsigned-for. */
import { afterEach, describe, expect, test } from "bun:test"
import { createServer } from "node:net"
import { SystemChance } from "~/kernel/chance.ts"
import { SystemClock } from "~/kernel/clock.ts"
import type { Letter } from "~/mail/rules.ts"
import { createMailer } from "~/outbox/mail/smtp.ts"
import { newAuthority, signServer } from "~/web/tls/authority.ts"
import { openSmtpHost } from "./smtp-host.ts"

const LETTER: Letter = {
  to: "anna@company.test",
  from: "Sportello <sportello@company.test>",
  subject: "È arrivata: «posta»",
  text: "Buongiorno.\n.\nUna riga sola con un punto.",
  html: "<p>Buongiorno &amp; grazie</p>",
  messageId: "<1.boot@sportello>",
  attachments: [],
}
const PATIENCE = { connectMs: 300, greetMs: 300, silenceMs: 300 }

const open: { close(): unknown }[] = []
const kept = <One extends { close(): unknown }>(one: One): One => {
  open.push(one)
  return one
}
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close()
})

const mailer = (options: Parameters<typeof createMailer>[0] = {}) =>
  kept(createMailer({ patience: PATIENCE, ...options }))
const host = async (options: Parameters<typeof openSmtpHost>[0] = {}) => kept(await openSmtpHost(options))

describe("A mail server", () => {
  test("gets a whole mail: both bodies, the subject, our id, a file", async () => {
    const there = await host()
    const bytes = Buffer.from("a,b\n1,2\n")
    const letter = { ...LETTER, attachments: [{ name: "città.csv", mimeType: "text/csv", bytes }] }
    expect(await mailer().send(there.at(), letter)).toMatchObject({ result: "sent" })
    const [mail] = there.arrived
    expect(mail).toMatchObject({ from: "sportello@company.test", to: ["anna@company.test"], secure: false })
    for (const words of ["multipart/alternative", "Message-ID: <1.boot@sportello>", "Auto-Submitted: auto-generated"])
      expect(mail?.text).toContain(words)
    expect(mail?.text).toContain(bytes.toString("base64"))
  })

  test("gets a picture within the HTML as a part of it, beside what is attached", async () => {
    const there = await host()
    const attachments = [
      { name: "logo.png", mimeType: "image/png", bytes: Buffer.from("a picture"), cid: "logo@sportello" },
      { name: "a.csv", mimeType: "text/csv", bytes: Buffer.from("a,b") },
    ]
    expect(await mailer().send(there.at(), { ...LETTER, attachments })).toMatchObject({ result: "sent" })
    const text = there.arrived[0]?.text ?? ""
    for (const words of ["multipart/mixed", "multipart/related", "Content-ID: <logo@sportello>"])
      expect(text).toContain(words)
    expect(text).toMatch(/Content-Disposition: inline; filename=logo\.png/)
    expect(text).toMatch(/Content-Disposition: attachment; filename=a\.csv/)
  })

  test("takes many over few connections", async () => {
    const there = await host()
    const one = mailer()
    const sent = await Promise.all(Array.from({ length: 20 }, () => one.send(there.at(), LETTER)))
    expect(new Set(sent.map(({ result }) => result))).toEqual(new Set(["sent"]))
    expect(there.arrived.length).toBe(20)
  })

  test("that knows nobody of that name says so for good, in its own words", async () => {
    const there = await host({
      onRcptTo: (_, __, done) => done(Object.assign(new Error("5.1.1 no such user here"), { responseCode: 550 })),
    })
    const outcome = await mailer().send(there.at(), LETTER)
    expect(outcome).toMatchObject({ result: "refused", reason: "recipient_refused" })
    expect(JSON.stringify(outcome)).toContain("no such user here")
  })

  test("that asks to come back later is asked later", async () => {
    const there = await host({
      onRcptTo: (_, __, done) => done(Object.assign(new Error("4.7.1 greylisted"), { responseCode: 451 })),
    })
    expect(await mailer().send(there.at(), LETTER)).toMatchObject({ result: "not_now", reason: "busy" })
  })

  test("that refuses the sender or the content says which", async () => {
    const sender = await host({
      onMailFrom: (_, __, done) => done(Object.assign(new Error("relay denied"), { responseCode: 553 })),
    })
    expect(await mailer().send(sender.at(), LETTER)).toMatchObject({ result: "refused", reason: "sender_refused" })
    const content = await host({
      onData(stream, _, done) {
        stream.resume()
        stream.on("end", () => done(Object.assign(new Error("this is spam"), { responseCode: 554 })))
      },
    })
    expect(await mailer().send(content.at(), LETTER)).toMatchObject({ result: "refused", reason: "content_refused" })
  })

  test("that is not there, or has no name, is tried again", async () => {
    const there = await openSmtpHost()
    await there.close()
    expect(await mailer().send(there.at(), LETTER)).toMatchObject({ result: "not_now", reason: "unreachable" })
    const nameless = mailer({ resolve: () => Promise.reject(new Error("no such name")) })
    const outcome = await nameless.send(there.at({ host: "mail.nowhere.test" }), LETTER)
    expect(outcome).toMatchObject({ result: "not_now", reason: "name_not_found" })
  })

  test("that takes the connection and says nothing does not hold us", async () => {
    const silent = createServer(() => {})
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve))
    kept({ close: () => silent.close() })
    const { port } = silent.address() as { port: number }
    const there = await host()
    expect(await mailer().send(there.at({ port }), LETTER)).toMatchObject({ result: "not_now", reason: "timeout" })
  })

  test("that goes silent when it has the whole mail leaves it in doubt; it is not sent twice", async () => {
    let times = 0
    const there = await host({
      onData(stream) {
        times += 1
        stream.resume()
      },
    })
    expect(await mailer().send(there.at(), LETTER)).toMatchObject({ result: "uncertain", reason: "timeout" })
    expect(times).toBe(1)
  })
})

describe("Signing in to a mail server, and TLS", () => {
  const authority = newAuthority(new SystemClock().now(), new SystemChance())
  async function signed(names: string[]) {
    const { certificate, key } = await signServer(await authority, names, new SystemClock().now(), new SystemChance())
    return { cert: certificate, key }
  }
  const onAuth = (
    auth: { username?: string | undefined; password?: string | null | undefined },
    _: unknown,
    done: (error: Error | null, response?: object) => void,
  ) =>
    auth.username === "office" && auth.password === "s3cret"
      ? done(null, { user: "office" })
      : done(new Error("Authentication failed"))
  const office = { username: "office", password: "s3cret" }

  test("the line is made secure first, and the certificate must be that of the host", async () => {
    const there = await host({ ...(await signed(["localhost"])), hideSTARTTLS: false, authOptional: false, onAuth })
    const at = there.at({ host: "localhost", security: "starttls", ...office })
    const resolve = () => Promise.resolve(["127.0.0.1"])
    const { certificate } = await authority
    const outcome = await mailer({ resolve, authorities: [certificate] }).send(at, LETTER)
    expect(outcome).toMatchObject({ result: "sent" })
    expect(there.arrived[0]).toMatchObject({ secure: true, user: "office" })
  })

  test("a certificate of nobody we know is refused before anything is said", async () => {
    const there = await host({ ...(await signed(["localhost"])), hideSTARTTLS: false, authOptional: false, onAuth })
    const resolve = () => Promise.resolve(["127.0.0.1"])
    const at = there.at({ host: "localhost", security: "starttls", ...office })
    expect(await mailer({ resolve }).send(at, LETTER)).toMatchObject({ result: "not_now", reason: "certificate" })
    const other = there.at({ host: "mail.other.test", security: "starttls", ...office })
    const { certificate } = await authority
    const outcome = await mailer({ resolve, authorities: [certificate] }).send(other, LETTER)
    expect(outcome).toMatchObject({ result: "not_now", reason: "certificate" })
    expect(there.arrived).toEqual([])
  })

  test("a server without TLS gets no mail where TLS is demanded", async () => {
    const there = await host({ disabledCommands: ["STARTTLS"] })
    expect(await mailer().send(there.at({ security: "starttls" }), LETTER)).toMatchObject({
      result: "not_now",
      reason: "tls",
    })
    expect(there.arrived).toEqual([])
  })

  test("a wrong password is told as one", async () => {
    const there = await host({ authOptional: false, allowInsecureAuth: true, onAuth })
    const at = there.at({ ...office, password: "wrong" })
    expect(await mailer().send(at, LETTER)).toMatchObject({ result: "not_now", reason: "sign_in" })
    expect(await mailer().send(there.at(office), LETTER)).toMatchObject({ result: "sent" })
  })
})

describe("A server that a tenant names", () => {
  test("may not be the machine itself, nor lead to it by a name", async () => {
    const there = await host()
    const foreign = there.at({ isForeign: true })
    expect(await mailer().send(foreign, LETTER)).toMatchObject({ result: "not_now", reason: "not_allowed" })
    for (const address of ["127.0.0.1", "169.254.169.254", "::1", "fe80::1", "::ffff:127.0.0.1", "0.0.0.0"]) {
      const resolve = () => Promise.resolve(["192.0.2.1", address])
      const outcome = await mailer({ resolve }).send({ ...foreign, host: "mail.company.test" }, LETTER)
      expect([address, outcome]).toEqual([address, { result: "not_now", reason: "not_allowed", answer: null }])
    }
    expect(there.arrived).toEqual([])
  })
})
