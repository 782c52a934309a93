/** The language of the screens, chosen in the user menu: whoever chooses it stays where they are. */
import { afterAll, beforeAll, expect, test } from "bun:test"
import { type Desk, sitDown } from "../support/desk.ts"
import { openWorld, type World } from "../support/world.ts"

let world: World
let dora: Desk
beforeAll(async () => {
  world = await openWorld()
  dora = await sitDown(world, "dora")
})
afterAll(() => world.close())

test.each([
  ["/customers?search=giulia&page=2", "/customers?search=giulia&page=2", "the page, with what was searched"],
  ["/admin/channels/17/hours", "/admin/channels/17/hours", "a page with an id in its address"],
  ["/profile/password", "/profile", "an address that answers to forms alone shows nothing"],
  ["https://elsewhere.test/nowhere", "/profile", "another site's address leads nowhere"],
  ["", "/", "a browser that does not say where it is"],
])("from %p to %p: %s", async (page, next) => {
  const from = page.startsWith("/") ? `http://127.0.0.1:8080${page}` : page
  const response = await dora.visitor.post("/profile/language", { language: "it" }, page ? { referer: from } : {})
  expect([response.status, response.headers.get("location")]).toEqual([303, next])
})
