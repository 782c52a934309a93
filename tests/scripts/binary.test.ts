/** The compiled executable, from an empty folder: what a bundler may lose (lazily loaded packages, assets) is there. */
import { expect, test } from "bun:test"
import { X509Certificate } from "node:crypto"
import { join } from "node:path"
import { freePort, newFolder } from "../command/support.ts"

const ROOT = join(import.meta.dir, "../..")

test("the executable makes its certificate and serves its pages and assets with nothing beside it", async () => {
  expect(Bun.spawnSync(["scripts/build"], { cwd: ROOT }).exitCode).toBe(0)
  const [cwd, port, publicPort] = [newFolder(), await freePort(), await freePort()]
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
