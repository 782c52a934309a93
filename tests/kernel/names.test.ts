/** What people call one thing is one name, however it is written. */
import { expect, test } from "bun:test"
import { isNameTaken, isSameName } from "~/kernel/names.ts"

test("capitals and spaces around it make no other name; accents and words do", () => {
  expect(isSameName("Sales", " sales ")).toBe(true)
  expect(isSameName("ÉTÉ", "été")).toBe(true)
  expect(isSameName("Perù", "Peru")).toBe(false)
  expect(isSameName("Sales", "Sales 2")).toBe(false)
})

test("one's own name is free for oneself", () => {
  const all = [{ id: 1, name: "Sales" }]
  expect(isNameTaken(all, "SALES", null)).toBe(true)
  expect(isNameTaken(all, "SALES", 1)).toBe(false)
  expect(isNameTaken(all, "SALES", 2)).toBe(true)
})
