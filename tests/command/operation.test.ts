/** The appliance as an operator runs it: beside a running one and over one at rest. */
import { Database } from "bun:sqlite"
import { expect, test } from "bun:test"
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileWith, freePort, newFolder, PASSWORD, sample, serve, sportello, start } from "./support.ts"

async function furnished(): Promise<string> {
  const data = newFolder()
  expect((await sportello(["apply", fileWith(sample())], { data })).code).toBe(0)
  return data
}

test("a folder is used by one appliance at a time, and a stopped one leaves one file", async () => {
  const data = await furnished()
  const appliance = await serve(data)
  const second = await sportello(["serve"], { data })
  expect(second.code).toBe(1)
  expect(second.messages.join()).toContain("Another process is using the data folder")
  expect(await appliance.stop()).toBe(0)
  expect(readdirSync(data).sort()).toEqual(["master.key", "sportello.db", "sportello.lock"])
})

test("everything that is made is for its owner alone", async () => {
  const data = join(newFolder(), "data")
  const appliance = await serve(data)
  const modes = ["", "master.key", "sportello.db", "sportello.sock"].map(
    (name) => statSync(join(data, name)).mode & 0o077,
  )
  expect(modes).toEqual([0, 0, 0, 0])
  await appliance.stop()
})

test("while the appliance runs, apply, user and backup go through it", async () => {
  const data = await furnished()
  const appliance = await serve(data)
  const again = await sportello(["apply", fileWith(sample())], { data })
  expect(again).toMatchObject({ code: 0, messages: ["0 created, 0 changed, 6 left alone"] })
  const dry = await sportello(["apply", fileWith({ tenants: [{ slug: "acme", name: "Other" }] }), "--dry-run"], {
    data,
  })
  expect(dry).toMatchObject({ code: 0, result: ["changed     tenant acme"] })
  const wrong = await sportello(["apply", fileWith({ tenants: [{ slug: "new" }] })], { data })
  expect(wrong).toMatchObject({
    code: 2,
    result: [],
    messages: [expect.stringContaining("tenants[0].name is needed"), expect.anything()],
  })
  const words = [
    "user",
    "create",
    "marco",
    "--tenant",
    "acme",
    "--level",
    "supervisor",
    "--first-name",
    "Marco",
    "--last-name",
    "Rossi",
  ]
  expect(await sportello(words, { data, input: `${PASSWORD}\n` })).toMatchObject({ code: 0 })
  const backup = join(newFolder(), "live.db")
  expect(await sportello(["backup", backup], { data })).toMatchObject({
    code: 0,
    result: [expect.stringContaining(backup)],
  })
  expect(await sportello(["verify", backup])).toMatchObject({ code: 0 })
  expect(await sportello(["restore", backup], { data })).toMatchObject({
    code: 1,
    messages: [expect.stringContaining("stop it first")],
  })
  await appliance.stop()
  const copy = new Database(backup, { readonly: true })
  expect(copy.query("SELECT username FROM user ORDER BY username").values().flat()).toEqual(["anna", "marco", "root"])
  copy.close()
})

test("an appliance that was killed starts again, whatever it left lying about", async () => {
  const data = await furnished()
  await (await serve(data)).stop("SIGKILL")
  expect(existsSync(join(data, "sportello.sock"))).toBeTrue()
  const { code, result } = await sportello(["user", "list"], { data })
  expect({ code, count: result.length }).toEqual({ code: 0, count: 2 })
  expect(await (await serve(data)).stop()).toBe(0)
})

test("backup, verify and restore bring an appliance back as it was", async () => {
  const data = await furnished()
  const backup = join(newFolder(), "b.db")
  const made = await sportello(["backup", backup], { data })
  expect(made.code).toBe(0)
  const [line] = made.result
  expect(readFileSync(`${backup}.sha256`, "utf8").split(" ")[0]).toBe(line?.split(" ")[0] ?? "")
  await sportello(["user", "disable", "anna"], { data })
  const restored = await sportello(["restore", backup], { data })
  expect(restored).toMatchObject({ code: 0, result: [] })
  expect(restored.messages.join()).toContain("The database that was here is now")
  expect((await sportello(["user", "list"], { data })).result).toEqual([
    "anna  acme  agent  Anna Rossi",
    "root  appliance  platform_admin  Root Admin",
  ])
  expect(readdirSync(data).filter((name) => name.includes(".replaced-"))).toHaveLength(1)
})

