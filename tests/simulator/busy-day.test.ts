import { describe, expect, test } from "bun:test"
import { SeededChance } from "~/kernel/chance.ts"
import { minutes } from "~/kernel/clock.ts"
import { createBench } from "./bench.ts"

describe("A busy day", () => {
  const day = async (seed: number) => {
    const { simulator, pass, heard } = createBench({ chance: new SeededChance(seed) })
    simulator.busyDay.setPace(12)
    await pass(minutes(10))
    simulator.busyDay.setPace(0)
    await pass(minutes(10))
    return { bodies: heard.map(({ init }) => init.body), simulator }
  }

  test("is the same day for the same seed, and another for another", async () => {
    const one = await day(1)
    const same = await day(1)
    const other = await day(2)
    expect(one.bodies).toEqual(same.bodies)
    expect(one.bodies).not.toEqual(other.bodies)
  })

  test("keeps its pace, spreads over customers and numbers, and ends when told", async () => {
    const { bodies, simulator } = await day(1)
    expect(bodies.length).toBeGreaterThan(90)
    expect(bodies.length).toBeLessThan(150)
    expect(simulator.phones.all().length).toBeGreaterThan(10)
    expect(new Set(bodies.map((body) => /"phone_number_id":"(\d+)"/.exec(body ?? "")?.[1])).size).toBe(2)
  })
})
