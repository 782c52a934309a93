/** Asks what grows with history of a worker of its own, so that nobody waits for it. */
import { join } from "node:path"
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Retention } from "../rules.ts"
import type { Answer, Asked, Question } from "./counting-worker.ts"
import type { Footprint } from "./customer.ts"
import type { ImportsAsked, ImportsFound } from "./imports.ts"
import type { Preview } from "./preview.ts"
import type { WebhooksAsked, WebhooksFound } from "./webhooks.ts"

/** The binary keeps its workers where they stand below src/. */
const WORKER = Bun.isStandaloneExecutable
  ? join(import.meta.dir, "retention/queries/counting-worker.ts")
  : join(import.meta.dir, "counting-worker.ts")

type At = { path: string; now: () => Instant }

export interface Counting {
  preview(tenant: Id, retention: Retention): Promise<Preview>
  footprint(tenant: Id, customer: Id): Promise<Footprint>
  imports(tenant: Id, asked: ImportsAsked): Promise<ImportsFound>
  webhooks(tenant: Id, asked: WebhooksAsked): Promise<WebhooksFound>
}

/** One question at a time over the whole appliance: whoever asks for a page again and again asks one worker. */
export function createCounting({ path, now }: At): Counting {
  let last: Promise<unknown> = Promise.resolve()
  const ask = (tenant: Id, question: Question): Promise<Answer> => {
    const next = last.then(() => inWorker({ path, tenant, now: now(), question }))
    last = next
    return next
  }
  return {
    async preview(tenant, retention) {
      const answer = await ask(tenant, { kind: "preview", retention })
      if (answer.kind !== "preview") throw failure(answer)
      return answer.preview
    },
    async footprint(tenant, customer) {
      const answer = await ask(tenant, { kind: "footprint", customer })
      if (answer.kind !== "footprint") throw failure(answer)
      return answer.footprint
    },
    async imports(tenant, asked) {
      const answer = await ask(tenant, { kind: "imports", ...asked })
      if (answer.kind !== "imports") throw failure(answer)
      return answer.found
    },
    async webhooks(tenant, asked) {
      const answer = await ask(tenant, { kind: "webhooks", ...asked })
      if (answer.kind !== "webhooks") throw failure(answer)
      return answer.found
    },
  }
}

const failure = (answer: Answer): Error =>
  new Error(answer.kind === "failed" ? `counting failed: ${answer.reason}` : "another question was answered")

function inWorker(asked: Asked): Promise<Answer> {
  const worker = new Worker(WORKER)
  return new Promise<Answer>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data)
    worker.onerror = ({ message }) => resolve({ kind: "failed", reason: message })
    worker.postMessage(asked)
  }).finally(() => worker.terminate())
}
