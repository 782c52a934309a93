/** Who hears the bell, and what a stream that comes back hears. */
import { expect, test } from "bun:test"
import { type Audience, Bell, type NumberedRing } from "~/database/bell.ts"
import type { UserActor } from "~/facts.ts"

const TENANT = 1
const OTHER_TENANT = 2
const ANNA = 10
const SALES = 20
const SERVICE = 21

const person = (given: Partial<UserActor>): UserActor => ({
  kind: "user",
  id: ANNA,
  level: "agent",
  isolated: false,
  skillsets: [SALES],
  ...given,
})
const AGENT = person({})
const ISOLATED = person({ isolated: true })
const SUPERVISOR = person({ level: "supervisor" })

function hears(actor: UserActor, audience: Audience, tenant = TENANT): boolean {
  const bell = new Bell("run")
  const heard: NumberedRing[] = []
  bell.listen({ tenant: TENANT, actor: () => actor, hear: (ring) => heard.push(ring) })
  bell.ring({ tenant, topic: "conversations", audience })
  return heard.length === 1
}

test.each([
  ["everybody hears what concerns everybody", ISOLATED, { everyone: true }, true],
  ["a user hears what concerns them", AGENT, { users: [null, ANNA] }, true],
  ["a user does not hear what concerns others", AGENT, { users: [ANNA + 1] }, false],
  ["nobody hears what concerns nobody", SUPERVISOR, {}, false],
  ["a supervisor hears what concerns supervisors", SUPERVISOR, { supervisors: true }, true],
  ["an agent does not", AGENT, { supervisors: true }, false],
  ["an agent hears of every skillset", AGENT, { skillset: SERVICE }, true],
  ["an agent hears of what has no skillset yet", AGENT, { skillset: null }, true],
  ["an isolated agent hears of own skillsets", ISOLATED, { skillset: SALES }, true],
  ["an isolated agent hears of no other skillset", ISOLATED, { skillset: SERVICE }, false],
  ["an isolated agent hears nothing of what has no skillset", ISOLATED, { skillset: null }, false],
] as const)("%s", (_, actor, audience, heard) => {
  expect(hears(actor, audience)).toBe(heard)
})

test("nothing rings over the border of a tenant", () => {
  expect(hears(SUPERVISOR, { everyone: true }, OTHER_TENANT)).toBeFalse()
})

test("rights are those of the moment of the ring, not of the moment of listening", () => {
  const bell = new Bell("run")
  const heard: string[] = []
  let actor = AGENT
  bell.listen({ tenant: TENANT, actor: () => actor, hear: ({ topic }) => heard.push(topic) })
  bell.ring({ tenant: TENANT, topic: "first", audience: { skillset: SERVICE } })
  actor = ISOLATED
  bell.ring({ tenant: TENANT, topic: "second", audience: { skillset: SERVICE } })
  expect(heard).toEqual(["first"])
})

test("who stops listening hears nothing more", () => {
  const bell = new Bell("run")
  const heard: string[] = []
  const stop = bell.listen({ tenant: TENANT, actor: () => AGENT, hear: ({ topic }) => heard.push(topic) })
  stop()
  bell.ring({ tenant: TENANT, topic: "late", audience: { everyone: true } })
  expect(heard).toEqual([])
  expect(bell.listeners).toBe(0)
})

test("a stream that comes back hears what it missed, by the rights it has now", () => {
  const bell = new Bell("run")
  bell.ring({ tenant: TENANT, topic: "before", audience: { everyone: true } })
  const cursor = bell.cursor()
  bell.ring({ tenant: TENANT, topic: "mine", audience: { users: [ANNA] } })
  bell.ring({ tenant: OTHER_TENANT, topic: "theirs", audience: { everyone: true } })
  bell.ring({ tenant: TENANT, topic: "service", audience: { skillset: SERVICE } })
  const missed = (actor: UserActor) =>
    bell.missed({ tenant: TENANT, actor: () => actor }, cursor)?.map((ring) => ring.topic)
  expect(missed(AGENT)).toEqual(["mine", "service"])
  expect(missed(ISOLATED)).toEqual(["mine"])
  expect(bell.missed({ tenant: TENANT, actor: () => AGENT }, bell.cursor())).toEqual([])
})

test("a stream that was away too long, or knows another run, is told to begin anew", () => {
  const bell = new Bell("run")
  const listener = { tenant: TENANT, actor: () => AGENT }
  const first = bell.cursor()
  for (let ring = 0; ring < 10_000; ring++) bell.ring({ tenant: TENANT, topic: "busy", audience: { everyone: true } })
  expect(bell.missed(listener, first)).toBeNull()
  expect(bell.missed(listener, "run-9999")?.length).toBe(1)
  for (const strange of ["other-9999", "run-10001", "run-", "", "run-x", "9999"])
    expect(bell.missed(listener, strange) ?? "begin anew").toBe("begin anew")
})
