import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { readdirSync, readFileSync } from "node:fs"
import { basename, join } from "node:path"
import { ACME } from "../support/cast.ts"
import { rowsOf } from "../support/records.ts"
import { post } from "../support/wire.ts"
import { openWorld, type World } from "../support/world.ts"
import { sharedFixtures } from "../wire/support.ts"

/** Payloads that others published, posted to Acme as if they had been meant for it. */

type Json = Record<string, unknown>
type Published = { name: string; body: Json }
const isObject = (json: unknown): json is Json => typeof json === "object" && json !== null && !Array.isArray(json)

const folder = sharedFixtures()
const payloads = folder === null ? [] : published(folder)

function published(root: string): Published[] {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && file.name.endsWith(".json"))
    .map((file) => join(file.parentPath, file.name))
    .sort()
  return files.flatMap((path) =>
    envelopesIn(parsed(readFileSync(path, "utf8"))).map((body, index) => ({
      name: `${basename(path)} ${index}`,
      body,
    })),
  )
}

/** One file carries a stray brace after its JSON. */
function parsed(text: string): unknown {
  for (const written of [text, text.trimEnd().slice(0, -1)]) {
    try {
      return JSON.parse(written)
    } catch {}
  }
  return null
}

function envelopesIn(json: unknown): Json[] {
  if (Array.isArray(json)) return json.flatMap(envelopesIn)
  if (!isObject(json)) return []
  return Array.isArray(json.entry) ? [json] : Object.values(json).flatMap(envelopesIn)
}

/** The same payload as if Acme's account and number were meant, with message ids of its own. */
function readdressed(json: unknown, mark: string): unknown {
  if (Array.isArray(json)) return json.map((each) => readdressed(each, mark))
  if (typeof json === "string") return json.replace(/^wamid\./, mark)
  if (!isObject(json)) return json
  const written = Object.entries(json).map(([key, value]) => {
    if (key === "phone_number_id") return [key, ACME.number.phoneNumberId]
    if (key === "entry" && Array.isArray(value))
      return [key, value.map((entry) => ({ ...(readdressed(entry, mark) as Json), id: ACME.number.wabaId }))]
    return [key, readdressed(value, mark)]
  })
  return Object.fromEntries(written)
}

/** What a payload must leave behind, counted off its own JSON by the wire reference (§2, §3, §4). */
type Expected = { messages: number; waitingForTheirMessage: number; notices: number }

const listOf = (json: Json, key: string): Json[] => (Array.isArray(json[key]) ? json[key].filter(isObject) : [])
const NOTHING: Expected = { messages: 0, waitingForTheirMessage: 0, notices: 0 }
const sum = (parts: readonly Expected[]): Expected =>
  parts.reduce(
    (all, one) => ({
      messages: all.messages + one.messages,
      waitingForTheirMessage: all.waitingForTheirMessage + one.waitingForTheirMessage,
      notices: all.notices + one.notices,
    }),
    NOTHING,
  )

function expectedOf(body: Json): Expected {
  const changes = listOf(body, "entry").flatMap((entry) =>
    listOf(entry, "changes").map((change) => ({ field: change.field ?? entry.field, value: change.value as Json })),
  )
  return sum(changes.map(({ field, value }) => ofChange(String(field ?? "messages"), value)))
}

/** Groups, the synchronised past and what we wrote elsewhere to people we do not know are not ours to keep. */
const NOT_OURS = /^(history|smb_app_state_sync|smb_message_echoes|message_echoes|group_.*)$/

function ofChange(field: string, value: Json): Expected {
  if (NOT_OURS.test(field)) return NOTHING
  // Nobody here is known by the ids that it changes: the admin is told.
  if (field !== "messages") return { ...NOTHING, notices: field === "calls" ? noticesOfCalls(value) : 1 }
  return sum([...listOf(value, "messages").map(ofMessage), ...listOf(value, "statuses").map(ofStatus)])
}

const noticesOfCalls = (value: Json) => listOf(value, "calls").length + listOf(value, "statuses").length

const POINTS_AT_ANOTHER = new Set(["reaction", "edit", "revoke"])
function ofMessage({ type, group_id: group }: Json): Expected {
  if (group !== undefined || type === "system") return NOTHING
  return POINTS_AT_ANOTHER.has(String(type)) ? { ...NOTHING, waitingForTheirMessage: 1 } : { ...NOTHING, messages: 1 }
}

const ofStatus = ({ recipient_type: kind }: Json): Expected =>
  kind === "group" ? NOTHING : { ...NOTHING, waitingForTheirMessage: 1 }

describe.skipIf(folder === null)("payloads that others published, sent to Acme", () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld()
  })
  afterAll(() => world.close())

  const counted = () => {
    const count = (table: string) => rowsOf(world.database.path, `SELECT 1 FROM "${table}"`).length
    const messages = count("message")
    const quarantine = count("quarantine")
    const envelopes = count("envelope")
    return {
      messages,
      quarantine,
      envelopes,
      waitingForTheirMessage: count("earlyStatus"),
      notices: count("channelNotice"),
    }
  }

  test("are all found", () => expect(payloads.length).toBeGreaterThan(60))

  for (const [index, { name, body }] of payloads.entries()) {
    test(`${name} is answered 200 and becomes what the wire reference says`, async () => {
      const before = counted()
      const meant = readdressed(body, `wamid.${index}.`) as Json
      expect(await post(world, meant)).toBe(200)
      await world.settle()
      const after = counted()
      const { messages, waitingForTheirMessage, notices } = expectedOf(meant)
      expect(after).toEqual({
        messages: before.messages + messages,
        notices: before.notices + notices,
        quarantine: before.quarantine,
        envelopes: before.envelopes + 1,
        waitingForTheirMessage: before.waitingForTheirMessage + waitingForTheirMessage,
      })
      expect(await post(world, meant)).toBe(200)
      await world.settle()
      expect(counted()).toEqual(after)
    })
  }
})
