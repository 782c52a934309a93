/**
 * The least that an ingest of this kind can do: check the signature, write one raw row, answer 200 after the commit,
 * with the durability and the group commit of the product and nothing of its code in between.
 * Usage: bun scripts/lib/bench/floor.ts FOLDER PORT
 */
import { timingSafeEqual } from "node:crypto"
import { join } from "node:path"
import { DatabaseFile } from "~/database/file.ts"
import { migrate } from "~/database/migrate.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { NUMBER } from "./wire.ts"

const [folder = "", port = ""] = Bun.argv.slice(2)
const path = join(folder, "floor.db")
migrate(path, shippedMigrations(), Date.now(), "")
const { connection } = new DatabaseFile(path)
const begin = connection.prepare("BEGIN IMMEDIATE")
const insert = connection.prepare("INSERT INTO envelope (id, digest, receivedAt, body) VALUES (?, ?, ?, ?)")
const commit = connection.prepare("COMMIT")

type Waiting = { digest: Uint8Array; bytes: Uint8Array; resolve: () => void }
let waiting: Waiting[] = []
let lastId = 0

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

function stored(digest: Uint8Array, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.length === 0) setImmediate(flush)
    waiting.push({ digest, bytes, resolve })
  })
}

function flush(): void {
  const batch = waiting
  waiting = []
  begin.run()
  for (const { digest, bytes } of batch) insert.run(++lastId, digest, Date.now(), bytes)
  commit.run()
  for (const { resolve } of batch) resolve()
}
