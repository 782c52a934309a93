/** What is kept of a customer, as one archive for whoever asks. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { strFromU8, unzipSync } from "fflate"
import type { Id } from "~/kernel/id.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openScene } from "./scene.ts"

describe("What is kept of a customer", () => {
  let scene: Awaited<ReturnType<typeof openScene>>
  let files: Record<string, Uint8Array>

  beforeAll(async () => {
    scene = await openScene()
    const { world, giulia, customer } = scene
    giulia.send({ kind: "image" })
    await world.settle()
    const carla = await sitDown(world, "carla")
    const answer = await carla.visitor.post(`/customers/${customer}/archive`)
    expect(answer.headers.get("content-type")).toBe("application/zip")
    files = unzipSync(await answer.bytes())
  })
  afterAll(() => scene.world.close())

  test("is their data, what was said, and every file, byte for byte", () => {
    const names = Object.keys(files)
    expect(names.filter((name) => name.endsWith(".html"))).toEqual(["1.html", "index.html"])
    const index = strFromU8(files["index.html"]!)
    expect(index).toContain("+39 345 555 0172")
    expect(index).toContain('href="1.html"')
    expect(strFromU8(files["1.html"]!)).toContain("Buongiorno")
    const [path] = names.filter((name) => name.startsWith("1-files/"))
    const [kept] = rowsOf<{ size: number }>(
      scene.world.database.path,
      "SELECT size FROM mediaFile WHERE tenant = ?",
      scene.anna.tenant,
    )
    expect(files[path!]?.length).toBe(kept!.size)
  })

  test("leaves on record", () => {
    const sql = "SELECT subject FROM auditEntry WHERE act = 'export.made' AND tenant = ?"
    expect(rowsOf<{ subject: Id }>(scene.world.database.path, sql, scene.anna.tenant)).toHaveLength(1)
  })

  test("is for supervisors alone", async () => {
    const answer = await scene.anna.visitor.post(`/customers/${scene.customer}/archive`)
    expect(answer.status).toBe(403)
  })
})
