import { credentialsOf } from "~/channel/queries.ts"
import { SYSTEM } from "~/facts.ts"
import { type Cancel, type Instant, onNextTurn } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { describeError } from "~/kernel/log.ts"
import { receiptPostponed, receiptSettled } from "~/message/actions/receipts.ts"
import type { OutboxParts } from "./outbox.ts"
import { dueReceipts, nextReceiptAt, type OwedReceipt } from "./rows.ts"
import { backOff, MOST_RECEIPT_TRIES, spread } from "./rules.ts"

const AT_ONCE = 8

/** Tells customers that they were read: best effort, a few tries, then let go. */
export class Receipts {
  #busy = new Set<Id>()
  #scheduled = false
  #stopped = false
  #disarm: Cancel = () => {}

  constructor(
    private readonly parts: OutboxParts,
    private readonly changed: () => void,
  ) {}

  get idle(): boolean {
    return this.#busy.size === 0 && !this.#scheduled
  }

  wake(): void {
    if (this.#scheduled || this.#stopped) return
    this.#scheduled = true
    onNextTurn(() => {
      this.#scheduled = false
      try {
        this.#run()
      } catch (error) {
        this.parts.log.error("outbox could not look", describeError(error))
        this.#lookAgainAt(this.parts.clock.now() + backOff(1))
      }
      this.changed()
    })
  }

  stop(): void {
    this.#stopped = true
    this.#disarm()
  }

  #run(): void {
    if (this.#stopped) return
    const { read } = this.parts.database.appliance
    for (const receipt of dueReceipts(read, AT_ONCE + this.#busy.size))
      if (this.#busy.size < AT_ONCE && !this.#busy.has(receipt.conversation)) this.#start(receipt)
    this.#lookAgainAt(nextReceiptAt(read))
  }

  #lookAgainAt(nextAt: Instant | null): void {
    this.#disarm()
    if (nextAt !== null) this.#disarm = this.parts.clock.wakeAt(nextAt, () => this.wake())
  }

  #start(receipt: OwedReceipt): void {
    this.#busy.add(receipt.conversation)
    void this.#send(receipt)
      .catch((error) => this.parts.log.warn("read receipt not settled", describeError(error)))
      .finally(() => {
        this.#busy.delete(receipt.conversation)
        this.wake()
        this.changed()
      })
  }

  async #send({ tenant, conversation, channel, wamid, attempt }: OwedReceipt): Promise<void> {
    const { database, client, clock, chance } = this.parts
    const handle = database.tenant(tenant)
    const answer = await client.markRead(credentialsOf(handle.read, database.secrets, channel), wamid)
    const tries = attempt + 1
    await handle.act(SYSTEM, (tx) => {
      if (answer.result === "ok" || tries >= MOST_RECEIPT_TRIES) receiptSettled(tx, conversation, wamid)
      else {
        const nextAttemptAt = clock.now() + spread(backOff(2 * tries), chance)
        receiptPostponed(tx, { conversation, wamid, attempt: tries, nextAttemptAt })
      }
    })
  }
}
