import { expect, test } from "bun:test"
import { readablePhone } from "~/kernel/phone.ts"

test("numbers are grouped as their countries group them, however they were written", () => {
  const written = ["393455550172", "+393455550172", "+39 02 5550100", "447700900142", "33612555048", "351912555077"]
  expect(written.map(readablePhone)).toEqual([
    "+39 345 555 0172",
    "+39 345 555 0172",
    "+39 02 555 0100",
    "+44 7700 900142",
    "+33 6 12 55 50 48",
    "+351 912 555 077",
  ])
})

test("what no country's plan knows is left as it is", () => {
  expect(["999123", "12", "+0"].map(readablePhone)).toEqual(["+999123", "+12", "+0"])
})
