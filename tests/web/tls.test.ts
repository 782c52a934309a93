/** TLS of the intranet listener: certificates of files and of the appliance's own authority, replaced while it runs. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test"
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { connect } from "node:tls"
import { days, minutes, nextTurn } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import { type Listener, serveIntranet, serveRedirect } from "~/web/server.ts"
import { certificatesFromFiles, expiryOf, fingerprintOf, ownCertificates, type Tls } from "~/web/tls/certificates.ts"
import { type Appliance, openAppliance } from "./appliance.tsx"

// A runner that has loaded the package for another file already gives this one other globals, without what it expects.
if (!("getMetadata" in Reflect))
  new Function(readFileSync(Bun.resolveSync("reflect-metadata", import.meta.dir), "utf8"))()
const { newAuthority, signServer } = await import("~/web/tls/authority.ts")

const LOOPBACK = { hostname: "127.0.0.1", port: 0 }
const NAMES = ["desk.acme.test", "localhost", "127.0.0.1", "::1"]

let appliance: Appliance
let folder: string
let open: Listener[]
beforeEach(async () => {
  appliance = await openAppliance({ url: "https://127.0.0.1:8443" })
  folder = mkdtempSync(join(tmpdir(), "sportello-tls-"))
  open = []
})
afterEach(async () => {
  await Promise.all(open.map((listener) => listener.stop()))
  rmSync(folder, { recursive: true })
  await appliance.close()
})

const parts = () => ({ clock: appliance.clock, chance: appliance.chance, log: silentLog })
const own = (names = NAMES) => ownCertificates(join(folder, "tls"), names, parts())

function listen(tls: Tls, listen = LOOPBACK) {
  const { intranet, streams, clock } = appliance
  const listener = serveIntranet({ ...intranet, streams, clock, tls, listen })
  open.push(listener)
  return listener
}

/** What a new connection is shown, trusting `authority` alone; throws when it is not trusted. */
function shownTo(authority: string, port: string, servername = "desk.acme.test"): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port: Number(port), ca: authority, servername }, () => {
      resolve(socket.getPeerCertificate().fingerprint256)
      socket.end()
    })
    socket.on("error", reject)
  })
}

describe("the appliance's own authority", () => {
  test("makes a certificate that whoever trusts it accepts, under every name, and nobody else does", async () => {
    const certificates = await own()
    const { port } = listen(certificates.current()).url
    const leaf = fingerprintOf(certificates.current().cert)
    for (const name of ["desk.acme.test", "localhost"])
      expect(await shownTo(certificates.authority!, port, name)).toBe(leaf)
    const stranger = await newAuthority(appliance.clock.now(), appliance.chance)
    await expect(shownTo(stranger.certificate, port)).rejects.toThrow()
    await expect(shownTo(certificates.authority!, port, "other.acme.test")).rejects.toThrow()
  })

  test("keeps its files for its owner alone, and goes on with them after a restart", async () => {
    const first = await own()
    const again = await own()
    expect(again.authority).toBe(first.authority)
    expect(again.current()).toEqual(first.current())
    const names = ["authority.crt", "authority.key", "server.crt", "server.key"]
    const modes = names.map((name) => statSync(join(folder, "tls", name)).mode & 0o777)
    expect(modes).toEqual([0o600, 0o600, 0o600, 0o600])
  })

  test("signs anew when a name is added, and a month before the end; the authority stays", async () => {
    const first = await own()
    const more = await own([...NAMES, "10.0.0.5"])
    expect(more.current().cert).not.toBe(first.current().cert)
    expect(more.authority).toBe(first.authority)
    const lasts = expiryOf(more.current().cert) - appliance.clock.now()
    expect(Math.round(lasts / days(1))).toBe(396)
    appliance.clock.jumpTo(appliance.clock.now() + lasts - days(29))
    expect(expiryOf((await own([...NAMES, "10.0.0.5"])).current().cert) - appliance.clock.now()).toBeGreaterThan(
      days(300),
    )
  })
})

