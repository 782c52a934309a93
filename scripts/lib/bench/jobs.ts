/** What the load process can be asked to do, and what it answers. Times are in milliseconds. */

/** Who writes: customers of the seed, each into the conversation they have, or people who never wrote before. */
export type Writers = { from: "known" | "strangers"; first: number; count: number }

export type SaturateJob = {
  kind: "saturate"
  port: number
  writers: Writers
  connections: number
  most: number
  seconds: number
}
export type SaturateResult = { requests: number; refused: number; took: number }

export type PaceJob = { kind: "pace"; port: number; writers: Writers; perSecond: number; seconds: number }
export type PaceResult = { latencies: number[]; refused: number }

export type ScreenJob = {
  kind: "screen"
  port: number
  publicPort: number
  agents: number
  conversations: number
  perSecond: number
  seconds: number
  /** Whether the agent's page fetches the conversation once it hears of it. */
  fetches: boolean
}
export type ScreenResult = { heard: number[]; fetched: number[]; listed: number[]; sent: number; refused: number }

export type ClickJob = {
  kind: "click"
  port: number
  graphPort: number
  agents: number
  conversations: number
  perSecond: number
  seconds: number
}
export type ClickResult = { started: number[]; answered: number[]; sent: number; refused: number }

export type Job = SaturateJob | PaceJob | ScreenJob | ClickJob
export type ResultOf<Asked extends Job> = Asked extends SaturateJob
  ? SaturateResult
  : Asked extends PaceJob
    ? PaceResult
    : Asked extends ScreenJob
      ? ScreenResult
      : ClickResult

/** Runs a job in a load process of its own. */
export async function runLoad<Asked extends Job>(job: Asked): Promise<ResultOf<Asked>> {
  const child = Bun.spawn([process.execPath, "scripts/lib/bench/load.ts"], {
    stdin: Buffer.from(JSON.stringify(job)),
    stdout: "pipe",
    stderr: "inherit",
  })
  const text = await child.stdout.text()
  if ((await child.exited) !== 0) throw new Error(`the load ${job.kind} did not end well`)
  return JSON.parse(text) as ResultOf<Asked>
}
