import { existsSync } from "node:fs"
import type { Config } from "~/config.ts"
import { callControl } from "~/control.ts"
import { databasePath, lockPath, socketPath } from "~/database/folder.ts"
import { readKey } from "~/database/key-file.ts"
import { DataFolderInUse, lockDataFolder } from "~/database/lock.ts"
import { Secrets } from "~/database/secrets.ts"
import { shippedMigrations } from "~/database/shipped.ts"
import { openUntouched, schemaStanding } from "~/database/verify.ts"
import { type Bench, type Command, CommandFailed, parseWords } from "./command.ts"
import { examineCounters } from "./doctor/counters.ts"
import { type Examination, examine, readerOver } from "./doctor/examination.ts"
import { indexAnew } from "./doctor/reindex.ts"
import {
  examineCertificate,
  examineClock,
  examineFolder,
  examineGraph,
  examineKey,
  examinePort,
  examineRoom,
  type Finding,
  finding,
} from "./doctor/surroundings.ts"

export const doctor: Command = {
  name: "doctor",
  usage: "doctor [--online] [--counters | --recount] [--reindex]",
  summary: "say what is well with this installation and what is not",
  help: `Looks at configuration, folder, key, certificate, schema, room, ports, clock, the last webhook and held numbers; with --online
also whether the Cloud API can be reached. Exit 1 when there is trouble. While the appliance is stopped, --counters compares
the counters of the reports with what was recorded, --recount makes them again, and --reindex has the words of all messages
indexed anew after the next start. Without these two nothing is changed.`,
  async run(bench, words) {
    const known = {
      online: { type: "boolean" },
      counters: { type: "boolean" },
      recount: { type: "boolean" },
      reindex: { type: "boolean" },
    } as const
    const { values } = parseWords(words, known, [])
    const config = bench.config()
    const certificate = examineCertificate(config, bench.clock.now())
    const findings = [
      examineFolder(config),
      examineKey(config),
      examineRoom(config),
      ...(certificate ? [certificate] : []),
    ]
    const sound = findings.every(({ verdict }) => verdict !== "trouble")
    if (sound) findings.push(...(await examineInside(bench, config)))
    if (values.online) findings.push(await examineGraph(config))
    if (sound && (values.counters || values.recount))
      findings.push(...(await examineCounters(bench, { mends: values.recount === true })))
    if (sound && values.reindex) findings.push(await indexAnew(bench))
    for (const { verdict, about, sentence } of findings)
      bench.terminal.result(`${verdict.padEnd(7)}  ${about.padEnd(11)}  ${sentence}`)
    const troubles = findings.filter(({ verdict }) => verdict === "trouble").length
    if (troubles > 0) throw new CommandFailed([`${troubles} of ${findings.length} need attention.`])
  },
}

/** A running appliance is asked; a database at rest is only read, and ports are tried. */
async function examineInside(bench: Bench, config: Config): Promise<Finding[]> {
  if (!existsSync(config.dataFolder)) return examinePorts(config)
  try {
    const unlock = lockDataFolder(lockPath(config.dataFolder))
    try {
      const findings = existsSync(databasePath(config.dataFolder)) ? examineAtRest(bench, config) : []
      return [...findings, ...(await examinePorts(config))]
    } finally {
      unlock()
    }
  } catch (error) {
    if (!(error instanceof DataFolderInUse)) throw error
    const answer = await callControl(socketPath(config.dataFolder), "examine", {})
    const running = finding("ok", "appliance", "It is running.")
    return "result" in answer ? [running, ...findingsOf(bench, answer.result as Examination)] : [running]
  }
}

const examinePorts = ({ listen, publicListen }: Config): Promise<Finding[]> =>
  Promise.all([examinePort("intranet", listen), examinePort("public", publicListen)])

function examineAtRest(bench: Bench, { dataFolder, keyFile }: Config): Finding[] {
  const connection = openUntouched(databasePath(dataFolder))
  try {
    const standing = schemaStanding(connection, shippedMigrations())
    if ("problem" in standing) return [finding("trouble", "schema", `${standing.problem}.`)]
    const schema = finding("ok", "schema", standing.pending === 0 ? "up to date." : "the next start upgrades it.")
    const secrets = new Secrets(readKey(keyFile), bench.chance)
    return [schema, ...findingsOf(bench, examine(readerOver(connection, bench.clock), secrets, standing.pending === 0))]
  } finally {
    connection.close()
  }
}

function findingsOf({ clock }: Bench, examination: Examination): Finding[] {
  const { keyFits, lastWebhookAt, newestAt, heldChannels, damagedFiles, wordsBehindFrom } = examination
  const text = (at: number) => new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "long" }).format(at)
  return [
    keyFits === false
      ? finding("trouble", "secrets", "The key file does not belong to this database.")
      : finding("ok", "secrets", "The key opens them."),
    examineClock(clock.now(), newestAt),
    lastWebhookAt === null
      ? finding("warning", "webhook", "None has ever come in.")
      : finding("ok", "webhook", `The last one came in on ${text(lastWebhookAt)}.`),
    damagedFiles === 0
      ? finding("ok", "files", "None is known to be damaged.")
      : finding("trouble", "files", `${damagedFiles} kept are damaged: restore them from a backup.`),
    wordsBehindFrom === null
      ? finding("ok", "words", "All messages can be found by theirs.")
      : finding("warning", "words", `Those from ${text(wordsBehindFrom)} on wait for the index.`),
    ...heldChannels.map(({ name, reason }) => finding("trouble", "number", `${name} may not send: ${reason}.`)),
  ]
}
