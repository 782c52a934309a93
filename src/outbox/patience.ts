import type { WhatsAppClient } from "~/whatsapp/client.ts"
import { type MediaCalls, UNREACHED } from "~/whatsapp/media.ts"
import type { TemplateCalls } from "~/whatsapp/templates.ts"

type Called = "sendMessage" | "markRead" | "phoneNumber" | "templates"
export type OutboxCalls = Pick<WhatsAppClient, Called | keyof TemplateCalls | keyof MediaCalls>

/**
 * The same calls, which can be given up all together: what is on its way then has the outcome of a line that broke, so
 * that a message is in doubt and a question is asked again another time.
 */
export function withGivingUp(client: OutboxCalls): { calls: OutboxCalls; giveUp: () => void } {
  const inFlight = new Set<() => void>()
  const orGivenUp = <Result>(call: Promise<Result>, lost: Result) =>
    new Promise<Result>((resolve, reject) => {
      const giveUp = () => resolve(lost)
      inFlight.add(giveUp)
      call.then(resolve, reject).finally(() => inFlight.delete(giveUp))
    })
  return {
    calls: {
      sendMessage: (...given) => orGivenUp(client.sendMessage(...given), { outcome: "uncertain", reason: "broken" }),
      markRead: (...given) => orGivenUp(client.markRead(...given), GIVEN_UP),
      mediaUrl: (...given) => orGivenUp(client.mediaUrl(...given), GIVEN_UP),
      downloadMedia: (...given) => orGivenUp(client.downloadMedia(...given), GIVEN_UP),
      uploadMedia: (...given) =>
        orGivenUp(client.uploadMedia(...given), { result: "not_uploaded", outcome: UNREACHED }),
      phoneNumber: (...given) => orGivenUp(client.phoneNumber(...given), GIVEN_UP),
      templates: (...given) => orGivenUp(client.templates(...given), GIVEN_UP),
      createTemplate: (...given) => orGivenUp(client.createTemplate(...given), GIVEN_UP),
      editTemplate: (...given) => orGivenUp(client.editTemplate(...given), GIVEN_UP),
      deleteTemplate: (...given) => orGivenUp(client.deleteTemplate(...given), GIVEN_UP),
    },
    giveUp: () => {
      for (const resolve of inFlight) resolve()
    },
  }
}

const GIVEN_UP = { result: "unavailable", reason: "given_up" } as const
