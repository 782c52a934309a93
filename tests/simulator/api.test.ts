import { describe, expect, test } from "bun:test"
import { seconds } from "~/kernel/clock.ts"
import type { JsonObject } from "~/simulator/json.ts"
import { type Bench, createBench, MAIN, SALES, textTo } from "./bench.ts"

const call = async ({ simulator }: Bench, method: string, path: string, body?: unknown, headers = {}) => {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await simulator.fetch(new Request(`http://simulator.test/api/${path}`, { method, headers, ...init }))
  return { status: response.status, answer: (await response.json()) as JsonObject }
}

async function withGiulia() {
  const bench = createBench()
  const { answer } = await call(bench, "POST", "customers", { name: "Giulia", phone: "+39 345 555 0172" })
  return { bench, id: String(answer.id) }
}

describe("The simulator's JSON does what its TypeScript does", () => {
  test("a customer is made, writes to one of two numbers, and shows the chat", async () => {
    const { bench, id } = await withGiulia()
    await call(bench, "POST", `customers/${id}/messages`, { text: "Ciao", number: SALES.phoneNumberId })
    await bench.simulator.idle()
    expect(bench.values()[0]).toMatchObject({ metadata: { phone_number_id: SALES.phoneNumberId } })
    const { answer } = await call(bench, "GET", `customers/${id}?number=${SALES.phoneNumberId}`)
    expect(answer).toMatchObject({ name: "Giulia", messages: [{ type: "text", delivery: "delivered" }] })
  })

  test("several messages go in one webhook, twice, when asked", async () => {
    const { bench, id } = await withGiulia()
    const messages = [{ text: "Uno" }, { kind: "image", caption: "Due" }]
    const { answer } = await call(bench, "POST", `customers/${id}/messages`, { messages, together: true, copies: 2 })
    await bench.simulator.idle()
    expect(answer.ids).toHaveLength(2)
    expect(bench.heard).toHaveLength(2)
    expect(bench.messages().map(({ type }) => type)).toEqual(["text", "image", "text", "image"])
  })

  test("a file of one's own is sent as it is", async () => {
    const { bench, id } = await withGiulia()
    const base64 = Buffer.from("a;b\n1;2\n").toString("base64")
    const file = { kind: "document", base64, mimeType: "text/csv", filename: "lista.csv" }
    await call(bench, "POST", `customers/${id}/messages`, file)
    await bench.simulator.idle()
    expect(bench.messages()[0]).toMatchObject({ document: { filename: "lista.csv", mime_type: "text/csv" } })
  })

  test("airplane mode, marketing and a new number are switched on the phone", async () => {
    const { bench, id } = await withGiulia()
    const { answer } = await call(bench, "POST", `customers/${id}`, { airplane: true, marketing: false })
    expect(answer).toMatchObject({ airplane: true, marketing: false })
    const { userId } = bench.simulator.phones.of(id).customer
    await call(bench, "POST", `customers/${id}`, { phone: "+39 345 555 0999" })
    await bench.simulator.idle()
    expect(bench.values()[0]).toMatchObject({ user_preferences: [{ value: "stop", wa_id: "393455550172" }] })
    expect(bench.messages()[0]).toMatchObject({
      type: "system",
      from: "393455550172",
      system: { type: "user_changed_number", wa_id: "393455550999", previous_user_id: userId },
    })
    expect(bench.simulator.phones.of("+393455550999").customer.userId).not.toBe(userId)
  })

  test("a fault is added with its times, listed and taken away", async () => {
    const { bench } = await withGiulia()
    const rule = { fault: { kind: "graph-error", code: 131056 }, times: 2, phoneNumberId: MAIN.phoneNumberId }
    const { answer } = await call(bench, "POST", "faults", rule)
    expect((await call(bench, "GET", "faults")).answer).toMatchObject([rule])
    await call(bench, "DELETE", `faults/${answer.id}`)
    expect((await call(bench, "GET", "faults")).answer).toEqual([] as unknown as JsonObject)
  })

  test("a busy day starts and ends", async () => {
    const { bench } = await withGiulia()
    await call(bench, "PUT", "busy-day", { messagesPerMinute: 60 })
    await bench.pass(seconds(30))
    const written = bench.messages().length
    expect(written).toBeGreaterThan(15)
    await call(bench, "PUT", "busy-day", { messagesPerMinute: 0 })
    await bench.pass(seconds(30))
    expect(bench.messages()).toHaveLength(written)
  })

  test("accepted sends are listed with the reference of the caller", async () => {
    const { bench, id } = await withGiulia()
    await call(bench, "POST", `customers/${id}/messages`, { text: "Ciao" })
    const body = textTo("+393455550172", "Salve", { biz_opaque_callback_data: "ref-3" })
    await bench.graph("POST", `${MAIN.phoneNumberId}/messages`, body)
    expect((await call(bench, "GET", "sends")).answer).toMatchObject([{ callback: "ref-3", body }])
  })

  test("starting over forgets customers, chats and faults", async () => {
    const { bench, id } = await withGiulia()
    bench.simulator.phones.of(id).say("Ciao")
    bench.simulator.faults.add({ fault: { kind: "status-never" } })
    await call(bench, "POST", "start-over")
    expect(bench.simulator.phones.all()).toEqual([])
    expect(bench.simulator.faults.list()).toEqual([])
    expect((await call(bench, "GET", `customers/${id}`)).status).toBe(400)
  })

  test.each<[string, string, string, unknown, number, string]>([
    ["a customer without a name", "POST", "customers", { phone: "+391234567" }, 400, "name is required"],
    ["a fault nobody knows", "POST", "faults", { fault: { kind: "gremlins" } }, 400, "fault.kind must be one of"],
    ["a body that is no object", "POST", "faults", [1], 400, "the body must be a JSON object"],
    ["a pace below nothing", "PUT", "busy-day", { messagesPerMinute: -1 }, 400, "between 0 and 6000"],
    ["a phone nobody holds", "POST", "customers/c9/messages", { text: "a" }, 400, "no pretend phone of c9"],
    ["an address that is none", "GET", "nonsense", undefined, 404, "no such address"],
  ])("%s gets a sentence", async (_what, method, path, body, status, sentence) => {
    const { status: given, answer } = await call(createBench(), method, path, body)
    expect(given).toBe(status)
    expect(String(answer.error)).toContain(sentence)
  })

  test("another site's page may not write", async () => {
    const { status } = await call(createBench(), "POST", "customers", { name: "X" }, { "sec-fetch-site": "cross-site" })
    expect(status).toBe(403)
  })
})
