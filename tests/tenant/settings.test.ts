/** A11: the settings of a tenant in the browser. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { SETTING_GROUPS } from "~/tenant/rules/setting-groups.ts"
import { TENANT_SETTINGS } from "~/tenant/rules.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let dora: Desk

beforeAll(async () => {
  world = await openWorld()
  dora = await sitDown(world, "dora")
})
afterAll(() => world.close())

/** The form as the page has it, with changes. */
async function form(changes: Record<string, string | null>): Promise<[string, string][]> {
  const page = await dora.visitor.panel("/admin/settings")
  const unescaped = (text: string) => text.replaceAll("&quot;", '"').replaceAll("&amp;", "&")
  const fields: [string, string][] = []
  for (const [input] of page.matchAll(/<input[^>]*>/g)) {
    const at = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? null
    if (/type="checkbox"/.test(input) && !/ checked/.test(input)) continue
    fields.push([at("name") ?? "", unescaped(at("value") ?? "on")])
  }
  for (const [, name = "", text = ""] of page.matchAll(/<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</g))
    fields.push([name, unescaped(text)])
  for (const [, name = "", options = ""] of page.matchAll(/<select[^>]* name="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    fields.push([name, /value="([^"]*)" selected/.exec(options)?.[1] ?? ""])
  const kept = fields.filter(([name]) => name !== "_csrf" && !Object.hasOwn(changes, name))
  return [...kept, ...Object.entries(changes).flatMap(([name, value]) => (value === null ? [] : [[name, value]]))] as [
    string,
    string,
  ][]
}
const save = async (changes: Record<string, string | null>) =>
  dora.visitor.postAll("/admin/settings", await form(changes))
const tenant = () =>
  rowsOf<{ name: string; timezone: string; settings: string; version: number }>(
    world.database.path,
    "SELECT * FROM tenant WHERE id = ?",
    dora.tenant,
  )[0]!
const settings = () => JSON.parse(tenant().settings) as Record<string, unknown>

describe("The page of settings", () => {
  test("has every setting that no other page has", () => {
    const elsewhere =
      /^(password|session|singleSession|allowedNetworks|secondFactor|trustedDevice|virusScanner|whenScannerDown)/
    const shown: string[] = Object.values(SETTING_GROUPS).flat()
    const missing = Object.keys(TENANT_SETTINGS.choices).filter(
      (name) => !shown.includes(name) && !elsewhere.test(name),
    )
    expect(missing).toEqual([])
  })

  test("saves what was changed, keeps what is usual out of the row, and puts it on record", async () => {
    const response = await save({
      offerTimeoutSeconds: "90",
      mayDecline: "on",
      returnToLastAgent: null,
      name: "Acme & Sons",
    })
    expect(response.status).toBe(303)
    expect(settings()).toEqual({ offerTimeoutSeconds: 90, mayDecline: true, returnToLastAgent: false })
    expect(tenant().name).toBe("Acme & Sons")
    const entry = rowsOf<{ changes: string; actorName: string }>(
      world.database.path,
      "SELECT * FROM auditEntry WHERE act = 'tenant.changed' ORDER BY id DESC LIMIT 1",
    )[0]
    expect(entry?.actorName).toBe("Dora Rossi")
    expect(JSON.parse(entry?.changes ?? "{}").offerTimeoutSeconds).toEqual({ before: 180, after: 90 })
    expect(await dora.visitor.panel("/admin/settings?done=saved")).toContain("Saved.")
  })

  test("says which field is wrong and why; nothing is saved, what was typed stays", async () => {
    const { version } = tenant()
    const response = await save({ offerTimeoutSeconds: "0", thanksWords: "x".repeat(2_000), timezone: "Mars/Olympus" })
    expect(response.status).toBe(422)
    const page = await response.text()
    expect(page).toContain("From 1 to 86,400.")
    expect(page).toContain("3 fields to correct")
    expect(page).toContain('name="offerTimeoutSeconds" type="number" value="0"')
    expect(tenant().version).toBe(version)
  })

  test("tells of what somebody else saved meanwhile", async () => {
    const mine = await form({ reopenWithinMinutes: "30" })
    expect((await save({ priorityStepSeconds: "60" })).status).toBe(303)
    const response = await dora.visitor.postAll("/admin/settings", mine)
    expect(response.status).toBe(409)
    const page = await response.text()
    expect(page).toContain("What one level of priority is worth: 120 → 60")
    expect(page).toContain('value="30"')
    expect(settings().reopenWithinMinutes).toBeUndefined()
  })

  test("takes effect at once: a new clock moves the hours", async () => {
    expect((await save({ timezone: "Asia/Tokyo" })).status).toBe(303)
    expect(tenant().timezone).toBe("Asia/Tokyo")
  })
})
