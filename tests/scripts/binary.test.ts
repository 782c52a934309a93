/** The compiled executable, from an empty folder: what a bundler may lose (lazily loaded packages, assets) is there. */
import { beforeAll, expect, test } from "bun:test"
import { X509Certificate } from "node:crypto"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { strFromU8, unzipSync } from "fflate"
import { freePort, newFolder } from "../command/support.ts"
import { openSmtpHost } from "../mail/smtp-host.ts"
import { ForwardClock } from "../support/forward-clock.ts"
import { codeFrom, Newcomer } from "../support/newcomer.ts"

const ROOT = join(import.meta.dir, "../..")

beforeAll(() => {
  expect(Bun.spawnSync(["scripts/build"], { cwd: ROOT }).exitCode).toBe(0)
}, 120_000)

test("the executable makes its certificate and serves its pages and assets with nothing beside it", async () => {
  const cwd = newFolder()
  const port = await freePort()
  const publicPort = await freePort()
  const appliance = Bun.spawn([join(ROOT, "dist/sportello"), "serve"], {
    cwd,
    env: {
      SPORTELLO_TLS: "self",
      SPORTELLO_LISTEN: `127.0.0.1:${port}`,
      SPORTELLO_PUBLIC_LISTEN: `127.0.0.1:${publicPort}`,
      SPORTELLO_LOG_LEVEL: "silent",
    },
    stdout: "pipe",
    stderr: "inherit",
  })
  const { value } = await appliance.stdout.getReader().read()
  const [, fingerprint] = /SHA-256 (\S+)/.exec(new TextDecoder().decode(value)) ?? []
  const url = `https://127.0.0.1:${port}`
  const authority = await (await fetch(`${url}/authority.crt`, { tls: { rejectUnauthorized: false } })).text()
  expect(new X509Certificate(authority).fingerprint256).toBe(fingerprint!)
  const page = await (await fetch(`${url}/login`, { tls: { ca: authority } })).text()
  const assets = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!)
  expect(assets.length).toBeGreaterThan(5)
  for (const path of assets) expect((await fetch(`${url}${path}`, { tls: { ca: authority } })).status).toBe(200)
  appliance.kill("SIGTERM")
  expect(await appliance.exited).toBe(0)
})

const PASSWORD = "correct horse battery staple"
const DORA = { username: "dora", password: PASSWORD, firstName: "Dora", lastName: "Neri", level: "tenant_admin" }
const COMPANY = { tenants: [{ slug: "acme", name: "Acme", timezone: "Europe/Rome", users: [DORA] }] }
/** A code of the next half minute: that of this one was used to set it up. */
const NEXT = 30_000

test("second factors, the list of common passwords, mail and spreadsheets work inside it", async () => {
  const mail = await openSmtpHost()
  const cwd = newFolder()
  const port = await freePort()
  const publicPort = await freePort()
  const env = {
    SPORTELLO_LISTEN: `127.0.0.1:${port}`,
    SPORTELLO_PUBLIC_LISTEN: `127.0.0.1:${publicPort}`,
    SPORTELLO_SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
    SPORTELLO_MAIL_FROM: "office@acme.test",
  }
  const binary = join(ROOT, "dist/sportello")
  writeFileSync(join(cwd, "company.json"), JSON.stringify(COMPANY))
  expect(Bun.spawnSync([binary, "apply", "company.json"], { cwd, env }).exitCode).toBe(0)
  const appliance = Bun.spawn([binary, "serve"], { cwd, env, stdout: "ignore", stderr: "pipe" })
  await appliance.stderr.getReader().read()
  /** The browser of the tests speaks to an address that is not this one. */
  const answer = async (request: Request) => {
    const { pathname, search } = new URL(request.url)
    const headers = new Headers(request.headers)
    headers.set("host", `127.0.0.1:${port}`)
    const body = request.method === "GET" ? null : await request.text()
    return fetch(`http://127.0.0.1:${port}${pathname}${search}`, {
      method: request.method,
      headers,
      body,
      redirect: "manual",
    })
  }
  const dora = new Newcomer(answer)
  expect((await dora.signIn("dora", PASSWORD)).path).toBe("/profile")
  const common = { current: PASSWORD, password: "passwordpassword", repeated: "passwordpassword" }
  expect((await dora.send("/profile/password", common)).text).toContain("Many people use this password")

  const page = (await dora.send("/profile/second-factor", { proof: PASSWORD })).text
  expect(page).toMatch(/<svg class="qr"[^>]*>.*<path d="M/s)
  const shown = await dora.send("/profile/second-factor/confirmation", { code: codeFrom(page, new ForwardClock()) })
  expect(shown.text.match(/(?:[a-z2-9]{4}-){3}[a-z2-9]{4}/g)?.length).toBeGreaterThanOrEqual(10)
  const again = new Newcomer(answer)
  expect((await again.signIn("dora", PASSWORD)).path).toBe("/login/code")
  expect((await again.send("/login/code", { code: codeFrom(page, new ForwardClock(), NEXT) })).path).toBe("/profile")

  await again.open("/admin/mail")
  expect((await again.send("/admin/mail/test", { to: "dora@acme.test" })).text).toContain("The server took it")
  expect(mail.arrived.map(({ to }) => to)).toEqual([["dora@acme.test"]])
  expect(mail.arrived[0]?.text).toContain("multipart/alternative")

  await again.open("/admin/users")
  const file = await again.fetch("/admin/users/export", { format: "xlsx" })
  const sheet = unzipSync(new Uint8Array(await file.arrayBuffer()))["xl/worksheets/sheet1.xml"] ?? new Uint8Array()
  expect(strFromU8(sheet)).toContain("Dora Neri")
  appliance.kill("SIGTERM")
  expect(await appliance.exited).toBe(0)
  await mail.close()
}, 60_000)
