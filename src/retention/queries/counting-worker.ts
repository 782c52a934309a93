/** Questions that grow with history, answered beside the thread that serves people, on a connection that only reads. */
import { DatabaseFile } from "~/database/file.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Retention } from "../rules.ts"
import { type Footprint, footprintOf } from "./customer.ts"
import { type ImportsAsked, type ImportsFound, importsNaming } from "./imports.ts"
import { type Preview, previewOf } from "./preview.ts"
import { type WebhooksAsked, type WebhooksFound, webhooksOf } from "./webhooks.ts"

declare const self: Worker

export type Question =
  | { kind: "preview"; retention: Retention }
  | { kind: "footprint"; customer: Id }
  | ({ kind: "imports" } & ImportsAsked)
  | ({ kind: "webhooks" } & WebhooksAsked)
export type Asked = { path: string; tenant: Id; now: Instant; question: Question }
export type Answer =
  | { kind: "preview"; preview: Preview }
  | { kind: "footprint"; footprint: Footprint }
  | { kind: "imports"; found: ImportsFound }
  | { kind: "webhooks"; found: WebhooksFound }
  | { kind: "failed"; reason: string }

self.onmessage = ({ data }: MessageEvent<Asked>) => self.postMessage(answer(data))

function answer({ path, tenant, now, question }: Asked): Answer {
  try {
    const file = new DatabaseFile(path, { readonly: true })
    try {
      return answered(readersOver(file, tenant, now), question, now)
    } finally {
      file.release()
    }
  } catch (error) {
    return { kind: "failed", reason: (error as Error).message }
  }
}

type Readers = { appliance: ApplianceReader; reader: Reader }

function answered({ appliance, reader }: Readers, question: Question, now: Instant): Answer {
  switch (question.kind) {
    case "preview":
      return { kind: "preview", preview: previewOf(appliance, reader, question.retention, now) }
    case "footprint":
      return { kind: "footprint", footprint: footprintOf(reader, question.customer) }
    case "imports":
      return { kind: "imports", found: importsNaming(reader, question) }
    case "webhooks":
      return { kind: "webhooks", found: webhooksOf(appliance, reader, question) }
  }
}

const readersOver = (file: DatabaseFile, tenant: Id, now: Instant): Readers => ({
  appliance: {
    now,
    all: (statement, ...given) => file.all(statement, given[0] ?? {}, null),
    one: (statement, ...given) => file.one(statement, given[0] ?? {}, null),
  },
  reader: {
    tenant,
    now,
    all: (statement, ...given) => file.all(statement, given[0] ?? {}, tenant),
    one: (statement, ...given) => file.one(statement, given[0] ?? {}, tenant),
  },
})
