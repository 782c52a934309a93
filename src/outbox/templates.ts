import { credentialsOf } from "~/channel/queries.ts"
import { SYSTEM } from "~/facts.ts"
import type { Instant } from "~/kernel/clock.ts"
import { describeError } from "~/kernel/log.ts"
import { taskDone, taskFailed, taskRefused } from "~/template/actions/telling.ts"
import { beginSync, keepListed, syncFailed } from "~/template/actions.ts"
import { templateTask } from "~/template/queries/tasks.ts"
import type { AccountCredentials } from "~/whatsapp/client.ts"
import type { GraphResult } from "~/whatsapp/graph.ts"
import type { OutboxParts } from "./outbox.ts"
import { Rounds } from "./rounds.ts"
import { backOff } from "./rules.ts"
import { type Account, type DueTask, dueSyncs, dueTasks, nextTemplateAt } from "./template-rows.ts"

/** Meta has content under that name and language already: ours, when the answer to the call was lost. */
const ALREADY_THERE = 2_388_024
/** There is nothing left to delete. */
const NOT_THERE = 2_593_002

/** Asks Meta for every account's templates when they are due, and tells it what an admin has decided: one call at a time. */
export class Templates {
  #busy = false
  #rounds: Rounds

  constructor(
    private readonly parts: OutboxParts,
    private readonly changed: () => void,
  ) {
    this.#rounds = new Rounds(parts, { part: "templates" }, () => this.#look(), changed)
  }

  get idle(): boolean {
    return !this.#busy && this.#rounds.idle
  }

  wake(): void {
    this.#rounds.wake()
  }

  stop(): void {
    this.#rounds.stop()
  }

  #look(): Instant | null {
    if (this.#busy) return null
    const { read } = this.parts.database.appliance
    const [task] = dueTasks(read, 1)
    const [account] = dueSyncs(read)
    if (!task && !account) return nextTemplateAt(read)
    if (task) this.#start(() => this.#tell(task))
    else if (account) this.#start(() => this.#ask(account))
    return null
  }

  /** What could not be written down is due still: it is looked at again in a while, not at once. */
  #start(work: () => Promise<void>): void {
    this.#busy = true
    void work().then(
      () => this.#ended(() => this.wake()),
      (error) => {
        this.parts.log.warn("templates not settled", describeError(error))
        this.#ended(() => this.#rounds.lookAgainAt(this.parts.clock.now() + backOff(6)))
      },
    )
  }

  #ended(then: () => void): void {
    this.#busy = false
    then()
    this.changed()
  }

  async #ask({ tenant, wabaId, channel }: Account): Promise<void> {
    const { database, client } = this.parts
    const handle = database.tenant(tenant)
    await handle.act(SYSTEM, (tx) => beginSync(tx, wabaId))
    const answer = await client.templates(this.#credentials({ tenant, wabaId, channel }))
    await handle.act(SYSTEM, (tx) => {
      if (answer.result === "ok") keepListed(tx, wabaId, answer.value)
      else syncFailed(tx, wabaId, troubleOf(answer))
    })
  }

  async #tell(due: DueTask): Promise<void> {
    const handle = this.parts.database.tenant(due.tenant)
    const task = templateTask(handle.read, due.template)
    if (!task) return
    const answer = await this.#call(this.#credentials(due), task)
    await handle.act(SYSTEM, (tx) => {
      if (answer.result === "ok") taskDone(tx, due.template, task.version, answer.value)
      else if (answer.result === "refused" && isOver(answer.error.subcode))
        taskDone(tx, due.template, task.version, null)
      else if (answer.result === "refused") taskRefused(tx, due.template, task.version, troubleOf(answer))
      else taskFailed(tx, due.template, troubleOf(answer))
    })
  }

  #call(
    credentials: AccountCredentials,
    { task, metaId, name, language, draft }: NonNullable<ReturnType<typeof templateTask>>,
  ) {
    const { client } = this.parts
    if (task === "delete") return client.deleteTemplate(credentials, { id: metaId ?? "", name })
    const { category, parameterFormat, components } = draft
    if (task === "edit") return client.editTemplate(credentials, { id: metaId ?? "", category, components })
    return client.createTemplate(credentials, { name, language, category, parameterFormat, components })
  }

  #credentials({ tenant, wabaId, channel }: Account): AccountCredentials {
    const { database } = this.parts
    return { wabaId, accessToken: credentialsOf(database.tenant(tenant).read, database.secrets, channel).accessToken }
  }
}

const isOver = (subcode: number | null): boolean => subcode === ALREADY_THERE || subcode === NOT_THERE

/** As it is kept: a failure key, and Meta's own words. */
function troubleOf(answer: Exclude<GraphResult<unknown>, { result: "ok" }>): {
  reason: string
  details: string | null
} {
  if (answer.result === "unavailable") return { reason: "unreachable", details: null }
  return { reason: answer.reason, details: answer.error.details ?? (answer.error.title || null) }
}
