/** A simulator on virtual time, with a product that only notes what it is told. */
import { SeededChance } from "~/kernel/chance.ts"
import { VirtualClock } from "~/kernel/clock.ts"
import { silentLog } from "~/kernel/log.ts"
import type { DeliverInit } from "~/simulator/deliver.ts"
import type { JsonObject } from "~/simulator/json.ts"
import { createSimulator, type Simulator, type SimulatorOptions } from "~/simulator/simulator.ts"

export const MAIN = {
  phoneNumberId: "106540352242922",
  displayPhoneNumber: "+39 06 555 0100",
  wabaId: "102290129340398",
  accessToken: "EAAmain",
  verifiedName: "Aurora Service",
}
export const SALES = {
  phoneNumberId: "106540352242933",
  displayPhoneNumber: "+39 06 555 0101",
  wabaId: "102290129340399",
  accessToken: "EAAsales",
  verifiedName: "Aurora Sales",
}

export type Heard = { url: string; init: DeliverInit; json: JsonObject }

export type Bench = {
  clock: VirtualClock
  simulator: Simulator
  /** Every webhook the product answered, in order of arrival. */
  heard: Heard[]
  /** What the product answers from now on; 200 at first. */
  answerWith: (status: number) => void
  /** `value` of every change heard so far. */
  values: () => JsonObject[]
  messages: () => JsonObject[]
  statuses: () => JsonObject[]
  /** A call of the Graph API with the main number's token. */
  graph: (method: string, path: string, body?: unknown, token?: string) => Promise<Response>
  /** Lets time pass and the webhooks of that time arrive. */
  pass: (milliseconds: number) => Promise<void>
}

export function createBench(options: Partial<SimulatorOptions> = {}): Bench {
  const clock = new VirtualClock()
  const heard: Heard[] = []
  let answer = 200
  const simulator = createSimulator({
    clock,
    chance: new SeededChance(7),
    log: silentLog,
    numbers: [MAIN, SALES],
    webhookUrl: "http://product.test/webhooks/whatsapp",
    appSecret: "app secret",
    verifyToken: "verify me",
    deliver: async (url, init) => {
      heard.push({ url, init, json: init.body === undefined ? {} : JSON.parse(init.body) })
      return new Response(null, { status: answer })
    },
    ...options,
  })
  const values = () =>
    heard.flatMap(({ json }) => entriesOf(json).flatMap(({ changes }) => changes.map(({ value }) => value)))
  const of = (key: "messages" | "statuses") => () =>
    values().flatMap((value) => (Array.isArray(value[key]) ? (value[key] as JsonObject[]) : []))
  return {
    clock,
    simulator,
    heard,
    answerWith: (status) => {
      answer = status
    },
    values,
    messages: of("messages"),
    statuses: of("statuses"),
    graph: (method, path, body, token = MAIN.accessToken) =>
      simulator.fetch(
        new Request(`http://simulator.test/v26.0/${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      ),
    pass: (milliseconds) => clock.advance(milliseconds, () => simulator.idle()),
  }
}

type Entry = { id: string; changes: { field: string; value: JsonObject }[] }
export const entriesOf = (json: JsonObject): Entry[] => json.entry as unknown as Entry[]

/** The body of a text to a customer. */
export const textTo = (to: string, body: string, more: JsonObject = {}): JsonObject => ({
  messaging_product: "whatsapp",
  to,
  type: "text",
  text: { body },
  ...more,
})

export type GraphErrorBody = {
  error: { code: number; message: string; type: string; error_data?: { details: string }; fbtrace_id: string }
}

export const errorOf = async (response: Response): Promise<GraphErrorBody["error"]> =>
  ((await response.json()) as GraphErrorBody).error
