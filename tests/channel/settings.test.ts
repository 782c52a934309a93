import { expect, test } from "bun:test"
import { CHANNEL_SETTINGS } from "~/channel/rules/settings.ts"

test("what a number was never told stays the standard, and follows it", () => {
  expect(CHANNEL_SETTINGS.text(CHANNEL_SETTINGS.standard)).toBe("{}")
  const own = { ...CHANNEL_SETTINGS.standard, parkSilentAfterMinutes: 30, parkSilentAs: "personal" as const }
  expect(CHANNEL_SETTINGS.text(own)).toBe('{"parkSilentAfterMinutes":30,"parkSilentAs":"personal"}')
  expect(CHANNEL_SETTINGS.from(CHANNEL_SETTINGS.text(own))).toEqual(own)
})

test.each([
  [{ parkSilentAfterMinutes: -1 }, ".parkSilentAfterMinutes", "must be a whole number from 0 to 10080"],
  [{ parkSilentAfterMinutes: "5" }, ".parkSilentAfterMinutes", "must be a whole number from 0 to 10080"],
  [{ parkSilentAs: "both" }, ".parkSilentAs", "must be one of public, personal"],
  [{ parkSilentAfterMinuts: 5 }, ".parkSilentAfterMinuts", "is not a setting; did you mean parkSilentAfterMinutes?"],
  [{ toString: 5 }, ".toString", "is not a setting"],
])("a choice that cannot be is named with its reason: %p", (written, path, reason) => {
  expect(CHANNEL_SETTINGS.read(written)).toEqual({ problems: [{ path, reason }] })
})
