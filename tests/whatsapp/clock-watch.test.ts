import { afterEach, describe, expect, test } from "bun:test"
import { hours, minutes, seconds } from "~/kernel/clock.ts"
import { ClockWatch } from "~/whatsapp/clock-watch.ts"
import { GIULIA } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"
import { inbound, post } from "../support/wire.ts"
import { openWorld, type World } from "../support/world.ts"
import { noticesOf, pageOf } from "../transfer/scene.ts"

const NOW = Date.UTC(2026, 0, 5, 9)

/** Twenty messages of so many minutes ago, one a minute. */
function after(ages: readonly number[]) {
  const watch = new ClockWatch()
  for (const [index, age] of ages.entries()) watch.note(NOW + minutes(index - age), NOW + minutes(index))
  return watch.difference(NOW + minutes(ages.length))
}
const many = (age: number, count = 20) => Array.from({ length: count }, () => age)

describe("Our clock", () => {
  test("is right as long as something arrives at once, whatever else is late", () => {
    expect(after([])).toBeNull()
    expect(after([...many(90), 0.1])).toBeNull()
    expect(after(many(1.9))).toBeNull()
    expect(after([-1.9])).toBeNull()
  })

  test("is behind when something comes from the future", () => {
    expect(after([0, -2.5])).toBe(-minutes(2.5))
  })

  test("is ahead when everything of an hour is late, and there is enough of it", () => {
    expect(after(many(5, 19))).toBeNull()
    expect(after(many(5))).toBe(minutes(5))
  })

  test("is not judged by what came long ago", () => {
    const watch = new ClockWatch()
    watch.note(NOW + minutes(10), NOW)
    expect(watch.difference(NOW + hours(1))).toBe(-minutes(10))
    expect(watch.difference(NOW + hours(2))).toBeNull()
  })
})

let world: World | null = null
afterEach(async () => {
  await world?.close()
  world = null
})

test("admins are told once that it is behind, and the operator's numbers say by how much", async () => {
  world = await openWorld()
  const giulia = world.simulator.phones.create(GIULIA)
  const dora = await sitDown(world, "dora")
  for (const id of ["wamid.a", "wamid.b"]) {
    const at = world.clock.now() + minutes(10)
    expect(await post(world, inbound(giulia, { id, text: "Buongiorno", at }))).toBe(200)
    await world.advance(seconds(1))
  }
  const notices = await noticesOf(dora)
  expect(notices.match(/class="notice-words">[^<]*600 seconds behind/g)).toHaveLength(1)
  expect(await pageOf(dora, "/metrics")).toContain("whatsapp_clock_difference_seconds -600")
  expect(await noticesOf(await sitDown(world, "dora2"))).not.toContain("behind")
})
