/** A new key: every secret under it and none under the old one, whatever happens on the way. */
import { afterEach, describe, expect, spyOn, test } from "bun:test"
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { TOTP } from "otpauth"
import { directoryServer, providerServer } from "~/account/actions/ways-in.ts"
import { callServers } from "~/call/queries.ts"
import { credentialsOf } from "~/channel/queries.ts"
import { rotateKey, sealAnew } from "~/command/key/rotation.ts"
import { openDataFolder } from "~/database/folder.ts"
import { readKey } from "~/database/key-file.ts"
import { prepareNextKey, putNextInPlace } from "~/database/key-rotation.ts"
import { Secrets } from "~/database/secrets.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { minutes, VirtualClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import { mailServerFor } from "~/mail/queries.ts"
import { COMPANIES, companyDocument, PASSWORD } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { codeFrom, Newcomer } from "../support/newcomer.ts"
import { dump, rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { fileWith, newFolder, sample, serve, sportello } from "./support.ts"

const MAIL = { host: "mail.acme.test", sender: "office@acme.test", username: "office", password: "smtp-secret" }
const RELAY = { urls: ["turn:relay.acme.test:3478"], secret: "relay-secret" }

let world: World
afterEach(() => world?.close())

const READER = { serviceName: "cn=reader,dc=acme", servicePassword: "who only reads", searchBase: "dc=acme" }
const SIGN_IN = {
  providers: [{ provider: "google", clientId: "sportello", clientSecret: "between the two of us" }],
  directory: { url: "ldap://directory.test", way: "search", ...READER },
}

const SPEECH = {
  engine: "server",
  url: "http://speech.test:8000",
  model: "small",
  languages: ["it"],
  key: "who-may-listen",
}

/** A world that keeps one of everything that is sealed; answers all that was ever sealed in it, and Anna's second factor. */
async function furnished() {
  const sealed: Uint8Array[] = []
  const seal = Secrets.prototype.seal
  const spy = spyOn(Secrets.prototype, "seal").mockImplementation(function (this: Secrets, text, place) {
    const bytes = seal.call(this, text, place)
    sealed.push(bytes)
    return bytes
  })
  const [acme, globex] = companyDocument().tenants
  const paolo = { username: "paolo", firstName: "Paolo", lastName: "Marini", level: "agent", email: "paolo@acme.test" }
  const users = [...(acme?.users ?? []), paolo]
  world = await openWorld({
    document: {
      tenants: [{ ...acme, users, mailServer: MAIL, callServers: RELAY, signIn: SIGN_IN, speech: SPEECH }, globex],
    },
  })
  world.mailbox.answers = { result: "not_now", reason: "unreachable", answer: null }
  const anna = new Newcomer(world.answer)
  await anna.signIn("anna", PASSWORD)
  const page = (await anna.send("/profile/second-factor", { proof: PASSWORD })).text
  await anna.send("/profile/second-factor/confirmation", { code: codeFrom(page, world.clock) })
  const dora = await sitDown(world, "dora", { listening: false })
  const [row] = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM user WHERE username = 'paolo'")
  expect(await dora.post(`/admin/users/${row?.id}/invitation`)).toBeNull()
  await world.settle()
  spy.mockRestore()
  return { sealed, secret: /<code class="code">([A-Z2-7 ]+)<\/code>/.exec(page)?.[1]?.replaceAll(" ", "") ?? "" }
}
const place = () => {
  const { database } = world
  const keyFile = join(dirname(database.path), "master.key")
  const passwords = {} as never
  return { database, passwords, clock: world.clock, chance: world.chance, keyFile }
}
const keyFiles = () => readdirSync(dirname(world.database.path)).filter((name) => name.startsWith("master.key"))
const channel = () => rowsOf<{ id: number }>(world.database.path, "SELECT id FROM channel WHERE tenant = 1")[0]?.id ?? 0

/** Every secret does its work: numbers, mail, calls, the second factor, and the mail that waits with a password in it. */
async function everythingOpens(secret: string) {
  const { database } = world
  const { read } = database.tenant(1)
  expect(credentialsOf(read, database.secrets, channel()).accessToken).toBe(COMPANIES[0]?.number.accessToken ?? "")
  expect(mailServerFor(database.appliance.read, database.secrets, 1, null)?.password).toBe(MAIL.password)
  const acme = database.tenant(1).read
  expect(providerServer(acme, database.secrets, "google")?.clientSecret).toBe("between the two of us")
  expect(directoryServer(acme, database.secrets)?.servicePassword).toBe(READER.servicePassword)
  expect(callServers(read, database.secrets).secret).toBe(RELAY.secret)
  await world.clock.advance(minutes(1), () => world.settle())
  const anna = new Newcomer(world.answer)
  expect((await anna.signIn("anna", PASSWORD)).path).toBe("/login/code")
  const code = new TOTP({ secret }).generate({ timestamp: world.clock.now() })
  expect((await anna.send("/login/code", { code })).path).toBe("/profile")
  world.mailbox.answers = null
  await world.clock.advance(minutes(61), () => world.settle())
  expect(world.mailbox.to("paolo@acme.test").text).toMatch(/(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/)
}

/** What is on the disk of `sealed`, as it was sealed. */
function stillThere(sealed: readonly Uint8Array[]): number {
  const kept = JSON.stringify(dump(world.database.path), (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  )
  return sealed.filter((bytes) => kept.includes(Buffer.from(bytes).toString("base64"))).length
}

describe("A new key", () => {
  test("leaves nothing under the old one, in this run or the next, and is on record in every company", async () => {
    const { sealed, secret } = await furnished()
    expect(stillThere(sealed)).toBeGreaterThan(8)
    const before = readKey(place().keyFile)
    const { secrets, kept } = await rotateKey(place())
    expect(secrets).toBe(13)
    expect(stillThere(sealed)).toBe(0)
    expect(readKey(kept)).toEqual(before)
    expect(readKey(place().keyFile)).not.toEqual(before)
    const acts = rowsOf<{ tenant: number }>(
      world.database.path,
      "SELECT tenant FROM auditEntry WHERE act = 'key.rotated'",
    )
    expect(acts.map(({ tenant }) => tenant)).toEqual([1, 2])
    await world.kill()
    await everythingOpens(secret)
  })

  test("serves the run that changed it at once", async () => {
    const { secret } = await furnished()
    await rotateKey(place())
    await everythingOpens(secret)
  })

  test("is refused as a whole when one secret does not open; the old one goes on", async () => {
    const { secret } = await furnished()
    const { database } = world
    const [factor] = rowsOf<{ secret: Uint8Array }>(database.path, "SELECT secret FROM secondFactor")
    const open = Secrets.prototype.open
    const spy = spyOn(Secrets.prototype, "open").mockImplementation(function (this: Secrets, bytes, where) {
      if (Buffer.from(bytes).equals(Buffer.from(factor?.secret ?? []))) throw new Error("a changed bit")
      return open.call(this, bytes, where)
    })
    await expect(rotateKey(place())).rejects.toThrow("a changed bit")
    spy.mockRestore()
    await everythingOpens(secret)
    await rotateKey(place())
    expect(keyFiles().filter((name) => name.includes(".unused-"))).toHaveLength(1)
  })
})

describe("A kill", () => {
  const STEPS: Record<string, () => Promise<void>> = {
    "while the new key is written": async () => writeFileSync(`${place().keyFile}.next`, "0123", { mode: 0o600 }),
    "when the new key is on the disk": async () =>
      void prepareNextKey(place().keyFile, world.chance, world.clock.now()),
    "when the database is under it": async () => {
      await sealAnew(place(), prepareNextKey(place().keyFile, world.chance, world.clock.now()))
    },
    "when the old key is copied": async () => {
      await sealAnew(place(), prepareNextKey(place().keyFile, world.chance, world.clock.now()))
      writeFileSync(`${place().keyFile}.replaced-1`, readFileSync(place().keyFile), { mode: 0o600 })
    },
    "when all is done": async () => {
      await sealAnew(place(), prepareNextKey(place().keyFile, world.chance, world.clock.now()))
      putNextInPlace(place().keyFile, world.clock.now())
    },
  }
  test.each(Object.entries(STEPS))("%s leaves a key and a database that belong together", async (name, step) => {
    const { secret } = await furnished()
    const before = readKey(place().keyFile)
    await step()
    await world.kill()
    expect(existsSync(`${place().keyFile}.next`)).toBeFalse()
    const isNew = !Buffer.from(readKey(place().keyFile)).equals(Buffer.from(before))
    expect(isNew).toBe(!name.includes("new key"))
    if (isNew)
      expect(keyFiles().map((file) => readFileSync(join(dirname(place().keyFile), file), "utf8").trim())).toContain(
        Buffer.from(before).toString("hex"),
      )
    await everythingOpens(secret)
    await rotateKey(place())
  })

  test("a key beside it that is not the database's either mends nothing", async () => {
    const data = newFolder()
    await sportello(["apply", fileWith(sample())], { data })
    const key = join(data, "master.key")
    renameSync(key, `${key}.mine`)
    for (const path of [key, `${key}.next`]) writeFileSync(path, "b".repeat(64), { mode: 0o600 })
    const refused = await sportello(["user", "list"], { data })
    expect([refused.code, refused.messages.join()]).toEqual([1, expect.stringContaining("does not belong")])
    expect(readFileSync(key, "utf8")).toBe("b".repeat(64))
  })

  test("of the process itself, at any moment, costs nobody a secret", async () => {
    const data = newFolder()
    await sportello(["apply", fileWith(sample())], { data })
    let killed = 0
    for (const delay of [150, 250, 300, 350, 400, 450, 500, 600, 800, 1_200]) {
      const child = Bun.spawn([process.execPath, "src/main.ts", "key", "rotate"], {
        cwd: join(import.meta.dir, "../.."),
        env: { SPORTELLO_DATA: data },
        stdout: "ignore",
        stderr: "ignore",
        timeout: delay,
        killSignal: "SIGKILL",
      })
      await child.exited
      if (child.signalCode === "SIGKILL") killed += 1
      const folder = await openDataFolder({
        dataFolder: data,
        keyFile: join(data, "master.key"),
        clock: new VirtualClock(),
        log: silentLog,
        chance: new SeededChance(1),
        followUp() {},
      })
      const [{ id } = { id: 0 }] = rowsOf<{ id: number }>(folder.database.path, "SELECT id FROM channel")
      const { accessToken } = credentialsOf(folder.database.tenant(1).read, folder.database.secrets, id)
      await folder.close()
      expect(accessToken).toBe("EAAtoken")
    }
    expect(killed).toBeGreaterThan(2)
  }, 60_000)
})

describe("The command", () => {
  test("goes through the running appliance, which uses the new key at once and after a restart", async () => {
    const data = newFolder()
    await sportello(["apply", fileWith(sample())], { data })
    const appliance = await serve(data)
    const done = await sportello(["key", "rotate"], { data })
    expect(done).toMatchObject({
      code: 0,
      result: [],
      messages: [
        "3 secrets are under a new key: copy it to its safe place.",
        expect.stringContaining("The old one is kept as"),
      ],
    })
    const again = await sportello(["apply", fileWith(sample())], { data })
    expect(again).toMatchObject({ code: 0, messages: ["0 created, 0 changed, 6 left alone"] })
    await appliance.stop()
    expect((await sportello(["apply", fileWith(sample())], { data })).messages).toEqual([
      "0 created, 0 changed, 6 left alone",
    ])
  }, 30_000)

  test("says what it does not know", async () => {
    for (const words of [["key"], ["key", "turn"], ["key", "rotate", "now"]])
      expect((await sportello(words, { data: newFolder() })).code).toBe(2)
  })
})

test("whoever seals anything is known to the rotation", () => {
  const root = join(import.meta.dir, "../..")
  const sealing = [...new Bun.Glob("src/**/*.ts").scanSync(root)].filter((path) =>
    readFileSync(join(root, path), "utf8").includes(".seal("),
  )
  expect(sealing.sort()).toEqual([
    // A second factor, a waiting mail, providers and the directory; and cookies, which are nowhere in the database: of a
    // known browser, and of one on its way to a provider; and what a page asks of a passkey.
    "src/account/actions/inviting.ts",
    "src/account/actions/passkeys.ts",
    "src/account/actions/provider-sign-in.ts",
    "src/account/actions/second-factor.ts",
    "src/account/actions/sign-in.ts",
    "src/account/actions/ways-in.ts",
    "src/call/actions/servers.ts",
    "src/channel/actions.ts",
    "src/command/key/rotation.ts",
    "src/database/key-file.ts",
    "src/mail/actions.ts",
    "src/speech/actions.ts",
  ])
})
