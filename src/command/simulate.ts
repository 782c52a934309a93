import {
  DEMO_ACCESS_TOKEN,
  DEMO_APP_SECRET,
  DEMO_NUMBERS,
  DEMO_PHONES,
  DEMO_VERIFY_TOKEN,
  DEMO_WABA_ID,
} from "~/demo/company.ts"
import { DEMO_TEMPLATES } from "~/demo/templates.ts"
import { jsonLog } from "~/kernel/log.ts"
import { createSimulator, type Simulator } from "~/simulator/simulator.ts"
import { loadAssets } from "~/web/assets.ts"
import { type Bench, type Command, parseWords, portOf, UsageRefused } from "./command.ts"
import { untilAskedToStop } from "./stop-signal.ts"

export const SIMULATOR_PORT = 8082

export const simulate: Command = {
  name: "simulate",
  usage: "simulate [--port N] [--webhook URL]",
  summary: "run a pretend WhatsApp: the Cloud API, webhooks and phones in the browser",
  help: `Listens on 127.0.0.1, port ${SIMULATOR_PORT} unless --port says otherwise, and sends webhooks to --webhook
(http://127.0.0.1:8081/webhooks/whatsapp). Point an appliance at it with SPORTELLO_GRAPH_URL. Nothing leaves this host,
and it forgets everything when it stops.`,
  async run(bench, words) {
    const { values } = parseWords(words, { port: { type: "string" }, webhook: { type: "string" } }, [])
    const webhookUrl = values.webhook ?? "http://127.0.0.1:8081/webhooks/whatsapp"
    if (!URL.canParse(webhookUrl)) throw new UsageRefused("--webhook must be a URL.")
    const askedToStop = untilAskedToStop()
    const simulator = demoSimulator(bench, { webhookUrl })
    const listening = simulator.listen({ port: portOf("port", values.port, SIMULATOR_PORT) })
    bench.terminal.result(listening.url)
    for (const { name, phoneNumberId } of DEMO_NUMBERS)
      bench.terminal.say(
        `${name}: phone number id ${phoneNumberId}, account id ${DEMO_WABA_ID}, token ${DEMO_ACCESS_TOKEN}`,
      )
    bench.terminal.say(`App secret ${DEMO_APP_SECRET}, verify token ${DEMO_VERIFY_TOKEN}`)
    await askedToStop
    simulator.stop()
    await listening.stop()
  },
}

/** A pretend WhatsApp with the demo's numbers. */
export function demoSimulator({ clock, chance }: Bench, where: { webhookUrl: string; productUrl?: string }): Simulator {
  return createSimulator({
    clock,
    chance,
    log: jsonLog("warn"),
    ...where,
    numbers: DEMO_NUMBERS.map(({ name, phoneNumberId, displayPhoneNumber }) => ({
      phoneNumberId,
      displayPhoneNumber,
      wabaId: DEMO_WABA_ID,
      accessToken: DEMO_ACCESS_TOKEN,
      verifiedName: name,
    })),
    appSecret: DEMO_APP_SECRET,
    verifyToken: DEMO_VERIFY_TOKEN,
    templates: DEMO_TEMPLATES,
    customers: DEMO_PHONES.map((person) => ({ ...person })),
    assets: loadAssets().answer,
  })
}
