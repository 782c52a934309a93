/** Skillsets and who belongs to them. */
import { expect, test } from "bun:test"
import { type Fact, SYSTEM } from "~/facts.ts"
import { createSkillset, setSkillsetsOf } from "~/skillset/actions.ts"
import { allSkillsets, skillsetsOf } from "~/skillset/store.ts"
import { addUser, openPair } from "../database/support.ts"

test("a skillset's name is its own within the tenant, spaces aside", async () => {
  const { acme, globex } = await openPair()
  await acme.act(SYSTEM, (tx) => createSkillset(tx, "  Customer   care "))
  await expect(acme.act(SYSTEM, (tx) => createSkillset(tx, "Customer care"))).rejects.toThrow("skillset.name_taken")
  await expect(acme.act(SYSTEM, (tx) => createSkillset(tx, "  "))).rejects.toThrow("skillset.name_invalid")
  await globex.act(SYSTEM, (tx) => createSkillset(tx, "Customer care"))
  expect(allSkillsets(acme.read).map(({ name }) => name)).toEqual(["Customer care"])
})

test("a user's skillsets become what they are set to, and the house is told only when something changed", async () => {
  const facts: Fact[] = []
  const { acme } = await openPair({ followUp: (_, fact) => void facts.push(fact) })
  const anna = await addUser(acme, "anna")
  const [sales, service] = await acme.act(SYSTEM, (tx) => [createSkillset(tx, "Sales"), createSkillset(tx, "Service")])
  const set = (...skillsets: number[]) => acme.act(SYSTEM, (tx) => setSkillsetsOf(tx, anna, skillsets))
  expect(await set(sales!, service!)).toBeTrue()
  expect(await set(service!, sales!)).toBeFalse()
  expect(skillsetsOf(acme.read, anna)).toEqual([sales!, service!])
  expect(await set(service!)).toBeTrue()
  expect(skillsetsOf(acme.read, anna)).toEqual([service!])
  const changed = { type: "user.rights_changed" as const, user: anna }
  const left = { type: "skillset.member_removed" as const, skillset: sales!, user: anna }
  expect(facts).toEqual([changed, left, { type: "skillset.changed", skillset: sales! }, changed])
})

test("nobody joins another tenant's skillset", async () => {
  const { acme, globex } = await openPair()
  const anna = await addUser(acme, "anna")
  const foreign = await globex.act(SYSTEM, (tx) => createSkillset(tx, "Sales"))
  await expect(acme.act(SYSTEM, (tx) => setSkillsetsOf(tx, anna, [foreign]))).rejects.toThrow("FOREIGN KEY")
})
