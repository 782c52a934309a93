/**
 * The least that an ingest of this kind can do: check the signature, write one raw row, answer 200 after the commit,
 * with the same durability and group commit. As `server`: in the product's own listener, webhook and writer, which is
 * the floor of the goal. As `bare`: with nothing of the product but its pragmas, to see what the listener costs.
 * Usage: bun scripts/lib/bench/floor.ts server|bare FOLDER PORT
 */
import { timingSafeEqual } from "node:crypto"
import { join } from "node:path"
import { openDatabase } from "~/database/database.ts"
import { DatabaseFile } from "~/database/file.ts"
import { migrate } from "~/database/migrate.ts"
import { Secrets } from "~/database/secrets.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { SystemChance } from "~/kernel/chance.ts"
import { SystemClock } from "~/kernel/clock.ts"
import { jsonLog } from "~/kernel/log.ts"
import { servePublic } from "~/web/server.ts"
import { keepEnvelope } from "~/whatsapp/records.ts"
import { createWebhook } from "~/whatsapp/webhook.ts"
import { NUMBER } from "./wire.ts"

const [kind, folder = "", port = ""] = Bun.argv.slice(2)
const path = join(folder, "floor.db")
if (kind === "server") serveServer()
else serveBare()

function serveServer(): void {
  const clock = new SystemClock()
  const chance = new SystemChance()
  const log = jsonLog("warn")
  const secrets = new Secrets(chance.bytes(32), chance)
  const migrations = shippedMigrations()
  const database = openDatabase({ path, clock, log, migrations, bootId: "floor", secrets, followUp() {} })
  const directory = {
    appSecrets: () => [NUMBER.appSecret],
    verifyTokens: () => [],
    verifiedBy: () => [],
    route: () => null,
    routesOfAccount: () => [],
    tenantsOf: () => [],
    channelOf: () => null,
  }
  const intake = {
    async take({ digest, bytes }: { digest: Uint8Array; bytes: Uint8Array }) {
      await database.appliance.act((tx) => keepEnvelope(tx, digest, bytes))
      return { known: false, items: 0, setAside: 0 }
    },
  }
  const webhook = createWebhook({ intake, directory, clock, log })
  const answer = (request: Request) => webhook.receive(request)
  const routes = [{ method: "POST", path: "/webhooks/whatsapp", answer }] as const
  servePublic({ listen: { hostname: "127.0.0.1", port: Number(port) }, routes, trustedProxies: [], clock })
}

type Waiting = { digest: Uint8Array; bytes: Uint8Array; resolve: () => void }

function serveBare(): void {
  migrate(path, shippedMigrations(), Date.now(), "")
  const { connection } = new DatabaseFile(path)
  const begin = connection.prepare("BEGIN IMMEDIATE")
  const commit = connection.prepare("COMMIT")
  const insert = connection.prepare("INSERT INTO envelope (id, digest, receivedAt, body) VALUES (?, ?, ?, ?)")
  let waiting: Waiting[] = []
  let lastId = 0
  const flush = () => {
    const batch = waiting
    waiting = []
    begin.run()
    for (const { digest, bytes } of batch) insert.run(++lastId, digest, Date.now(), bytes)
    commit.run()
    for (const { resolve } of batch) resolve()
  }
  const stored = (digest: Uint8Array, bytes: Uint8Array) =>
    new Promise<void>((resolve) => {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push({ digest, bytes, resolve })
    })
  Bun.serve({
    hostname: "127.0.0.1",
    port: Number(port),
    reusePort: false,
    async fetch(request) {
      const claimed = Buffer.from((request.headers.get("x-hub-signature-256") ?? "").slice("sha256=".length), "hex")
      const bytes = await request.bytes()
      const digest = new Bun.CryptoHasher("sha256", NUMBER.appSecret).update(bytes).digest()
      if (claimed.length !== digest.length || !timingSafeEqual(claimed, digest))
        return new Response(null, { status: 401 })
      await stored(digest.subarray(0, 16), bytes)
      return new Response(null, { status: 200 })
    },
  })
}
