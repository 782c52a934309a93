import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { createUser, endSessionsOf, type UserChanges, updateUser } from "~/account/actions.ts"
import { sessionByToken, userById, userByUsername } from "~/account/queries.ts"
import { sessionLimits } from "~/account/rules.ts"
import { addSession, dropOldSessionsOf } from "~/account/store.ts"
import { applianceQuery, applianceStatement } from "~/database/statement.ts"
import { SYSTEM } from "~/facts.ts"
import { hours } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { digestOf } from "~/kernel/token.ts"
import { TENANT_SETTINGS } from "~/tenant/rules.ts"
import { type Appliance, newUser, openAppliance } from "../web/appliance.tsx"

let appliance: Appliance
let acme: Id
let rival: Id
beforeEach(async () => {
  appliance = await openAppliance()
  acme = await appliance.tenant("acme")
  rival = await appliance.tenant("rival")
})
afterEach(() => appliance.close())

const create = (tenant: Id, given: Parameters<typeof newUser>[0] = {}) =>
  appliance.database.tenant(tenant).act(SYSTEM, (tx) => createUser(tx, newUser(given)))
const change = (user: Id, changes: UserChanges) =>
  appliance.database.tenant(acme).act(SYSTEM, (tx) => updateUser(tx, user, changes))
const signedIn = (user: Id, token: string) =>
  appliance.database
    .tenant(acme)
    .act(SYSTEM, (tx) => addSession(tx, { tokenHash: digestOf(token), user, csrfToken: "token" }))
const session = (token: string) => sessionByToken(appliance.database.appliance.read, token)

describe("a username", () => {
  test("is kept in lower case and found however it is typed", async () => {
    const id = await create(acme, { username: " Anna " })
    expect(userByUsername(appliance.database.appliance.read, "anna")?.id).toBe(id)
  })
  test("belongs to one person on the whole appliance", async () => {
    await create(acme)
    expect(create(rival, { username: "ANNA" })).rejects.toThrow("username.taken")
    expect(userByUsername(appliance.database.appliance.read, "anna")?.tenant).toBe(acme)
  })
  test("must be one", () => expect(create(acme, { username: "an na" })).rejects.toThrow("username.malformed"))
})

describe("changing a user", () => {
  test("answers whether anything differed", async () => {
    const anna = await create(acme)
    expect(await change(anna, { firstName: "Anna", maxConversations: 5 })).toBe(false)
    expect(await change(anna, { firstName: "Annalisa" })).toBe(true)
    expect(userById(appliance.database.tenant(acme).read, anna)?.firstName).toBe("Annalisa")
  })
  test("of another tenant is not possible: there is no such user", async () => {
    const theirs = await create(rival)
    expect(change(theirs, { enabled: false })).rejects.toThrow("not found")
    expect(userByUsername(appliance.database.appliance.read, "anna")?.enabled).toBe(true)
  })
  test("that cannot be is refused and changes nothing", async () => {
    const anna = await create(acme)
    expect(change(anna, { level: "platform_admin" })).rejects.toThrow("user.level_not_here")
    expect(userById(appliance.database.tenant(acme).read, anna)?.level).toBe("agent")
  })
})

describe("sessions", () => {
  test("end when the user is disabled, all of them, and nobody else's", async () => {
    const anna = await create(acme)
    const bruno = await create(acme, { username: "bruno" })
    for (const [user, token] of [
      [anna, "a1"],
      [anna, "a2"],
      [bruno, "b"],
    ] as const)
      await signedIn(user, token)
    await change(anna, { enabled: false })
    expect([session("a1"), session("a2"), session("b")?.me.username]).toEqual([null, null, "bruno"])
  })
  test("end when the password changes", async () => {
    const anna = await create(acme)
    await signedIn(anna, "a")
    await change(anna, { passwordHash: "another" })
    expect(session("a")).toBeNull()
  })
  test("outlive a change of rights, which counts from the next request", async () => {
    const anna = await create(acme)
    await signedIn(anna, "a")
    await change(anna, { level: "supervisor", isolated: true })
    const sales = await appliance.skillset(acme, "Sales", [anna])
    expect(session("a")?.me).toMatchObject({ level: "supervisor", isolated: true, skillsets: [sales] })
  })
  test("can be ended by others", async () => {
    const anna = await create(acme)
    await signedIn(anna, "a")
    await appliance.database.tenant(acme).act(SYSTEM, (tx) => endSessionsOf(tx, anna))
    expect(session("a")).toBeNull()
  })
  test("that are over can be swept out", async () => {
    const anna = await create(acme)
    await signedIn(anna, "old")
    await appliance.clock.advance(hours(9))
    await signedIn(anna, "new")
    const limits = sessionLimits(TENANT_SETTINGS.standard)
    await appliance.database.tenant(acme).act(SYSTEM, (tx) => dropOldSessionsOf(tx, anna, limits))
    const kept = applianceStatement(() => applianceQuery.selectFrom("session").select("user"))
    expect(appliance.database.appliance.read.all(kept)).toHaveLength(1)
  })
  test("keep only the token's digest", async () => {
    const anna = await create(acme)
    await signedIn(anna, "a-very-secret-token")
    await appliance.database.idle()
    const bytes = await Promise.all(["", "-wal"].map((part) => Bun.file(appliance.path + part).text()))
    expect(bytes.join("")).not.toContain("a-very-secret-token")
    expect(bytes.join("")).toContain("anna")
  })
})
