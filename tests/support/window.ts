/** R15: free text only while the customer's last message is less than a day old, by WhatsApp's clock. */
import type { Database } from "bun:sqlite"
import { hours } from "~/kernel/clock.ts"
import type { Id } from "./snapshot.ts"

/** The customer's last word that the appliance knew of when the answer was accepted. */
const ANSWERS = `SELECT answer.id, answer.queuedAt, (
    SELECT max(heard.at) FROM message AS heard JOIN conversation AS other ON other.id = heard.conversation
    WHERE other.customer = c.customer AND other.channel = c.channel AND heard.direction = 'in'
      AND heard.tenant = c.tenant AND heard.receivedAt <= answer.queuedAt
  ) AS heardAt
  FROM message AS answer JOIN conversation AS c ON c.id = answer.conversation
  WHERE answer.id > ? AND answer.direction = 'out' AND answer.kind <> 'template' ORDER BY answer.id`

export function outsideWindow(database: Database, after: Id): { broken: string[]; last: Id } {
  const answers = database.query(ANSWERS).all(after) as { id: Id; queuedAt: number; heardAt: number | null }[]
  const late = answers.filter(({ queuedAt, heardAt }) => heardAt === null || queuedAt >= heardAt + hours(24))
  return {
    broken: late.map(({ id }) => `R15: ${id} was accepted outside the window`),
    last: answers.at(-1)?.id ?? after,
  }
}