test("a backup never overwrites, and a damaged one is refused everywhere", async () => {
  const data = await furnished()
  const backup = join(newFolder(), "b.db")
  await sportello(["backup", backup], { data })
  expect(await sportello(["backup", backup], { data })).toMatchObject({
    code: 2,
    messages: [expect.stringContaining("never overwrites")],
  })
  const content = readFileSync(backup)
  content[9_000]! ^= 0xff
  writeFileSync(backup, content)
  expect(await sportello(["verify", backup])).toMatchObject({
    code: 1,
    result: [],
    messages: [expect.stringContaining("its bytes are not those of the backup")],
  })
  expect(await sportello(["restore", backup], { data })).toMatchObject({
    code: 2,
    messages: [expect.stringContaining("was not restored")],
  })
  expect(await sportello(["verify", "/nowhere.db"])).toMatchObject({ code: 1 })
  expect((await sportello(["user", "list"], { data })).result).toHaveLength(2)
})

test("whoever is locked out gets in again with a new password from the host, and the password is not in the arguments", async () => {
  const data = await furnished()
  expect(await sportello(["user", "disable", "anna"], { data })).toMatchObject({
    code: 0,
    messages: ["anna is shut out."],
  })
  expect((await sportello(["user", "list", "--tenant", "acme"], { data })).result).toEqual([
    "anna  acme  agent  Anna Rossi  (disabled)",
  ])
  const weak = await sportello(["user", "password", "anna"], { data, input: "short\n" })
  expect(weak).toMatchObject({ code: 2, messages: ["The password must have at least 15 characters."] })
  const done = await sportello(["user", "password", "ANNA"], { data, input: "another horse entirely\n" })
  expect(done).toMatchObject({ code: 0, result: [] })
  const connection = new Database(join(data, "sportello.db"), { readonly: true })
  const anna = connection.query("SELECT passwordHash, enabled FROM user WHERE username = 'anna'").get() as Record<
    string,
    unknown
  >
  connection.close()
  expect(anna.enabled).toBe(1)
  expect(Bun.password.verifySync("another horse entirely", String(anna.passwordHash))).toBeTrue()
})

test.each([
  ["of a tenant that does not exist", ["--tenant", "nowhere", "--level", "agent"], "There is no tenant nowhere."],
  [
    "with a level that does not belong there",
    ["--tenant", "acme", "--level", "platform_admin"],
    "platform admins belong to the appliance",
  ],
])("a user %s is not created", async (_, words, sentence) => {
  const data = await furnished()
  const all = ["user", "create", "zoe", ...words, "--first-name", "Zoe", "--last-name", "Neri"]
  const { code, messages } = await sportello(all, { data, input: `${PASSWORD}\n` })
  expect(code).toBe(2)
  expect(messages[0]).toContain(sentence)
  const unknown = await sportello(["user", "password", "zoe"], { data, input: `${PASSWORD}\n` })
  expect(unknown).toMatchObject({ code: 2, messages: [expect.stringContaining("There is no user zoe")] })
})

test("the wrong key, a lost key and a key that others can read stop the start with what to do", async () => {
  const data = await furnished()
  const key = join(data, "master.key")
  const right = readFileSync(key)
  writeFileSync(key, "c".repeat(64))
  expect(await sportello(["serve"], { data })).toMatchObject({
    code: 1,
    messages: [expect.stringContaining("does not belong to this database")],
  })
  rmSync(key)
  expect(await sportello(["serve"], { data })).toMatchObject({
    code: 1,
    messages: [expect.stringContaining("put it back")],
  })
  writeFileSync(key, right, { mode: 0o644 })
  expect(await sportello(["serve"], { data })).toMatchObject({
    code: 1,
    messages: [expect.stringContaining("chmod 600")],
  })
})

