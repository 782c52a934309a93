/** Predefined messages as the file writes them. */
import { afterEach, describe, expect, test } from "bun:test"
import { createPasswords } from "~/account/actions/passwords.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { InputInvalid } from "~/command/command.ts"
import type { AppDatabase } from "~/database/database.ts"
import { SYSTEM } from "~/facts.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { VirtualClock } from "~/kernel/clock.ts"
import { insertPredefinedMessage } from "~/predefined-message/store.ts"
import { tenantBySlug } from "~/tenant/store.ts"
import { openTestDatabase } from "../database/support.ts"
import { companyWith, MESSAGES } from "./scene.ts"

let database: AppDatabase
afterEach(() => database.close())

const passwords = createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })
const apply = async (messages: readonly object[]) => {
  const workplace = { database, passwords, clock: new VirtualClock(), chance: new SeededChance(1) }
  const report = await applyDocument(workplace, { document: companyWith(messages), dryRun: false })
  return report.filter(({ object }) => object.startsWith("predefined message")).map(({ outcome }) => outcome)
}
const problemsOf = (message: object): Promise<string[]> =>
  apply([message]).then(
    () => [],
    (error: unknown) => (error instanceof InputInvalid ? [...error.lines] : Promise.reject(error)),
  )

const YES_NO = { category: "Booking", title: "Sure?", text: "Are you sure?", buttons: ["Yes", "No"] }

describe("Predefined messages in the file", () => {
  test("are made, left alone the second time, and changed when their words or choices differ", async () => {
    database = openTestDatabase()
    expect(await apply(MESSAGES)).toEqual(MESSAGES.map(() => "created"))
    expect(await apply(MESSAGES)).toEqual(MESSAGES.map(() => "left alone"))
    expect(await apply([{ ...YES_NO }, { ...MESSAGES[0], text: "Hi" }])).toEqual(["created", "changed"])
    expect(await apply([{ ...YES_NO, buttons: ["Yes"] }])).toEqual(["changed"])
  })

  test.each<[what: string, message: object, lines: string[]]>([
    ["four buttons", { ...YES_NO, buttons: ["1", "2", "3", "4"] }, [".buttons must be 1 to 3"]],
    [
      "a label that WhatsApp would cut",
      { ...YES_NO, buttons: ["Everything about bikes"] },
      [".buttons[0] must have at most 20 characters"],
    ],
    [
      "two buttons of one name",
      { ...YES_NO, buttons: ["Yes", "yes"] },
      [".buttons[1] is the same as tenants[0].predefinedMessages[0].buttons[0]"],
    ],
    [
      "an empty list",
      { ...YES_NO, buttons: null, list: { opener: "Open", choices: [] } },
      [".list.choices must be 1 to 10"],
    ],
    [
      "buttons beside a list",
      { ...YES_NO, list: { opener: "Open", choices: ["1"] } },
      [".list cannot stand beside buttons"],
    ],
    [
      "more words than fit over buttons",
      { ...YES_NO, text: "a".repeat(1_025) },
      [".text must have at most 1024 characters with buttons under it"],
    ],
    ["no words", { category: "Booking", title: "Sure?" }, [".text is missing"]],
    [
      "a language that is none",
      { ...YES_NO, language: "english, please" },
      [".language must have at most 12 characters"],
    ],
  ])("with %s are refused with path and reason", async (_what, message, lines) => {
    database = openTestDatabase()
    expect(await problemsOf(message)).toEqual(lines.map((line) => `tenants[0].predefinedMessages[0]${line}`))
  })

  test("under a title that is there in other capitals are refused, whether it was kept before or stands in the file", async () => {
    database = openTestDatabase()
    const shouted = { ...YES_NO, title: "SURE?" }
    const taken = "has the title of another message of its category and language, in other capitals perhaps"
    const linesOf = (messages: readonly object[]) => apply(messages).catch((error: InputInvalid) => error.lines)
    expect(await linesOf([YES_NO, shouted])).toEqual([`tenants[0].predefinedMessages[1] ${taken}`])
    expect(await linesOf([YES_NO, { ...shouted, language: "en" }])).toEqual(["created", "created"])
    expect(await linesOf([shouted])).toEqual([`tenants[0].predefinedMessages[0] ${taken}`])
  })

  test("that were twins before titles were compared so stay as they are, and can still be changed", async () => {
    database = openTestDatabase()
    await apply([YES_NO])
    const shouted = { ...YES_NO, title: "SURE?" }
    const { id } = tenantBySlug(database.appliance.read, "acme")!
    await database.tenant(id).act(SYSTEM, (tx) => {
      const choices = { style: "buttons", titles: YES_NO.buttons } as const
      const { category, title, text } = shouted
      insertPredefinedMessage(tx, { id: tx.newId(), category, title, language: "", text, choices, enabled: true })
    })
    expect(await apply([YES_NO, shouted])).toEqual(["left alone", "left alone"])
    expect(await apply([{ ...shouted, text: "Really?" }])).toEqual(["changed"])
  })

  test("said twice are refused", async () => {
    database = openTestDatabase()
    const twice = apply([YES_NO, YES_NO]).catch((error: InputInvalid) => error.lines)
    expect(await twice).toEqual(["tenants[0].predefinedMessages[1] is the same as tenants[0].predefinedMessages[0]"])
  })
})
