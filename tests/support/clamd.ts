/** A virus scanner: a real clamd over a folder of its own, with two signatures of ours and no others, started from here. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { testVirus } from "~/outbox/scanner.ts"
import { freePort } from "./ports.ts"

const PATH = `${process.env.PATH}:/usr/sbin:/sbin`
const ROOT = resolve(import.meta.dir, "../..")

/** Whether it can be had on this machine; what is missing is said by the script. */
export const hasClamd = (): boolean =>
  Bun.spawnSync([resolve(ROOT, "scripts/lib/clamd.sh")], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] })
    .exitCode === 0

/** In any file, wherever it stands: the scanner finds it. */
export const HARM = "pretend-harm-of-the-tests"
export const EICAR = testVirus()

export type Clamd = Awaited<ReturnType<typeof openClamd>>

export async function openClamd({ mostMegabytes = 120 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "sportello-clamd-"))
  const file = (name: string) => join(folder, name)
  const port = await freePort()
  mkdirSync(file("signatures"))
  const md5 = new Bun.CryptoHasher("md5").update(EICAR).digest("hex")
  writeFileSync(file("signatures/own.hdb"), `${md5}:${EICAR.length}:Eicar-Test-Signature\n`)
  writeFileSync(file("signatures/own.ndb"), `Pretend-Harm:0:*:${Buffer.from(HARM).toString("hex")}\n`)
  writeFileSync(file("clamd.conf"), configuration(file, port, mostMegabytes))
  const start = () =>
    Bun.spawn(["clamd", "-c", file("clamd.conf"), "-F"], { env: { PATH }, stdio: ["ignore", "ignore", "ignore"] })
  let running = start()
  await answering(port)
  return {
    address: `127.0.0.1:${port}`,
    socket: file("clamd.sock"),
    async stop() {
      running.kill()
      await running.exited
    },
    async back() {
      running = start()
      await answering(port)
    },
    async close() {
      running.kill()
      await running.exited
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const configuration = (file: (name: string) => string, port: number, mostMegabytes: number) => `
DatabaseDirectory ${file("signatures")}
TemporaryDirectory ${file("")}
TCPSocket ${port}
TCPAddr 127.0.0.1
LocalSocket ${file("clamd.sock")}
StreamMaxLength ${mostMegabytes}M
MaxScanSize ${mostMegabytes}M
MaxFileSize ${mostMegabytes}M
Foreground yes
MaxThreads 2
DisableCertCheck yes
`

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const there = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } }).catch(() => null)
    if (there) return void there.end()
    await Bun.sleep(50)
  }
  throw new Error("clamd does not answer")
}
