/** Dora, who administers Acme, and files of customers as people make them. */
import type { CustomerImportRow } from "~/database/tables.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"
import { companyWithDetails, PROPERTIES } from "./scene.ts"

export type ImportScene = Awaited<ReturnType<typeof openImportScene>>

export async function openImportScene() {
  const world = await openWorld({ document: companyWithDetails({ properties: PROPERTIES.slice(1) }) })
  const dora = await sitDown(world, "dora")
  return { world, dora, ...filesOf(world, dora) }
}

/** What Dora does with a file, and what is to be read of it afterwards. */
export function filesOf(world: World, dora: Desk) {
  const row = (id: number) =>
    rowsOf<Pick<CustomerImportRow, keyof CustomerImportRow>>(
      world.database.path,
      "SELECT * FROM customerImport WHERE id = ?",
      id,
    )[0]!
  const bring = async (body: string | Uint8Array<ArrayBuffer>, name = "customers.csv") => {
    const answer = await dora.visitor.upload(`/admin/imports/files?name=${encodeURIComponent(name)}`, body)
    if (answer.status !== 200) throw new Error(`refused: ${await answer.text()}`)
    const { import: id } = (await answer.json()) as { import: number }
    await world.settle()
    return id
  }
  const steer = async (id: number, deed: string) => {
    const answer = await dora.visitor.post(`/admin/imports/${id}/steering`, { deed })
    await world.settle()
    return answer
  }
  /** With the columns as they were guessed, unless told otherwise. */
  const check = async (id: number, more: Record<string, string> = {}) => {
    const mapping = JSON.parse(row(id).mapping) as string[]
    const columns = Object.fromEntries(mapping.map((field, index) => [`column${index}`, field]))
    const answer = await dora.visitor.post(`/admin/imports/${id}/checking`, { country: "IT", ...columns, ...more })
    await world.settle()
    return answer
  }
  const counts = (id: number) => {
    const { state, created, changed, unchanged, refused } = row(id)
    return { state, created, changed, unchanged, refused }
  }
  const problems = (id: number) =>
    rowsOf<{ row: number; heading: string; given: string; reason: string }>(
      world.database.path,
      "SELECT row, heading, given, reason FROM customerImportProblem WHERE import = ? ORDER BY id",
      id,
    )
  const customers = () =>
    rowsOf<{ id: number; phone: string; name: string | null; email: string | null; language: string | null }>(
      world.database.path,
      "SELECT id, phone, name, email, language FROM customer WHERE tenant = ? ORDER BY id",
      dora.tenant,
    )
  /** From the file to its end. */
  const importAll = async (body: string | Uint8Array<ArrayBuffer>, name?: string, more?: Record<string, string>) => {
    const id = await bring(body, name)
    await check(id, more)
    await steer(id, "import")
    return id
  }
  return { row, bring, steer, check, counts, problems, customers, importAll }
}
