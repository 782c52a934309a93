/** Customers who write to Acme, as Meta would deliver it: posted until it is answered with 200. */
import type { Database } from "bun:sqlite"
import { SystemClock } from "~/kernel/clock.ts"
import { sign } from "~/whatsapp/signature.ts"
import { ACME } from "../support/cast.ts"
import { answerOf } from "./server.ts"

const { number } = ACME

export type Letter = { wamid: string; phone: string; body: string }

/** A moment ago: nothing about these letters is a week old when the appliance gets them. */
const WRITTEN_AT = String(Math.floor(new SystemClock().now() / 1_000))

/** Message `index` of the run; every seventh comes from the same person. */
export function letter(run: string, index: number): Letter {
  const wamid = `wamid.${run}.${index}`
  const phone = `39333000${String(index % 7).padStart(4, "0")}`
  const value = {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "390655500100", phone_number_id: number.phoneNumberId },
    contacts: [{ profile: { name: `Customer ${index % 7}` }, wa_id: phone }],
    messages: [{ from: phone, id: wamid, timestamp: WRITTEN_AT, type: "text", text: { body: `Message ${index}` } }],
  }
  const envelope = {
    object: "whatsapp_business_account",
    entry: [{ id: number.wabaId, changes: [{ field: "messages", value }] }],
  }
  return { wamid, phone, body: JSON.stringify(envelope) }
}

/** The status of the answer; null when there was none. */
export async function post(publicPort: number, { body }: Letter): Promise<number | null> {
  const signature = sign(number.appSecret, new TextEncoder().encode(body))
  const headers = { "content-type": "application/json", "x-hub-signature-256": signature }
  const answer = await answerOf(`http://127.0.0.1:${publicPort}/webhooks/whatsapp`, { method: "POST", headers, body })
  return answer?.status ?? null
}

export type Traffic = { acknowledged: Letter[]; open: Letter[] }

/**
 * Posts one letter after the other on each of sixteen connections, until `over` says so or nobody answers any more.
 * `open`: those without an answer, of which nobody knows whether they arrived.
 */
export async function write(
  publicPort: number,
  run: string,
  over: (acknowledged: number) => boolean,
): Promise<Traffic> {
  const traffic: Traffic = { acknowledged: [], open: [] }
  let next = 0
  let isOver = false
  const connection = async () => {
    while (!isOver) {
      const one = letter(run, next++)
      const status = await post(publicPort, one)
      traffic[status === 200 ? "acknowledged" : "open"].push(one)
      isOver ||= status !== 200 || over(traffic.acknowledged.length)
    }
  }
  await Promise.all(Array.from({ length: 16 }, connection))
  return traffic
}

/** What a file says of the customers' messages; `halfDone` names every trace of a command that ended in the middle. */
export function messagesIn(database: Database): { wamids: string[]; halfDone: string[] } {
  const wamids = database.query("SELECT wamid FROM message WHERE direction = 'in'").values().flat() as string[]
  const halfDone = database
    .query(
      `SELECT 'conversation ' || c.id || ' counts ' || c.unreadCount || ' unread' FROM conversation c
        WHERE c.unreadCount <> (SELECT count(*) FROM message m WHERE m.conversation = c.id AND m.readByAgentAt IS NULL)
       UNION ALL SELECT 'customer ' || id || ' without conversation' FROM customer
        WHERE id NOT IN (SELECT customer FROM conversation)
       UNION ALL SELECT 'envelope ' || id || ' without message' FROM envelope
        WHERE (SELECT count(*) FROM envelope) <> (SELECT count(*) FROM message WHERE direction = 'in')
       UNION ALL SELECT 'conversation ' || id || ' without event' FROM conversation
        WHERE id NOT IN (SELECT conversation FROM event)`,
    )
    .values()
    .flat() as string[]
  return { wamids, halfDone }
}