describe("a certificate of files", () => {
  const files = () => ({ certificate: join(folder, "desk.crt"), key: join(folder, "desk.key") })
  const issued = async () => {
    const authority = await newAuthority(appliance.clock.now(), appliance.chance)
    return { authority, issue: () => signServer(authority, NAMES, appliance.clock.now(), appliance.chance) }
  }
  const write = ({ certificate, key }: { certificate: string; key: string }) => {
    writeFileSync(files().certificate, certificate)
    writeFileSync(files().key, key)
  }

  test("is refused in one sentence when the two files do not belong together or hold something else", async () => {
    const { issue } = await issued()
    const one = await issue()
    const other = await issue()
    write({ certificate: one.certificate, key: other.key })
    await expect(certificatesFromFiles(files(), parts())).rejects.toThrow("is not the key of the certificate")
    write({ certificate: "hello", key: one.key })
    await expect(certificatesFromFiles(files(), parts())).rejects.toThrow("does not hold a certificate in PEM")
    write({ certificate: one.certificate, key: "hello" })
    await expect(certificatesFromFiles(files(), parts())).rejects.toThrow("does not hold a key in PEM")
    rmSync(files().certificate)
    await expect(certificatesFromFiles(files(), parts())).rejects.toThrow("cannot be read")
  })

  test("renewed on disk, it is shown to new connections within a minute, and a request under way is finished", async () => {
    const { authority, issue } = await issued()
    write(await issue())
    const certificates = await certificatesFromFiles(files(), parts())
    const listener = listen(certificates.current())
    const replaced = Promise.withResolvers<void>()
    const unwatch = certificates.watch((newer) => {
      ;(listener as ReturnType<typeof serveIntranet>).replaceCertificate(newer)
      replaced.resolve()
    })
    const { port } = listener.url
    const before = await shownTo(authority.certificate, port)
    const stream = await fetch(`https://127.0.0.1:${port}/health`, { tls: { ca: authority.certificate } })

    const newer = await issue()
    write(newer)
    expect(await shownTo(authority.certificate, port)).toBe(before)
    await appliance.clock.advance(minutes(1))
    await replaced.promise
    await nextTurn()
    expect(await shownTo(authority.certificate, port)).toBe(fingerprintOf(newer.certificate))
    expect(await stream.json()).toMatchObject({ status: "ok" })
    unwatch()
  })

  test("replaced by something that cannot be used, the old one stays in use and the log says so", async () => {
    const { authority, issue } = await issued()
    write(await issue())
    const errors: string[] = []
    const said = Promise.withResolvers<void>()
    const log = {
      ...silentLog,
      error: (event: string) => {
        errors.push(event)
        said.resolve()
      },
    }
    const certificates = await certificatesFromFiles(files(), { ...parts(), log })
    const listener = listen(certificates.current())
    const unwatch = certificates.watch(() => errors.push("replaced"))
    writeFileSync(`${files().key}.new`, "half a fi")
    renameSync(`${files().key}.new`, files().key)
    await appliance.clock.advance(minutes(1))
    await said.promise
    expect(errors).toEqual(["certificate not replaced"])
    const shown = await shownTo(authority.certificate, listener.url.port)
    expect(shown).toBe(fingerprintOf(readFileSync(files().certificate, "utf8")))
    unwatch()
  })
})

test("a listener with TLS shares its port with nobody, although its own successor may", async () => {
  const tls = (await own()).current()
  const first = listen(tls)
  expect(() => listen(tls, { hostname: "127.0.0.1", port: Number(first.url.port) })).toThrow()
})

test("plain HTTP is sent on to the same page over TLS, at the configured name", async () => {
  const redirect = serveRedirect({ listen: LOOPBACK, url: new URL("https://desk.acme.test"), clock: appliance.clock })
  open.push(redirect)
  const answer = await fetch(new URL("/conversations/5?x=1", redirect.url), {
    redirect: "manual",
    headers: { host: "evil.test" },
  })
  expect([answer.status, answer.headers.get("location")]).toEqual([308, "https://desk.acme.test/conversations/5?x=1"])
})
