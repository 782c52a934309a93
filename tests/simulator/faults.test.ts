import { describe, expect, test } from "bun:test"
import { seconds } from "~/kernel/clock.ts"
import type { Fault } from "~/simulator/faults.ts"
import { ConnectionBroken } from "~/simulator/graph-faults.ts"
import { type JsonObject, objectOf } from "~/simulator/json.ts"
import { createBench, errorOf, MAIN, SALES, textTo } from "./bench.ts"

const MESSAGES = `${MAIN.phoneNumberId}/messages`
const TEXT = textTo("+393455550172", "Ciao", { biz_opaque_callback_data: "ref-1" })

async function openBench() {
  const bench = createBench()
  const giulia = bench.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  giulia.say("Buongiorno")
  await bench.simulator.idle()
  return { ...bench, giulia }
}

describe("Faults that refuse a send: nothing reaches the phone", () => {
  test.each<[string, Fault, number, number | null]>([
    ["Meta's throughput limit", { kind: "graph-error", code: 130429 }, 400, 130429],
    ["the pair limit", { kind: "graph-error", code: 131056 }, 400, 131056],
    ["the same as HTTP 429", { kind: "graph-error", code: 130429, status: 429 }, 429, 130429],
    ["429 from in between", { kind: "too-many-requests" }, 429, null],
    ["500 with Meta's body", { kind: "server-error" }, 500, 131000],
    ["503 with Meta's body", { kind: "server-error", status: 503 }, 503, 2],
    ["502 without a body", { kind: "server-error", status: 502, body: "none" }, 502, null],
    ["500 with a web page", { kind: "server-error", body: "html" }, 500, null],
    ["a refused token", { kind: "token-refused" }, 401, 190],
  ])("%s", async (_what, fault, status, code) => {
    const { simulator, graph, giulia, pass } = await openBench()
    simulator.faults.add({ fault, times: 1 })
    const response = await graph("POST", MESSAGES, TEXT)
    expect(response.status).toBe(status)
    const body = await response.text()
    if (code === null) expect(body).not.toContain('"error"')
    else expect(JSON.parse(body)).toMatchObject({ error: { code } })
    await pass(seconds(60))
    expect(giulia.received()).toEqual([])
    expect((await graph("POST", MESSAGES, TEXT)).status).toBe(200)
  })

  test("a broken connection", async () => {
    const { simulator, graph, giulia } = await openBench()
    simulator.faults.add({ fault: { kind: "connection-reset" }, times: 1 })
    await expect(graph("POST", MESSAGES, TEXT)).rejects.toBeInstanceOf(ConnectionBroken)
    await simulator.idle()
    expect(giulia.received()).toEqual([])
  })

  test("how long to wait travels in Retry-After", async () => {
    const { simulator, graph } = await openBench()
    simulator.faults.add({ fault: { kind: "too-many-requests", retryAfterSeconds: 7 }, times: 1 })
    simulator.faults.add({ fault: { kind: "graph-error", code: 4, retryAfterSeconds: 9 }, times: 1 })
    const answers = [await graph("POST", MESSAGES, TEXT), await graph("POST", MESSAGES, TEXT)]
    expect(answers.map(({ headers }) => headers.get("retry-after")).toSorted()).toEqual(["7", "9"])
  })
})

describe("Faults that spoil the answer of an accepted send: the phone gets it all the same", () => {
  test.each<[string, Fault, string]>([
    ["500 afterwards", { kind: "accepts-then-server-error" }, '"code":131000'],
    ["a web page with 200", { kind: "answer-html" }, "<title>Facebook"],
    ["JSON cut short", { kind: "answer-broken-json" }, '[{"inp'],
    ["no message id", { kind: "answer-without-id" }, '"messages":[]'],
  ])("%s", async (_what, fault, part) => {
    const { simulator, graph, giulia, statuses, pass } = await openBench()
    simulator.faults.add({ fault, times: 1 })
    expect(await (await graph("POST", MESSAGES, TEXT)).text()).toContain(part)
    await pass(seconds(10))
    expect(giulia.received()).toHaveLength(1)
    expect(statuses().map((status) => [status.status, status.biz_opaque_callback_data])).toEqual([
      ["sent", "ref-1"],
      ["delivered", "ref-1"],
      ["read", "ref-1"],
    ])
  })

  test("a connection that breaks after acceptance", async () => {
    const { simulator, graph, giulia } = await openBench()
    simulator.faults.add({ fault: { kind: "accepts-then-reset" }, times: 1 })
    await expect(graph("POST", MESSAGES, TEXT)).rejects.toBeInstanceOf(ConnectionBroken)
    await simulator.idle()
    expect(giulia.received()).toHaveLength(1)
  })

  test("no answer at all until the caller gives up", async () => {
    const { simulator, giulia, statuses, pass } = await openBench()
    simulator.faults.add({ fault: { kind: "accepts-without-answer" }, times: 1 })
    const patience = new AbortController()
    let ended = false
    const answer = simulator
      .fetch(
        new Request(`http://simulator.test/v26.0/${MESSAGES}`, {
          method: "POST",
          headers: { authorization: `Bearer ${MAIN.accessToken}`, "content-type": "application/json" },
          body: JSON.stringify(TEXT),
          signal: patience.signal,
        }),
      )
      .finally(() => {
        ended = true
      })
    await pass(seconds(60))
    expect(ended).toBe(false)
    expect(giulia.received()).toHaveLength(1)
    expect(statuses()).toHaveLength(3)
    patience.abort()
    await expect(answer).rejects.toBeInstanceOf(ConnectionBroken)
  })
})

