/** An appliance that makes its own certificate, as an operator and a browser meet it. */
import { expect, test } from "bun:test"
import { createHash, X509Certificate } from "node:crypto"
import { freePort, newFolder, sportello, start } from "../command/support.ts"

test("with SPORTELLO_TLS=self the start prints the authority's fingerprint, and who trusts it is served", async () => {
  const data = newFolder()
  const port = await freePort()
  const url = `https://localhost:${port}`
  const env = {
    SPORTELLO_TLS: "self",
    SPORTELLO_LISTEN: `127.0.0.1:${port}`,
    SPORTELLO_PUBLIC_LISTEN: `127.0.0.1:${await freePort()}`,
    SPORTELLO_URL: url,
  }
  const appliance = await start(["serve"], "SHA-256", { data, env })
  const untrusting = await fetch(`${url}/authority.crt`, { tls: { rejectUnauthorized: false } })
  const authority = await untrusting.text()
  const { raw, fingerprint256 } = new X509Certificate(authority)
  expect(fingerprint256.replaceAll(":", "").toLowerCase()).toBe(createHash("sha256").update(raw).digest("hex"))
  expect(appliance.firstWords).toContain(fingerprint256)
  await expect(fetch(`${url}/login`)).rejects.toThrow()
  const login = await fetch(`${url}/login`, { tls: { ca: authority } })
  expect(login.status).toBe(200)
  expect(login.headers.get("strict-transport-security")).toBe("max-age=31536000")
  expect(login.headers.getSetCookie().join()).toContain("__Host-form=")
  expect(await appliance.stop()).toBe(0)
  const { result } = await sportello(["doctor"], { data, env })
  expect(result.find((line) => line.includes("certificate"))).toMatch(/^ok .*The appliance's own; good until/)
})

test("a certificate without its key stops the start with one sentence", async () => {
  const env = { SPORTELLO_TLS_CERT: "package.json", SPORTELLO_TLS_KEY: "package.json" }
  const { code, messages } = await sportello(["serve"], { data: newFolder(), env })
  expect([code, messages.length]).toEqual([2, 1])
  expect(messages[0]).toContain("does not hold a certificate in PEM")
})
