/** Tenants and their own choices. */
import { expect, test } from "bun:test"
import type { Fact } from "~/facts.ts"
import { SYSTEM } from "~/facts.ts"
import { createTenant, updateTenant } from "~/tenant/actions.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { isSlug, TENANT_SETTINGS } from "~/tenant/rules.ts"
import { tenantBySlug } from "~/tenant/store.ts"
import { openPair, openTestDatabase } from "../database/support.ts"

const NEW = { name: "Acme", timezone: "Europe/Rome", language: "en", settings: {} }

test("a tenant begins with the defaults, and its slug is its own", async () => {
  const database = openTestDatabase()
  const id = await database.appliance.act((tx) => createTenant(tx, SYSTEM, { ...NEW, slug: "acme" }))
  expect(tenantProfile(database.tenant(id).read)).toEqual({ ...NEW, slug: "acme", settings: TENANT_SETTINGS.standard })
  const again = database.appliance.act((tx) => createTenant(tx, SYSTEM, { ...NEW, slug: "acme" }))
  await expect(again).rejects.toThrow("tenant.slug_taken")
  const odd = database.appliance.act((tx) => createTenant(tx, SYSTEM, { ...NEW, slug: "Acme Ltd" }))
  await expect(odd).rejects.toThrow("tenant.slug_invalid")
})

test("a change touches this tenant alone, says whether it was one, and tells what is otherwise", async () => {
  const facts: Fact[] = []
  const { database, acme, globex } = await openPair({ followUp: (_, fact) => void facts.push(fact) })
  const change = (changes: Parameters<typeof updateTenant>[3]) =>
    database.appliance.act((tx) => updateTenant(tx, SYSTEM, acme.id, changes))
  expect(await change({ name: "acme", settings: {} })).toBeFalse()
  expect(await change({ settings: { offerTimeoutSeconds: 60 } })).toBeTrue()
  expect(await change({ settings: { repeatOfferPauseSeconds: 0 } })).toBeTrue()
  expect(facts.splice(0)).toEqual(Array(2).fill({ type: "tenant.settings_changed" }))
  expect(await change({ timezone: "Asia/Tokyo" })).toBeTrue()
  expect(facts).toEqual([{ type: "tenant.timezone_changed" }])
  expect(tenantProfile(acme.read)).toMatchObject({
    timezone: "Asia/Tokyo",
    settings: { offerTimeoutSeconds: 60, repeatOfferPauseSeconds: 0 },
  })
  expect(tenantProfile(globex.read)).toMatchObject({ timezone: "Europe/Rome", settings: TENANT_SETTINGS.standard })
  expect(tenantBySlug(database.appliance.read, "acme")?.id).toBe(acme.id)
})

test("only what differs from the defaults is kept, so that better defaults reach everybody else", () => {
  expect(TENANT_SETTINGS.text(TENANT_SETTINGS.standard)).toBe("{}")
  expect(TENANT_SETTINGS.text({ ...TENANT_SETTINGS.standard, offerTimeoutSeconds: 60 })).toBe(
    '{"offerTimeoutSeconds":60}',
  )
  expect(TENANT_SETTINGS.from('{"offerTimeoutSeconds":60}')).toEqual({
    ...TENANT_SETTINGS.standard,
    offerTimeoutSeconds: 60,
  })
})

test.each([
  [{ offerTimeoutSeconds: 0 }, ".offerTimeoutSeconds must be a whole number from 1 to 86400"],
  [{ offerTimeoutSeconds: 60.5 }, ".offerTimeoutSeconds must be a whole number from 1 to 86400"],
  [{ offerTimeoutSeconds: "60" }, ".offerTimeoutSeconds must be a whole number from 1 to 86400"],
  [{ offerTimeoutSecond: 60 }, ".offerTimeoutSecond is not a setting; did you mean offerTimeoutSeconds?"],
])("settings %j are refused with where and why", (written, sentence) => {
  const read = TENANT_SETTINGS.read(written)
  expect("problems" in read ? read.problems.map(({ path, reason }) => `${path} ${reason}`) : []).toEqual([sentence])
})

test("a slug is short, lower case, and fit for a host name", () => {
  expect(["acme", "acme-2", "a", "0"].map(isSlug)).toEqual([true, true, true, true])
  expect(["", "Acme", "-a", "a-", "a_b", "a b", "a".repeat(64)].map(isSlug)).toEqual(Array(7).fill(false))
})
