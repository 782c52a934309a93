/** A menu as the file writes it. */
import { afterEach, describe, expect, test } from "bun:test"
import { createPasswords } from "~/account/actions/passwords.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { InputInvalid } from "~/command/command.ts"
import type { AppDatabase } from "~/database/database.ts"
import { SeededChance } from "~/kernel/chance.ts"
import { VirtualClock } from "~/kernel/clock.ts"
import { openTestDatabase } from "../database/support.ts"
import { ACME } from "../support/cast.ts"
import { companyWith, MENU } from "./scene.ts"

let database: AppDatabase
afterEach(() => database.close())

const passwords = createPasswords({ algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 })
const apply = async (menu: unknown) => {
  const workplace = { database, passwords, clock: new VirtualClock(), chance: new SeededChance(1) }
  const report = await applyDocument(workplace, { document: companyWith(menu), dryRun: false })
  return report.find(({ object }) => object.startsWith(`channel ${ACME.number.phoneNumberId}`))?.outcome
}
const problemsOf = (menu: unknown): Promise<string[]> =>
  apply(menu).then(
    () => [],
    (error: unknown) => (error instanceof InputInvalid ? [...error.lines] : Promise.reject(error)),
  )

describe("A menu in the file", () => {
  test("is taken, left alone the second time, changed when it differs, and taken away with null", async () => {
    database = openTestDatabase()
    expect(await apply(MENU)).toBe("created")
    expect(await apply(MENU)).toBe("left alone")
    expect(await apply({ ...MENU, timeoutMinutes: 9 })).toBe("changed")
    expect(await apply(undefined)).toBe("left alone")
    expect(await apply(null)).toBe("changed")
    expect(await apply(null)).toBe("left alone")
  })

  const { greeting: _, ...mute } = MENU
  const [sales, repairs] = MENU.choices
  test.each<[what: string, menu: object, lines: string[]]>([
    ["a greeting that is missing", mute, [".greeting is missing"]],
    ["a misspelt field", { ...MENU, timeoutMinute: 5 }, [".timeoutMinute is not known; did you mean timeoutMinutes?"]],
    ["an unknown style", { ...MENU, style: "carousel" }, [".style must be one of text, buttons, list"]],
    [
      "skillsets that do not exist, however deep",
      {
        ...MENU,
        choices: [{ ...sales, choices: [{ title: "Bikes", skillset: "Magic" }] }, repairs],
        timeoutSkillset: "Night",
      },
      [
        ".choices[0].choices[0].skillset names a skillset that does not exist: Magic",
        ".timeoutSkillset names a skillset that does not exist: Night",
      ],
    ],
    [
      "what WhatsApp would not show",
      { ...MENU, choices: [{ title: "Everything about our bikes" }] },
      [".choices[0].title must have at most 20 characters (buttons)"],
    ],
    ["a title of two lines", { ...MENU, choices: [{ title: "a\nb" }] }, [".choices[0].title must be one line"]],
    [
      "two choices with one word",
      { ...MENU, choices: [sales, { title: "Bikes", words: ["Buy"] }] },
      [".choices[1] is answered with «buy», as is choices[0]"],
    ],
    ["a menu that is none", ["Sales"], [" must be an object"]],
  ])("%s is refused with its path and the reason, and nothing changes", async (_what, menu, lines) => {
    database = openTestDatabase()
    expect(await problemsOf(menu)).toEqual(lines.map((line) => `tenants[0].channels[0].menu${line}`))
    expect(await apply(MENU)).toBe("created")
  })
})
