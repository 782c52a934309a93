/** How a company looks: set by its admin, shown on its pages, to its customers and in its letters, and on nobody else's. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { writtenBrand } from "~/brand/queries/files.ts"
import { applyDocument } from "~/command/apply/provision.ts"
import { tenantFile } from "~/command/export/configuration.ts"
import { silentLog } from "~/kernel/log.ts"
import { sniff } from "~/media/rules/sniff.ts"
import { withLogo } from "~/outbox/mail/logo.ts"
import { type Desk, sitDown } from "../support/desk.ts"
import { png } from "../support/picture.ts"
import { rowsOf } from "../support/records.ts"
import { openWorld, type World } from "../support/world.ts"

const PATH = "/admin/branding"
const BASE = "http://127.0.0.1:8080"

let world: World
let dora: Desk
beforeAll(async () => {
  world = await openWorld()
  dora = await sitDown(world, "dora")
})
afterAll(() => world.close())

const now = () => JSON.stringify(writtenBrand(world.database.tenant(dora.tenant).read))
const save = (fields: Record<string, string>) =>
  dora.visitor.post(PATH, { name: "", accent: "", before: now(), ...fields })
const whole = async (desk: Desk, path = "/profile") => (await desk.visitor.get(path)).text()
const open = (path: string, headers: Record<string, string> = {}) =>
  world.answer(new Request(`${BASE}${path}`, { headers: { host: "127.0.0.1:8080", ...headers } }))
const logoFile = async () => /\/brand\/([0-9a-f]{32}\.png)/.exec(await whole(dora))?.[1] ?? ""

describe("The look of a company", () => {
  test("is Sportello's own until somebody chooses", async () => {
    const page = await whole(dora)
    expect(page).toContain('<span class="logo-name">Sportello</span>')
    expect(page).not.toContain("/brand/")
  })

  test("shows its name and colour on every page of its people, on record; another company's stays as it is", async () => {
    const response = await save({ name: "Acme Assistenza", ownAccent: "on", accent: "#7a1fa2" })
    expect([response.status, response.headers.get("location")]).toEqual([303, `${PATH}?done=saved`])
    const page = await whole(dora, "/conversations")
    expect(page).toContain('<span class="logo-name">Acme Assistenza</span>')
    expect(page).toContain('<link rel="stylesheet" href="/brand/accent-7a1fa2.css"')
    const theirs = await whole(await sitDown(world, "dora2"))
    for (const words of ["Acme Assistenza", "/brand/"]) expect(theirs).not.toContain(words)
    const [act] = rowsOf<{ act: string; tenant: number }>(
      world.database.path,
      "SELECT act, tenant FROM auditEntry WHERE act = 'tenant.brand_changed'",
    )
    expect(act).toEqual({ act: "tenant.brand_changed", tenant: dora.tenant })
  })

  test("refuses a colour that cannot be read, with the nearest, and keeps what was typed", async () => {
    const response = await save({ name: "Kept", ownAccent: "on", accent: "#ffee88" })
    const page = await response.text()
    expect(response.status).toBe(422)
    expect(page).toMatch(/The nearest that can be read: #[0-9a-f]{6}/)
    for (const typed of ['value="Kept"', 'value="#ffee88"']) expect(page).toContain(typed)
    expect(await whole(dora)).toContain("accent-7a1fa2.css")
  })

  test("two who save at once: the second one is told what the first one changed", async () => {
    const before = JSON.stringify({ name: ["Somebody else's"], accent: ["#7a1fa2"], ownAccent: ["on"] })
    const response = await save({ name: "Mine", ownAccent: "on", accent: "#7a1fa2", before })
    expect([response.status, await response.text()]).toEqual([409, expect.stringContaining("Acme Assistenza")])
  })

  test("takes a picture by its bytes and nothing else", async () => {
    const refused = async (body: string | Uint8Array<ArrayBuffer>) => {
      const response = await dora.visitor.upload(`${PATH}/logo`, body, "image/png")
      return [response.status, ((await response.json()) as { refused: string }).refused]
    }
    expect(await refused("<svg onload='alert(1)'/>")).toEqual([409, "brand.logo_kind"])
    expect(await refused(png(10, 10))).toEqual([409, "brand.logo_dimensions"])
    expect(await refused(png(100, 100, 300_000))).toEqual([409, "brand.logo_size"])
    expect((await dora.visitor.upload(`${PATH}/logo`, png(120, 40), "text/html")).status).toBe(204)
    expect(await whole(dora)).toMatch(
      /<img class="logo-picture" src="\/brand\/[0-9a-f]{32}\.png" width="120" height="40"/,
    )
  })

  test("its files are served harmless, for ever, and again only when they are not there", async () => {
    const file = await logoFile()
    const picture = await open(`/brand/${file}`)
    expect(new Uint8Array(await picture.arrayBuffer())).toEqual(png(120, 40))
    expect(Object.fromEntries(picture.headers)).toMatchObject({
      "content-type": "image/png",
      "cache-control": "public, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; sandbox",
    })
    expect((await open(`/brand/${file}`, { "if-none-match": `"${file}"` })).status).toBe(304)
    const styles = await open("/brand/accent-7a1fa2.css")
    expect([styles.headers.get("content-type"), await styles.text()]).toEqual([
      "text/css; charset=utf-8",
      expect.stringContaining("--accent:light-dark(#7a1fa2,"),
    ])
    for (const name of [
      "accent-ffee88.css",
      "accent-zzzzzz.css",
      `${"0".repeat(32)}.png`,
      "x",
      "..%2f..%2fetc%2fpasswd",
    ])
      expect((await open(`/brand/${name}`)).status).toBe(404)
  })

  test("is on the public listener for the page of a call, and nothing else of it", async () => {
    const answer = (path: string) => world.answerPublic(new Request(`http://public.test${path}`))
    const file = await logoFile()
    expect((await answer(`/call/brand/${file}`)).headers.get("content-type")).toBe("image/png")
    expect((await answer("/call/brand/accent-7a1fa2.css")).status).toBe(200)
    for (const path of [`/brand/${file}`, "/call/brand/nothing"]) expect((await answer(path)).status).toBe(404)
  })

  test("is on its own login page, by its short name, and remembered; not on another's", async () => {
    const page = await open("/login?company=acme")
    const words = await page.text()
    expect(words).toContain("Acme Assistenza")
    expect(words).toContain("/brand/accent-7a1fa2.css")
    expect(page.headers.get("set-cookie")).toContain("company=acme")
    const again = await open("/login", { cookie: "company=acme" })
    expect(await again.text()).toContain("Acme Assistenza")
    for (const path of ["/login", "/login?company=globex", "/login?company=nobody"])
      expect(await (await open(path)).text()).not.toContain("/brand/")
  })

  test("is on the wallboard and in letters", async () => {
    const carla = await sitDown(world, "carla")
    expect(await carla.visitor.panel("/wallboard")).toContain("Acme Assistenza")
    const [anna] = rowsOf<{ id: number }>(world.database.path, "SELECT id FROM user WHERE username = 'anna'")
    await dora.visitor.post(`/admin/users/${anna?.id}/password-reset`, {})
    await world.settle()
    const letter = world.mailbox.letters.at(-1)
    expect(letter?.html).toMatch(
      /<p class="company"><img src="cid:logo@sportello" width="120" height="40" alt="">\s*<br>Acme Assistenza<\/p>/,
    )
    expect(letter?.html).not.toMatch(/<img[^>]+src="(?!cid:)/)
    expect(letter?.attachments.map(({ cid, mimeType }) => [cid, mimeType])).toEqual([["logo@sportello", "image/png"]])
    expect(new Uint8Array(letter?.attachments[0]?.bytes ?? [])).toEqual(png(120, 40))
    expect(letter?.html).toContain("background: #7a1fa2")
    expect(letter?.text.startsWith("Acme Assistenza\n")).toBe(true)
  })

  test("goes with a letter as it is when that leaves; a picture that is gone leaves no hole", async () => {
    const html = '<p class="company"><img src="cid:logo@sportello" width="1" height="1" alt=""><br>Acme</p>'
    const read = world.database.tenant(dora.tenant).read
    const body = { html, attachments: [] }
    expect((await withLogo(read, body, silentLog)).attachments).toHaveLength(1)
    const dora2 = await sitDown(world, "dora2")
    const other = world.database.tenant(dora2.tenant).read
    expect(await withLogo(other, body, silentLog)).toEqual({ html: '<p class="company">Acme</p>', attachments: [] })
    const sticker = new Uint8Array(await Bun.file("src/simulator/samples/sticker.webp").arrayBuffer())
    expect((await dora2.visitor.upload(`${PATH}/logo`, sticker, "image/webp")).status).toBe(204)
    const [shown] = (await withLogo(other, body, silentLog)).attachments
    expect([shown?.mimeType, sniff(shown?.bytes ?? new Uint8Array())]).toEqual(["image/png", "image/png"])
    const plain = { html: "<p>Buongiorno</p>", attachments: [] }
    expect(await withLogo(read, plain, silentLog)).toEqual(plain)
  })

  test("goes into the configuration file and comes back from it; null takes it away", async () => {
    const read = world.database.tenant(dora.tenant).read
    const { tenants } = tenantFile(read, dora.tenant)
    const [{ brand }] = tenants as [(typeof tenants)[number]]
    expect(brand).toEqual({
      name: "Acme Assistenza",
      accent: "#7a1fa2",
      logo: `data:image/png;base64,${Buffer.from(png(120, 40)).toString("base64")}`,
    })
    const lookAgain = () => tenantFile(read, dora.tenant).tenants[0]?.brand
    await world.apply({ tenants: [{ slug: "acme", brand: { name: null, accent: null, logo: null } }] })
    expect(lookAgain()).toEqual({ name: null, accent: null, logo: null })
    await world.apply({ tenants: [{ slug: "acme", brand }] })
    expect(lookAgain()).toEqual(brand)
  })

  test.each([
    [{ accent: "#ffee88" }, "cannot be read in both themes"],
    [{ accent: "red" }, "must be a colour like #0a7d5a"],
    [{ logo: "https://acme.test/logo.png" }, "must be data:image/png;base64"],
    [{ name: "x".repeat(41) }, "40"],
  ])("of %p the file says %p", async (brand, reason) => {
    const { database } = world
    const parts = { database, passwords: { hash: async () => "" } as never, clock: world.clock, chance: world.chance }
    const outcome = applyDocument(parts, { document: { tenants: [{ slug: "acme", brand }] }, dryRun: true })
    const told = await outcome.then((result) => JSON.stringify(result), String)
    expect(told).toContain(reason)
  })

  test("its picture is taken away on one press", async () => {
    await dora.visitor.post(`${PATH}/logo/removing`, {})
    const page = await whole(dora)
    expect(page).toContain('<span class="logo-initial">A</span>')
    expect(page).not.toContain("logo-picture")
  })
})