test("a file that is no database stops the start without being touched", async () => {
  const data = await furnished()
  writeFileSync(join(data, "sportello.db"), "Dear diary, ".repeat(1_000))
  const { code, messages } = await sportello(["serve"], { data })
  expect(code).toBe(1)
  expect(messages.join()).toContain("The database is damaged")
  expect(readFileSync(join(data, "sportello.db"), "utf8")).toStartWith("Dear diary")
})

test("doctor finds a healthy installation healthy, running or not, and changes nothing", async () => {
  const data = await furnished()
  const port = await freePort()
  const open = await freePort()
  const env = { SPORTELLO_LISTEN: `127.0.0.1:${port}`, SPORTELLO_PUBLIC_LISTEN: `127.0.0.1:${open}` }
  const before = readdirSync(data)
  const atRest = await sportello(["doctor"], { data, env })
  expect(atRest).toMatchObject({ code: 0, messages: [] })
  expect(atRest.result.filter((line) => line.startsWith("trouble"))).toEqual([])
  expect(readdirSync(data)).toEqual(before)
  const appliance = await serve(data)
  const running = await sportello(["doctor"], { data, env })
  expect(running.code).toBe(0)
  expect(running.result.join("\n")).toContain("It is running.")
  await appliance.stop()
})

test("doctor names what is wrong, with exit code 1", async () => {
  const data = await furnished()
  const connection = new Database(join(data, "sportello.db"))
  connection.run("UPDATE channel SET holdReason = 'token_invalid', heldSince = 1")
  connection.close()
  const { code, result, messages } = await sportello(["doctor"], { data })
  expect(code).toBe(1)
  expect(result.join("\n")).toMatch(/trouble +number +Main may not send: token_invalid/)
  expect(messages.join()).toContain("need attention")
})

test("doctor looks at a folder that is not there yet without making it", async () => {
  const data = join(newFolder(), "not-yet")
  expect((await sportello(["doctor"], { data })).result.join("\n")).toContain("the first start makes it")
  expect(existsSync(data)).toBeFalse()
})

test("the demo furnishes itself once, prints where everything is, and empties only its own folder", async () => {
  const data = newFolder()
  const ports = [await freePort(), await freePort(), await freePort()]
  const words = [
    "demo",
    "--port",
    `${ports[0]}`,
    "--public-port",
    `${ports[1]}`,
    "--simulator-port",
    `${ports[2]}`,
    "--data",
    data,
  ]
  const first = await start(words, "Ctrl-C ends it.", {})
  expect(first.firstWords).toContain(`http://127.0.0.1:${ports[0]}/login`)
  expect(first.firstWords).toContain(`http://127.0.0.1:${ports[2]}/`)
  expect(first.firstWords).toContain("elena")
  expect(await first.stop()).toBe(0)
  const tenants = () => {
    const connection = new Database(join(data, "sportello.db"), { readonly: true })
    const found = connection.query("SELECT slug, createdAt FROM tenant").values()
    connection.close()
    return found
  }
  const before = tenants()
  await (await start(words, "Ctrl-C ends it.", {})).stop()
  expect(tenants()).toEqual(before)
  await (await start([...words, "--fresh"], "Ctrl-C ends it.", {})).stop()
  expect(tenants()).not.toEqual(before)
  const company = await furnished()
  const refused = await sportello(["demo", "--data", company, "--fresh"])
  expect(refused).toMatchObject({ code: 2, messages: [expect.stringContaining("was not made by a demo")] })
  expect(existsSync(join(company, "sportello.db"))).toBeTrue()
}, 60_000)

test("the simulator prints its address alone on stdout", async () => {
  const running = await start(["simulate", "--port", "0"], "\n", {})
  expect(running.firstWords).toMatch(/^http:\/\/127\.0\.0\.1:\d+\n/)
  expect(await running.stop()).toBe(0)
})
