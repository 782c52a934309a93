/** The candidates: how a message may be laid out in the file. What is the same for all is written once. */
import type { Made } from "./workload.ts"

export type Key = number | string | Uint8Array
export type Layout = {
  name: string
  title: string
  pageBytes: number
  /** Declared type of every id. */
  idType: "INTEGER" | "BLOB" | "TEXT"
  key(made: Made): Key
  schema: string
  /** The columns the thread is ordered by, newest first, after tenant and conversation. */
  order: "at, id" | "id"
  /** The integer that full text knows a message by. */
  textRow: "id" | "number"
  indexes: string
}

type Shape = Pick<Layout, "name" | "title"> & {
  pageBytes?: number
  id?: Layout["idType"]
  key?: Layout["key"]
  conversation: string
  message: string
  withoutRowid?: boolean
  indexes: string
  order?: "at, id" | "id"
}

const THREAD = "CREATE INDEX message_thread ON message (tenant, conversation, at, id);"
const WAMID = "CREATE UNIQUE INDEX message_wamid ON message (tenant, wamid);"
const UNIQUE_ROWID = "id %ID% PRIMARY KEY, ~ UNIQUE (tenant, id)"
const NUMBERED = "number INTEGER PRIMARY KEY, id %ID% NOT NULL, ~ UNIQUE (tenant, id)"

const EPOCH_2024 = 1_704_067_200_000

const shapes: Shape[] = [
  {
    name: "A",
    title: "integer rowid + UNIQUE (tenant, id)",
    conversation: UNIQUE_ROWID,
    message: UNIQUE_ROWID,
    indexes: THREAD,
  },
  {
    name: "A256",
    title: "A with 256 ids per millisecond",
    key: perMillisecond(256),
    conversation: UNIQUE_ROWID,
    message: UNIQUE_ROWID,
    indexes: THREAD,
  },
  {
    name: "A16",
    title: "A with 16 ids per millisecond",
    key: perMillisecond(16),
    conversation: UNIQUE_ROWID,
    message: UNIQUE_ROWID,
    indexes: THREAD,
  },
  {
    name: "S",
    title: "A with serial numbers 1, 2, 3 …",
    key: ({ serial }) => serial,
    conversation: UNIQUE_ROWID,
    message: UNIQUE_ROWID,
    indexes: THREAD,
  },
  {
    name: "R",
    title: "A256, and the thread index leaves the id to the rowid that ends it anyway",
    key: perMillisecond(256),
    conversation: UNIQUE_ROWID,
    message: UNIQUE_ROWID,
    indexes: "CREATE INDEX message_thread ON message (tenant, conversation, at);",
  },
  {
    name: "A2",
    title: "integer rowid + UNIQUE (tenant, conversation, id) as thread and parent key",
    conversation: UNIQUE_ROWID,
    message: "id %ID% PRIMARY KEY, ~ UNIQUE (tenant, conversation, id)",
    indexes: "",
    order: "id",
  },
  {
    name: "B",
    title: "PRIMARY KEY (tenant, id) WITHOUT ROWID",
    conversation: "id %ID% NOT NULL, ~ PRIMARY KEY (tenant, id)",
    message: "id %ID% NOT NULL, ~ PRIMARY KEY (tenant, id)",
    withoutRowid: true,
    indexes: THREAD,
  },
  {
    name: "C",
    title: "clustered PRIMARY KEY (tenant, conversation, at, id) WITHOUT ROWID + UNIQUE (tenant, id)",
    conversation: "id %ID% NOT NULL, ~ PRIMARY KEY (tenant, id)",
    message: "id %ID% NOT NULL, ~ PRIMARY KEY (tenant, conversation, at, id), UNIQUE (tenant, id)",
    withoutRowid: true,
    indexes: "",
  },
  { name: "D", title: "A with UUIDv7 BLOB", id: "BLOB", conversation: NUMBERED, message: NUMBERED, indexes: THREAD },
  { name: "E", title: "A with UUIDv7 TEXT", id: "TEXT", conversation: NUMBERED, message: NUMBERED, indexes: THREAD },
]

