import { describe, expect, test } from "bun:test"
import { createHmac } from "node:crypto"
import { iceServers, isIceUrl } from "~/call/rules/servers.ts"
import * as rules from "~/call/rules.ts"
import { type Call, callDeadlines, LINK_LIVES, REJOIN } from "~/call/rules.ts"
import { minutes, seconds } from "~/kernel/clock.ts"

const NOW = 1_000_000
const STEPS: Record<Call["state"], () => Call> = {
  waiting: () => rules.started({ id: 7, conversation: 3, startedBy: 5 }, NOW).next,
  joined: () => accepted(rules.joined(STEPS.waiting(), NOW + 10)),
  left: () => rules.left(STEPS.joined(), NOW + seconds(40)).next,
  ended: () => rules.ended(STEPS.joined(), "by_agent", NOW + seconds(50)).next,
}

function accepted(result: ReturnType<typeof rules.joined>): Call {
  if ("refused" in result) throw new Error(result.refused)
  return result.next
}

const said = (result: ReturnType<typeof rules.joined>) =>
  "refused" in result ? result.refused : result.facts.map((fact) => ("what" in fact ? fact.what : fact.type)).join()

describe("A call, state by verb", () => {
  const verbs: Record<string, (call: Call) => ReturnType<typeof rules.joined>> = {
    join: (call) => rules.joined(call, NOW + seconds(45)),
    "join late": (call) => rules.joined(call, NOW + LINK_LIVES + REJOIN),
    leave: (call) => rules.left(call, NOW + seconds(45)),
    end: (call) => rules.ended(call, "by_agent", NOW + seconds(45)),
  }
  test.each([
    ["waiting", "join", "joined"],
    ["waiting", "join late", "call.link_ended"],
    ["waiting", "leave", ""],
    ["waiting", "end", "missed"],
    ["joined", "join", ""],
    ["joined", "join late", ""],
    ["joined", "leave", "left"],
    ["joined", "end", "ended"],
    ["left", "join", "joined"],
    ["left", "join late", "call.link_ended"],
    ["left", "leave", ""],
    ["left", "end", "ended"],
    ["ended", "join", "call.over"],
    ["ended", "join late", "call.over"],
    ["ended", "leave", ""],
    ["ended", "end", ""],
  ] as const)("%s, %s: %s", (state, verb, answer) => {
    expect(said(verbs[verb]!(STEPS[state]()))).toBe(answer)
  })

  test("says how long it lasted from when the customer first came", () => {
    const back = accepted(rules.joined(STEPS.left(), NOW + seconds(60)))
    const { facts, next } = rules.ended(back, "by_agent", NOW + seconds(100) + 10)
    expect(facts).toMatchObject([{ what: "ended", seconds: 100 }])
    expect(next).toMatchObject({ joinedAt: NOW + 10, ended: "by_agent" })
  })
})

describe("Deadlines of a call", () => {
  test("a link waits fifteen minutes, and five for somebody who left; while the customer is there it does not matter", () => {
    expect(callDeadlines(STEPS.waiting())).toEqual([{ kind: "call_link_ends", at: NOW + minutes(15) }])
    expect(callDeadlines(STEPS.joined())).toEqual([])
    expect(callDeadlines(STEPS.left())).toEqual([{ kind: "call_link_ends", at: NOW + seconds(40) + minutes(5) }])
    expect(callDeadlines(STEPS.ended())).toEqual([])
  })

  test("an agent's window may be away for a minute", () => {
    const gone = rules.agentGone(STEPS.joined(), NOW + seconds(20))
    expect(callDeadlines(gone)).toEqual([{ kind: "call_agent_gone", at: NOW + seconds(80) }])
    expect(callDeadlines(rules.agentThere(gone))).toEqual([])
    expect(rules.elapsed(gone, "call_agent_gone", NOW + seconds(79)).next).toBe(gone)
    expect(rules.elapsed(gone, "call_agent_gone", NOW + seconds(80)).next).toMatchObject({ ended: "agent_gone" })
  })
})

describe("Servers", () => {
  test("credentials are coturn's: when they end and whose they are, signed with the shared secret", () => {
    const [stun, turn] = iceServers(
      { urls: ["stun:turn.acme.test:3478", "turn:turn.acme.test:3478?transport=udp"], secret: "s3cret" },
      42,
      NOW,
    )
    expect(stun).toEqual({ urls: ["stun:turn.acme.test:3478"] })
    const username = `${(NOW + minutes(60)) / 1_000}:42`
    const credential = createHmac("sha1", "s3cret").update(username).digest("base64")
    expect(turn).toEqual({ urls: ["turn:turn.acme.test:3478?transport=udp"], username, credential })
  })

  test("a relay without a secret is left out: it would refuse everybody", () => {
    expect(iceServers({ urls: ["turn:turn.acme.test"], secret: null }, 42, NOW)).toEqual([])
  })

  test.each([
    ["stun:stun.acme.test", true],
    ["turns:turn.acme.test:5349?transport=tcp", true],
    ["turn:[fd00::1]:3478", true],
    ["http://turn.acme.test", false],
    ["turn:a b", false],
    ["turn:turn.acme.test?transport=sctp", false],
    ["stun:x\r\ninjected", false],
  ])("%s: %p", (url, fits) => {
    expect(isIceUrl(url)).toBe(fits)
  })
})
