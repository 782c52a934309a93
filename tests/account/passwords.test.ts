import { expect, test } from "bun:test"
import { createPasswords } from "~/account/actions/passwords.ts"
import { Refused } from "~/kernel/step.ts"

const cheap = { algorithm: "argon2id", memoryCost: 1_024, timeCost: 1 } as const

test("a password is right only for its own hash, however its letters are composed", async () => {
  const passwords = createPasswords(cheap)
  const hash = await passwords.hash("passwordé lunga")
  expect(hash).toStartWith("$argon2id$v=19$m=1024,t=1,")
  expect(await passwords.verify("passworde\u0301 lunga", hash)).toBe(true)
  expect(await passwords.verify("passworde lunga", hash)).toBe(false)
})

test("for nobody no password is right, not even the stand-in's own", async () => {
  const passwords = createPasswords(cheap)
  expect(await passwords.verify("nobody has this password", null)).toBe(false)
})

test("a hash of another cost is outdated", async () => {
  const hash = await createPasswords(cheap).hash("correct horse battery")
  expect(createPasswords(cheap).isOutdated(hash)).toBe(false)
  expect(createPasswords().isOutdated(hash)).toBe(true)
})

test("two hash, fifty wait, the next is turned away as busy; those who waited are served", async () => {
  const passwords = createPasswords(cheap)
  const results = await Promise.allSettled(Array.from({ length: 60 }, () => passwords.hash("correct horse battery")))
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(52)
  const turnedAway = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []))
  expect(turnedAway.every((error) => error instanceof Refused && error.refusal.refused === "busy")).toBe(true)
  expect(await passwords.hash("correct horse battery")).toStartWith("$argon2id$")
})
