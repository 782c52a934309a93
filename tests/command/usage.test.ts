/** How the binary answers the command line itself. */
import { expect, test } from "bun:test"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { COMMANDS } from "~/command/commands.ts"
import { VARIABLES } from "~/config.ts"
import { fileWith, freePort, newFolder, sportello } from "./support.ts"

test("without a word it prints what there is, on stderr, and says that this was not enough", async () => {
  const { code, result, messages } = await sportello([])
  expect({ code, result }).toEqual({ code: 2, result: [] })
  for (const { name } of COMMANDS) expect(messages.join("\n")).toContain(`sportello ${name}`)
})

test("help lists every command and every variable on stdout", async () => {
  const { code, result, messages } = await sportello(["help"])
  expect({ code, messages }).toEqual({ code: 0, messages: [] })
  for (const { name } of [...COMMANDS, ...VARIABLES]) expect(result.join("\n")).toContain(name)
})

test("the binary has the commands of the contract", () => {
  expect(COMMANDS.map(({ name }) => name)).toEqual([
    "serve",
    "demo",
    "apply",
    "export-config",
    "backup",
    "restore",
    "verify",
    "doctor",
    "user",
    "key",
    "simulate",
    "version",
  ])
})

test.each(COMMANDS.map(({ name, usage }) => [name, usage] as const))(
  "%s --help says how it is used",
  async (name, usage) => {
    const { code, result, messages } = await sportello([name, "--help"])
    expect({ code, messages }).toEqual({ code: 0, messages: [] })
    expect(result[0]).toBe(`sportello ${usage}`)
    expect((await sportello(["help", name])).result).toEqual(result)
  },
)

test("version prints the version of the package", async () => {
  const { version } = JSON.parse(readFileSync(join(import.meta.dir, "../../package.json"), "utf8"))
  for (const words of [["version"], ["--version"]])
    expect(await sportello(words)).toEqual({ code: 0, result: [`sportello ${version}`], messages: [] })
})

test.each([
  ["an unknown command", ["aply"], "There is no command aply; did you mean apply?"],
  ["an unknown option", ["apply", "--dryrun", "x"], "There is no option --dryrun; did you mean --dry-run?"],
  ["an option without its value", ["demo", "--port"], "--port"],
  ["a value for an option that takes none", ["apply", "x", "--dry-run=yes"], "--dry-run"],
  ["a missing file", ["backup"], "FILE is missing."],
  ["a word too many", ["verify", "a", "b"], "«b» is one word too many."],
  ["words where there are none", ["serve", "now"], "«now» is one word too many."],
  ["a port that is none", ["demo", "--port", "http"], "--port must be a port"],
  ["a user command that is none", ["user", "remove", "anna"], "There is no «user remove»."],
  ["no user command", ["user"], "What should be done with users?"],
  ["a new user without a tenant", ["user", "create", "anna"], "--tenant is missing."],
  [
    "a level that is none",
    ["user", "create", "anna", "--tenant", "a", "--level", "boss", "--first-name", "A", "--last-name", "B"],
    "--level must be one of",
  ],
])("%s is answered with a sentence, nothing on stdout, and exit code 2", async (_, words, sentence) => {
  const { code, result, messages } = await sportello(words, { data: newFolder() })
  expect({ code, result }).toEqual({ code: 2, result: [] })
  expect(messages[0]).toContain(sentence)
})

test("a wrong environment stops every command that needs it, in sentences, with exit code 2", async () => {
  const env = { SPORTELLO_LISTN: "x", SPORTELLO_LOG_LEVEL: "loud" }
  for (const words of [["serve"], ["doctor"], ["user", "list"], ["backup", "/nowhere/b.db"], ["apply", fileWith({})]]) {
    const { code, result, messages } = await sportello(words, { env })
    expect({ words, code, result }).toEqual({ words, code: 2, result: [] })
    expect(messages[0]).toContain("did you mean SPORTELLO_LISTEN?")
    expect(messages[1]).toContain("SPORTELLO_LOG_LEVEL must be one of")
  }
})

test("a data folder that cannot be written stops the start with exit code 2", async () => {
  const { code, messages } = await sportello(["serve"], { data: join(fileWith("", "file"), "data") })
  expect(code).toBe(2)
  expect(messages).toEqual([expect.stringContaining("cannot be written: give it to the user who runs sportello")])
})

test("help for a command that is none says so, with exit code 2", async () => {
  const { code, result, messages } = await sportello(["help", "aply"])
  expect({ code, result }).toEqual({ code: 2, result: [] })
  expect(messages).toEqual(["There is no command aply; did you mean apply? `sportello help` lists them."])
})

test("a port that is taken stops the start with one sentence and exit code 1, and leaves nothing running", async () => {
  const taken = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() })
  const data = newFolder()
  const own = `127.0.0.1:${await freePort()}`
  const theirs = `127.0.0.1:${taken.port}`
  const env = { SPORTELLO_LOG_LEVEL: "silent" }
  for (const [intranet, open] of [
    [own, theirs],
    [theirs, own],
  ]) {
    const listeners = { SPORTELLO_LISTEN: intranet ?? "", SPORTELLO_PUBLIC_LISTEN: open ?? "" }
    const { code, messages } = await sportello(["serve"], { data, env: { ...env, ...listeners } })
    expect({ code, messages }).toEqual({
      code: 1,
      messages: [`Port ${taken.port} is in use by another program: stop that one, or choose another port.`],
    })
  }
  await taken.stop(true)
  expect(readdirSync(data).sort()).toEqual(["master.key", "sportello.db", "sportello.lock"])
})