describe("Faults of statuses", () => {
  test("the first status arrives before the answer", async () => {
    const { simulator, graph, statuses } = await openBench()
    simulator.faults.add({ fault: { kind: "status-before-answer" }, times: 1 })
    const answer = (await (await graph("POST", MESSAGES, TEXT)).json()) as { messages: { id: string }[] }
    expect(statuses()).toMatchObject([{ id: answer.messages[0]?.id, status: "sent" }])
  })

  test("no status ever comes", async () => {
    const { simulator, graph, statuses, giulia, pass } = await openBench()
    simulator.faults.add({ fault: { kind: "status-never" }, times: 1 })
    await graph("POST", MESSAGES, TEXT)
    await pass(seconds(60))
    expect(statuses()).toEqual([])
    expect(giulia.received()[0]?.delivery).toBe("read")
  })

  test("an accepted message fails afterwards", async () => {
    const { simulator, graph, statuses, pass } = await openBench()
    simulator.faults.add({ fault: { kind: "status-failed", code: 131047 }, times: 1 })
    expect((await graph("POST", MESSAGES, TEXT)).status).toBe(200)
    await pass(seconds(60))
    expect(statuses()).toMatchObject([{ status: "failed", errors: [{ code: 131047, title: "Re-engagement message" }] }])
  })
})

describe("Faults of webhooks", () => {
  test("duplicates are the same bytes again", async () => {
    const { simulator, giulia, heard } = await openBench()
    simulator.faults.add({ fault: { kind: "webhook-duplicate", copies: 2 }, times: 1 })
    giulia.say("Una volta sola")
    await simulator.idle()
    expect(heard).toHaveLength(4)
    expect(new Set(heard.slice(1).map(({ init }) => init.body)).size).toBe(1)
  })

  test("a delayed webhook is overtaken", async () => {
    const { simulator, giulia, messages, pass } = await openBench()
    simulator.faults.add({ fault: { kind: "webhook-reorder", within: seconds(3) }, times: 1 })
    giulia.say("Prima")
    giulia.say("Dopo")
    await pass(seconds(5))
    expect(messages().map(({ text }) => (text as { body: string }).body)).toEqual(["Buongiorno", "Dopo", "Prima"])
  })

  test("after an outage everything arrives, late", async () => {
    const { simulator, giulia, heard, pass } = await openBench()
    const outage = simulator.faults.add({ fault: { kind: "webhook-outage" } })
    giulia.say("C'è qualcuno?")
    await pass(seconds(60))
    expect(heard).toHaveLength(1)
    simulator.faults.remove(outage)
    await pass(seconds(600))
    expect(heard).toHaveLength(2)
  })
})

const imageOf = (messages: JsonObject[]) => objectOf(messages.at(-1)?.image) as { url: string; sha256: string }

describe("Faults of media", () => {
  test("a file that is gone, and one whose bytes are not what was promised", async () => {
    const { simulator, giulia, messages } = await openBench()
    giulia.send({ kind: "image" })
    await simulator.idle()
    const { url, sha256 } = imageOf(messages())
    const get = () => simulator.fetch(new Request(url, { headers: { authorization: `Bearer ${MAIN.accessToken}` } }))
    const digest = async () => new Bun.CryptoHasher("sha256").update(await (await get()).bytes()).digest("base64")
    simulator.faults.add({ fault: { kind: "media-missing" }, on: "media", times: 1 })
    expect((await get()).status).toBe(404)
    simulator.faults.add({ fault: { kind: "media-altered" }, on: "media", times: 1 })
    expect(await digest()).not.toBe(sha256)
    expect(await digest()).toBe(sha256)
  })
})

describe("A fault strikes what it was meant for", () => {
  test("one number and not the other", async () => {
    const { simulator, graph } = await openBench()
    simulator.faults.add({ fault: { kind: "token-refused" }, phoneNumberId: MAIN.phoneNumberId })
    expect(await errorOf(await graph("GET", MAIN.phoneNumberId))).toMatchObject({ code: 190 })
    expect((await graph("GET", SALES.phoneNumberId, undefined, SALES.accessToken)).status).toBe(200)
  })

  test("sends and not read receipts, unless asked", async () => {
    const { simulator, graph, giulia } = await openBench()
    simulator.faults.add({ fault: { kind: "server-error" } })
    const receipt = { messaging_product: "whatsapp", status: "read", message_id: giulia.chat()[0]?.id }
    expect((await graph("POST", MESSAGES, receipt)).status).toBe(200)
    expect((await graph("POST", MESSAGES, TEXT)).status).toBe(500)
    simulator.faults.add({ fault: { kind: "server-error", status: 502 }, on: "receipt" })
    expect((await graph("POST", MESSAGES, receipt)).status).toBe(502)
  })

  test("so often as its probability says, the same for the same seed", async () => {
    const day = async () => {
      const { simulator, graph } = await openBench()
      simulator.faults.add({ fault: { kind: "server-error" }, probability: 0.5 })
      const outcomes: number[] = []
      for (let send = 0; send < 20; send += 1) outcomes.push((await graph("POST", MESSAGES, TEXT)).status)
      return outcomes
    }
    const one = await day()
    const other = await day()
    expect(one).toEqual(other)
    expect(new Set(one)).toEqual(new Set([200, 500]))
  })

  test("a slow answer comes when its time has passed, not before", async () => {
    const { simulator, graph, pass } = await openBench()
    simulator.faults.add({ fault: { kind: "slow-answer", delay: seconds(4) }, times: 1 })
    let answered = false
    const answer = graph("POST", MESSAGES, TEXT).finally(() => {
      answered = true
    })
    await pass(seconds(3))
    expect(answered).toBe(false)
    await pass(seconds(1))
    expect((await answer).status).toBe(200)
  })
})
