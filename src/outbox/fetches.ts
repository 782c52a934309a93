import { credentialsOf } from "~/channel/queries.ts"
import type { TenantHandle } from "~/database/database.ts"
import { SYSTEM } from "~/facts.ts"
import { scarcityOf } from "~/kernel/disk.ts"
import type { Id } from "~/kernel/id.ts"
import { describeError } from "~/kernel/log.ts"
import { type ClaimedFetch, claimFetch, fetched, notFetched, resumeFetches } from "~/media/actions/fetching.ts"
import { dropUnfinishedFiles, type FileReceiver, type FinishedFile, receiveFile } from "~/media/actions/receiving.ts"
import type { FetchTrouble } from "~/media/rules.ts"
import type { Download, MediaAddress } from "~/whatsapp/media.ts"
import { matchesSha256 } from "~/whatsapp/media.ts"
import type { OutboxParts } from "./outbox.ts"
import { Pool } from "./pool.ts"
import { dueFetches, nextFetchAt, type WaitingFetch } from "./rows.ts"
import { spread } from "./rules.ts"

/** The largest that a customer can send (wire reference §6). */
const MOST_BYTES = 100 * 1_048_576

type Ended = { trouble: FetchTrouble } | { trouble: null; file: FinishedFile }

/** Brings what customers sent while WhatsApp still has it; a row is done when its file is here or given up. */
export class Fetches {
  #pool: Pool<WaitingFetch>

  constructor(
    private readonly parts: OutboxParts,
    changed: () => void,
  ) {
    const { read } = parts.database.appliance
    const trade = {
      name: "files of customers",
      atOnce: 4,
      due: (most: number) => dueFetches(read, most),
      nextAt: () => nextFetchAt(read),
      keyOf: (one: WaitingFetch) => one.message,
      settle: (one: WaitingFetch) => this.#fetch(one),
    }
    this.#pool = new Pool(parts, trade, changed)
  }

  get idle(): boolean {
    return this.#pool.idle
  }

  /** What an earlier run left half done begins anew. */
  async recover(tenants: readonly Id[]): Promise<void> {
    for (const tenant of tenants)
      await this.parts.database.tenant(tenant).act(SYSTEM, (tx) => {
        dropUnfinishedFiles(tx)
        resumeFetches(tx)
      })
  }

  wake(): void {
    this.#pool.wake()
  }

  stop(): void {
    this.#pool.stop()
  }

  async #fetch({ tenant, channel, message }: WaitingFetch): Promise<void> {
    const { database, chance } = this.parts
    const handle = database.tenant(tenant)
    const scarcity = scarcityOf(this.parts.room())
    const claimed = await handle.act(SYSTEM, (tx) => claimFetch(tx, message, scarcity, (wait) => spread(wait, chance)))
    if (!claimed) return
    const receiver = receiveFile((script) => handle.act(SYSTEM, script))
    const ended = await this.#bring(handle, channel, claimed, receiver).catch((error): Ended => {
      this.parts.log.error("file not fetched", { message, ...describeError(error) })
      return { trouble: "unreachable" }
    })
    if (ended.trouble === null) return handle.act(SYSTEM, (tx) => fetched(tx, message, ended.file.keep))
    await receiver.abandon()
    await handle.act(SYSTEM, (tx) => notFetched(tx, message, ended.trouble, (wait) => spread(wait, chance)))
  }

  async #bring(
    { read }: TenantHandle,
    channel: Id,
    { mediaId, claimedSha256 }: ClaimedFetch,
    receiver: FileReceiver,
  ): Promise<Ended> {
    const { client, database } = this.parts
    const credentials = credentialsOf(read, database.secrets, channel)
    const address = await client.mediaUrl(credentials, mediaId)
    if (address.result !== "ok") return { trouble: address.result === "refused" ? "refused" : "unreachable" }
    const into = (piece: Uint8Array) => receiver.write(piece)
    const download = await client.downloadMedia(credentials, address.value.url, { maxBytes: MOST_BYTES, into })
    if (download.result !== "ok") return { trouble: TROUBLES[download.result] }
    if (!isAsAnnounced(download, address.value, claimedSha256)) return { trouble: "altered" }
    return { trouble: null, file: await receiver.end() }
  }
}

const TROUBLES: Record<Exclude<Download["result"], "ok">, FetchTrouble> = {
  gone: "refused",
  too_large: "too_large",
  not_allowed: "not_allowed",
  unavailable: "unreachable",
}

/** The webhook's checksum, else the one beside the address. */
function isAsAnnounced(
  { sha256, byteLength }: Download & { result: "ok" },
  address: MediaAddress,
  claimed: string | null,
): boolean {
  const wanted = claimed ?? address.sha256
  return (
    (wanted === null || matchesSha256(wanted, sha256)) &&
    (address.byteLength === null || address.byteLength === byteLength)
  )
}
