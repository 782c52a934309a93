/** Asking Meta about a number while it is set up: outside of every command, and in the words of the channel's rules. */
import type { Finding, NumberChecks } from "~/channel/rules/findings.ts"
import type { Chance } from "~/kernel/chance.ts"
import { newToken } from "~/kernel/token.ts"
import { messageHead, type WhatsAppClient } from "./client.ts"
import type { SendOutcome } from "./errors.ts"
import type { GraphResult } from "./graph.ts"

type Calls = Pick<WhatsAppClient, "phoneNumber" | "accountNumbers" | "subscribedApps" | "subscribe" | "sendMessage">

export function createNumberChecks(client: Calls, chance: Chance): NumberChecks {
  return {
    async ask(credentials) {
      const [number, numbers, apps] = await Promise.all([
        client.phoneNumber(credentials),
        client.accountNumbers(credentials),
        client.subscribedApps(credentials),
      ])
      return {
        number: findingOf(number, ({ displayPhone, verifiedName, status, quality, nameStatus }) => ({
          displayPhone,
          verifiedName,
          status,
          quality,
          nameStatus,
        })),
        account: findingOf(numbers, (ids) => ({ hasNumber: ids.includes(credentials.phoneNumberId) })),
        apps: findingOf(apps, (all) => ({ names: all.map(({ id, name }) => name ?? id) })),
      }
    },
    subscribe: async (account) => findingOf(await client.subscribe(account), () => true),
    async sayHello(credentials, phone) {
      const template = { name: "hello_world", language: { code: "en_US" } }
      const to = { phone, userId: null }
      const head = messageHead(to, `test-${newToken(chance)}`, null)
      return outcomeFinding(await client.sendMessage(credentials, { ...head, type: "template", template }))
    },
  }
}

function findingOf<Value, News>(result: GraphResult<Value>, news: (value: Value) => News): Finding<News> {
  if (result.result === "ok") return { found: news(result.value) }
  if (result.result === "unavailable") return { trouble: { why: "unreachable", code: null, words: result.reason } }
  const { error, reason } = result
  const words = [error.title, error.details].filter(Boolean).join(" – ")
  return { trouble: { why: isGone(error) ? "number_gone" : reason, code: error.code, words: words || null } }
}

/** 100 with subcode 33: there is no such object, or it is not for this token (wire reference §8.3). */
const isGone = ({ code, subcode }: { code: number; subcode: number | null }): boolean => code === 100 && subcode === 33

function outcomeFinding(outcome: SendOutcome): Finding<true> {
  switch (outcome.outcome) {
    case "accepted":
      return { found: true }
    case "failed":
      return {
        trouble: { why: outcome.reason, code: outcome.code, words: outcome.details ?? (outcome.title || null) },
      }
    case "retry":
    case "hold":
      return { trouble: { why: outcome.reason, code: outcome.code, words: null } }
    case "uncertain":
      return { trouble: { why: "unreachable", code: null, words: outcome.reason } }
  }
}