const MESSAGE_COLUMNS = `
  tenant INTEGER NOT NULL, conversation %ID% NOT NULL, customer %ID% NOT NULL, channel %ID% NOT NULL, agent %ID%,
  direction TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL, received_at INTEGER,
  queued_at INTEGER, sent_at INTEGER, delivered_at INTEGER, read_at INTEGER, failed_at INTEGER, error_code INTEGER,
  quoted %ID%, wamid TEXT NOT NULL, client_id BLOB, price_category TEXT, attempts INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 1, text TEXT,`
const CONVERSATION_COLUMNS = `
  tenant INTEGER NOT NULL, customer %ID% NOT NULL, channel %ID% NOT NULL, agent %ID%, skillset %ID%,
  state TEXT NOT NULL, priority INTEGER NOT NULL DEFAULT 0, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  window_ends_at INTEGER, unread INTEGER NOT NULL DEFAULT 0, closed_at INTEGER, version INTEGER NOT NULL DEFAULT 1,`

/** The layout called `name`, as a file with pages of `pageBytes`. "A/8192" names the page size, "A" means 4096. */
export function layout(name: string): Layout {
  const [letter, pageBytes = "4096"] = name.split("/")
  const shape = shapes.find((candidate) => candidate.name === letter)
  if (!shape) throw new Error(`unknown layout ${name}: one of ${shapes.map((known) => known.name).join(", ")}`)
  const idType = shape.id ?? "INTEGER"
  const table = (title: string, keys: string, columns: string, foreign: string) =>
    `CREATE TABLE ${title} (${keys.replace("~", columns)}, ${foreign}) STRICT${shape.withoutRowid ? ", WITHOUT ROWID" : ""};`
  const schema = `
    CREATE TABLE tenant (id INTEGER PRIMARY KEY) STRICT;
    INSERT INTO tenant VALUES (1), (2);
    ${table("conversation", shape.conversation, CONVERSATION_COLUMNS, "FOREIGN KEY (tenant) REFERENCES tenant (id)")}
    CREATE UNIQUE INDEX conversation_open ON conversation (tenant, customer, channel) WHERE state <> 'closed';
    ${table("message", shape.message, MESSAGE_COLUMNS, "FOREIGN KEY (tenant, conversation) REFERENCES conversation (tenant, id)")}`
  return {
    name,
    title: shape.title,
    pageBytes: Number(pageBytes),
    idType,
    key: shape.key ?? KEYS[idType],
    schema: schema.replaceAll("%ID%", idType),
    order: shape.order ?? "at, id",
    textRow: idType === "INTEGER" ? "id" : "number",
    indexes: shape.indexes + WAMID,
  }
}

const KEYS: Record<Layout["idType"], Layout["key"]> = {
  INTEGER: perMillisecond(4096),
  BLOB: uuidBytes,
  TEXT: (made) => {
    const hex = Buffer.from(uuidBytes(made)).toString("hex")
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  },
}

/** Ids as kernel/id.ts makes them, with room for `count` in every millisecond. */
function perMillisecond(count: number): (made: Made) => number {
  return ({ at, turn }) => (at - EPOCH_2024) * count + turn
}

/** A UUIDv7 that is a function of the row: its time in front, its turn, and 62 mixed bits behind. */
function uuidBytes({ serial, at, turn }: Made): Uint8Array {
  const view = new DataView(new ArrayBuffer(16))
  view.setUint32(0, Math.floor(at / 65_536))
  view.setUint16(4, at % 65_536)
  view.setUint16(6, 0x7000 | turn)
  view.setBigUint64(8, (Bun.hash.wyhash(String(serial)) & 0x3fffffffffffffffn) | 0x8000000000000000n)
  return new Uint8Array(view.buffer)
}
