import { afterEach, expect, test } from "bun:test"
import { minutes } from "~/kernel/clock.ts"
import { office, withChannel, withSkillsets } from "../support/cast.ts"
import { openWorld, type World } from "../support/world.ts"
import { somebodyWrites, stateOf, working } from "../transfer/scene.ts"

let world: World
afterEach(() => world.close())

const HANDS = [
  { username: "anna", skillsets: ["Sales"] },
  { username: "lidia", skillsets: ["Care"] },
  { username: "carla", skillsets: [], level: "supervisor" },
]

test("a wait that goes on after a long talk has all who should have joined in by then, at once and not only the first", async () => {
  const skillsets = [{ name: "Sales" }, { name: "Service" }, { name: "Care" }]
  const channel = { settings: { overflowAfterSeconds: 60 }, skillsets: skillsets.map(({ name }) => name) }
  const document = withSkillsets(withChannel(office(HANDS), channel), skillsets)
  world = await openWorld({ document })
  const [anna, lidia, carla] = await working(world, "anna", "lidia", "carla")
  const { id } = await somebodyWrites(world)
  await anna?.open(id)
  await anna?.status("break")
  await world.advance(minutes(10))
  const steering = [
    ["conversation", String(id)],
    ["deed", "return"],
  ]
  await carla?.visitor.postAll("/waiting/steering", steering)
  await world.advance(0)
  expect(stateOf(world, id)).toEqual({ state: "offered", owner: lidia?.id ?? 0 })
})
