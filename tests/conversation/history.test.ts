/** A customer's earlier conversations, by period and words, and no hint of what is not for one's eyes. */
import { afterEach, describe, expect, test } from "bun:test"
import { days } from "~/kernel/clock.ts"
import { openScene } from "../customer/scene.ts"
import { conversation } from "../journeys/scene.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"

let scene: Awaited<ReturnType<typeof openScene>>
afterEach(() => scene.world.close())

/** Giulia's first conversation is over since three days ago; a second one is open. */
async function withPast() {
  scene = await openScene()
  const { world, giulia, anna, conversation: old } = scene
  await anna.reply(old, "L'Aurora è pronta")
  await anna.close(old)
  await world.advance(days(3))
  const again = await sitDown(world, "anna")
  giulia.say("Eccomi")
  await world.settle()
  const { id } = conversation(world, giulia)
  await again.open(id)
  return { old, id, anna: again }
}
const list = async (desk: { visitor: { panel(path: string): Promise<string> } }, id: number, query = "") =>
  desk.visitor.panel(`/conversations/${id}/history${query}`)

describe("A customer's earlier conversations", () => {
  test("are found by what was said in them, accents and case ignored, with the words around", async () => {
    const { old, id, anna } = await withPast()
    const found = await list(anna, id, "?words=AURORA%20e")
    expect(found).toContain(`/conversations/${old}`)
    expect(found).toContain("L&#x27;<mark>Aurora</mark> <mark>è</mark> pronta")
    expect(await list(anna, id, "?words=nowhere")).toContain("No earlier conversation fits.")
  })

  test("are found by the days on which they were open", async () => {
    const { old, id, anna } = await withPast()
    const day = (ago: number) => new Date(scene.world.clock.now() - days(ago)).toISOString().slice(0, 10)
    expect(await list(anna, id, `?from=${day(4)}&until=${day(2)}`)).toContain(`/conversations/${old}`)
    expect(await list(anna, id, `?from=${day(1)}`)).not.toContain(`/conversations/${old}`)
    expect(await list(anna, id, `?until=${day(5)}`)).not.toContain(`/conversations/${old}`)
    expect(await list(anna, id, "?from=never")).toContain(`/conversations/${old}`)
  })

  test("of other skillsets are not there for an isolated agent, not even as a count", async () => {
    const { old, id } = await withPast()
    const carla = await sitDown(scene.world, "carla")
    const ivo = await sitDown(scene.world, "ivo")
    const [service] = rowsOf<{ id: number }>(
      scene.world.database.path,
      "SELECT id FROM skillset WHERE name = 'Service' AND tenant = ?",
      ivo.tenant,
    )
    const to = { to: "skillset", skillset: String(service?.id), mode: "exclusive", note: "" }
    expect(await carla.post(`/conversations/${id}/transfer`, to)).toBeNull()
    await scene.world.settle()
    const shown = await list(ivo, id)
    expect(shown).not.toContain(String(old))
    expect(shown).not.toContain("Only the latest")
    expect((await ivo.visitor.get(`/conversations/${old}/beside`)).status).toBe(404)
    expect(await list(carla, id)).toContain(String(old))
  })

  test("read beside another one, nobody counts as having read them", async () => {
    const { old, id, anna } = await withPast()
    const beside = await anna.visitor.panel(`/conversations/${old}/beside`)
    expect(beside).toContain("L&#x27;Aurora è pronta")
    expect(beside).not.toContain("<textarea")
    const carla = await sitDown(scene.world, "carla")
    await carla.visitor.panel(`/conversations/${id}/beside`)
    await scene.world.settle()
    expect(conversation(scene.world, scene.giulia).unreadCount).toBe(1)
  })
})
