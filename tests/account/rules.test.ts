import { describe, expect, test } from "bun:test"
import { refusePassword } from "~/account/rules/passwords.ts"
import { may, type Permission } from "~/account/rules/policy.ts"
import {
  attempted,
  delayAfter,
  LEVELS,
  nextAttemptAt,
  normalUsername,
  refuseDetails,
  refuseUsername,
  sessionEndsAt,
  sessionLimits,
  type UserDetails,
} from "~/account/rules.ts"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import { TENANT_SETTINGS } from "~/tenant/rules.ts"

describe("guessing is slowed down", () => {
  test("five failures cost nothing but the next attempt, then each doubles the wait, up to a quarter of an hour", () => {
    const waits = [0, 1, 4, 5, 6, 7, 10, 14, 15, 100, 5_000].map((failures) => delayAfter(failures))
    expect(waits).toEqual([0, 0, 0, 1, 2, 4, 32, 512, 900, 900, 900].map(seconds))
  })

  test("a network is given more patience than an account, and forgets after a quarter of an hour of quiet", () => {
    const known = { failures: 19, lastFailureAt: 1_000 }
    expect(nextAttemptAt("network", known)).toBe(1_000)
    expect(nextAttemptAt("account", known)).toBe(1_000 + minutes(15))
    expect(attempted("network", known, 1_000 + minutes(15)).failures).toBe(20)
    expect(attempted("network", known, 1_001 + minutes(15)).failures).toBe(1)
    expect(attempted("account", known, 1_001 + minutes(15)).failures).toBe(20)
  })
})

const LIMITS = sessionLimits(TENANT_SETTINGS.standard)

describe("a session ends", () => {
  test("eight hours after the person last did something", () => {
    expect(sessionEndsAt({ createdAt: 0, lastSeenAt: hours(1) }, LIMITS)).toBe(hours(9))
  })
  test("twelve hours after it began, however busy the person is", () => {
    expect(sessionEndsAt({ createdAt: 0, lastSeenAt: hours(11) }, LIMITS)).toBe(hours(12))
  })
})

const RULE = { least: 15, known: ["anna.maria.rossi", "Anna Maria", "Rossi", "Acme S.p.A.", "sportello"] }

describe("a password", () => {
  const cases: [password: string, refused: string | undefined][] = [
    ["correct horse battery", undefined],
    ["fourteen chars", "password.too_short"],
    ["fifteen letters", undefined],
    ["è una frase vera", undefined],
    ["e\u0300".repeat(14), "password.too_short"],
    ["so it goes on and ".repeat(14), undefined],
    ["x".repeat(257), "password.too_long"],
    ["Anna.Maria.Rossi", "password.is_known"],
    ["anna.maria.rossi.2026!", "password.is_known"],
    ["rossi Acme S.p.A. 42", "password.is_known"],
    ["x".repeat(20), "password.too_common"],
    ["abcabcabcabcabcabc", "password.too_common"],
    ["passwordpassword", "password.too_common"],
    ["Password1Password1", "password.too_common"],
    ["123456789012345", "password.too_common"],
    ["abcdefghijklmnop", "password.too_common"],
    ["847362514093827", undefined],
  ]
  for (const [password, refused] of cases)
    test(`«${password.slice(0, 24)}» (${[...password].length}) is ${refused ?? "good enough"}`, () => {
      expect(refusePassword(password, RULE)?.refused).toBe(refused)
    })
})

describe("a username", () => {
  test("is the same however it is typed", () => {
    expect(normalUsername("  ANNA ")).toBe("anna")
    expect(normalUsername("José")).toBe(normalUsername("jose\u0301"))
  })
  const cases: [string, boolean][] = [
    ["anna", true],
    ["anna.rossi@acme.test", true],
    ["josé", true],
    ["", false],
    ["a b", false],
    [".anna", false],
    ["anna\u0000", false],
    ["<script>", false],
    ["x".repeat(65), false],
  ]
  for (const [username, fits] of cases)
    test(`${JSON.stringify(username.slice(0, 24))} ${fits ? "can be one" : "cannot be one"}`, () => {
      expect(refuseUsername(username) === null).toBe(fits)
    })
})

describe("a user's details", () => {
  const anna: UserDetails = {
    email: "anna@acme.test",
    firstName: "Anna",
    lastName: "Rossi",
    level: "agent",
    language: "it",
    maxConversations: 5,
    isolated: false,
    outbound: true,
    mayEditCustomers: true,
    loginType: "password",
    externalId: null,
  }
  const cases: [change: Partial<UserDetails>, refused: string | undefined][] = [
    [{}, undefined],
    [{ email: null, lastName: "" }, undefined],
    [{ firstName: " " }, "user.name_malformed"],
    [{ lastName: "Ros\nsi" }, "user.name_malformed"],
    [{ email: "anna" }, "user.email_malformed"],
    [{ email: "a@b,c@d" }, "user.email_malformed"],
    [{ maxConversations: -1 }, "user.max_conversations_out_of_range"],
    [{ maxConversations: 1.5 }, "user.max_conversations_out_of_range"],
    [{ maxConversations: 101 }, "user.max_conversations_out_of_range"],
    [{ level: "platform_admin" }, "user.level_not_here"],
  ]
  for (const [change, refused] of cases)
    test(`${JSON.stringify(change)} is ${refused ?? "taken"}`, () => {
      expect(refuseDetails({ ...anna, ...change }, "acme")?.refused).toBe(refused)
    })
  test("only platform admins live in the appliance's own tenant", () => {
    expect(refuseDetails(anna, "appliance")?.refused).toBe("user.level_not_here")
    expect(refuseDetails({ ...anna, level: "platform_admin" }, "appliance")).toBeNull()
  })
})

test("each level may do what the policy table grants, and no more", () => {
  const permissions: Permission[] = ["work", "supervise", "campaign", "administer", "operate"]
  const granted = Object.fromEntries(
    LEVELS.map((level) => [level, permissions.filter((permission) => may({ level }, permission)).join(" ")]),
  )
  expect(granted).toEqual({
    agent: "work",
    supervisor: "work supervise",
    campaign_manager: "work campaign",
    tenant_admin: "work supervise campaign administer",
    platform_admin: "operate",
  })
})
