/** V3: whoever is restricted to their skillsets sees nothing else, wherever they look, from the moment on. */
import { afterEach, expect, test } from "bun:test"
import { GIULIA } from "../journeys/scene.ts"
import { office } from "../support/cast.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
afterEach(() => world.close())

const people = (ivos: object) =>
  office([
    { username: "anna", most: 0 },
    { username: "marco", skillsets: ["Service"] },
    { username: "ivo", skillsets: ["Service"], most: 1, ...ivos },
  ])

async function begin(ivos: object): Promise<Desk> {
  world = await openWorld({ document: people(ivos) })
  const giulia = world.simulator.phones.create(GIULIA)
  giulia.say("What does the secret plan cost?")
  await world.settle()
  return sitDown(world, "ivo", { listening: false })
}

const SECRETS = /Giulia|Lombardi|secret plan|345\s?555\s?0172/
/** The gallery of parts has made-up people of its own, and the map towns called Giulianova. */
const NOTHING_REAL = ["/styleguide", "/locations/search"]

/** Every page, panel and export there is without an id, searched as well as it can be. */
async function seen(desk: Desk): Promise<string[]> {
  const found: string[] = []
  const routes = world.appliance.intranet.routes.filter(
    ({ path, area }) => area !== "open" && !NOTHING_REAL.includes(path) && !/[:*]|\/events$|^\/logout$/.test(path),
  )
  expect(routes.length).toBeGreaterThan(30)
  for (const { method, path } of routes) {
    if (method === "POST" && !path.endsWith("/export")) continue
    for (const query of ["", "?q=giul", "?search=giul", "?text=secre", "?words=giul", "?filter=all"]) {
      const answer = await (method === "GET" ? desk.visitor.get(path + query) : desk.visitor.post(path + query))
      if (SECRETS.test(await answer.text())) found.push(`${method} ${path}${query}`)
    }
  }
  return found
}

test("no page, panel, list or export shows it", async () => {
  const ivo = await begin({ isolated: true })
  expect(await seen(ivo)).toEqual([])
}, 60_000)

test("an agent without the restriction is shown it by the same pages", async () => {
  const ivo = await begin({ isolated: false })
  expect((await seen(ivo)).length).toBeGreaterThan(2)
}, 60_000)

test("from the moment the skillset is taken away", async () => {
  const ivo = await begin({ isolated: true, skillsets: ["Sales", "Service"], most: 0 })
  expect((await ivo.visitor.panel("/waiting")).includes("Giulia")).toBeTrue()
  await world.apply(people({ isolated: true }))
  expect(await seen(ivo)).toEqual([])
}, 60_000)
