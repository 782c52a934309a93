import { readFileSync } from "node:fs"
import { resolve } from "node:path"
import { KINDS, PLACEHOLDERS } from "~/automatic-message/rules.ts"
import { EXAMPLE } from "./apply/example.ts"
import type { ApplyReport, Outcome } from "./apply/provision.ts"
import { type Command, InputInvalid, parseWords } from "./command.ts"
import { perform, rehearse } from "./perform.ts"

const ALL = [...new Set(Object.values(PLACEHOLDERS).flat())].map((name) => `{${name}}`)

export const apply: Command = {
  name: "apply",
  usage: "apply FILE [--dry-run]",
  summary: "make tenants, users, skillsets and service numbers as a JSON file says",
  help: `Creates what is missing and changes what differs, all of it or nothing; it never removes. Applied again, a file
changes nothing. With --dry-run it says what it would do and changes nothing. FILE may be - for standard input.
"level" is agent, supervisor, campaign_manager or tenant_admin. "hours" is "always", or shifts by day and holidays:
{ "weekly": { "mon": ["09:00-13:00", "14:00-18:00"], "fri": ["22:00-02:00"] }, "holidays": [
  { "date": "12-25", "name": "Christmas", "shifts": [] }, { "date": "easter+1", "name": "Easter Monday" },
  { "date": "2026-12-24", "name": "Christmas Eve", "shifts": ["09:00-13:00"] } ] }
by occasion and language: ${KINDS.join(", ")}.
A text may name ${ALL.join(" ")},
each with a word for when it is not known: {customer.name|there}. null switches an occasion off. An example:

${EXAMPLE}`,
  async run(bench, words) {
    const { positionals, values } = parseWords(words, { "dry-run": { type: "boolean" } }, ["FILE"])
    const dryRun = values["dry-run"] === true
    const document = await documentIn(positionals[0] ?? "")
    const report = dryRun ? await rehearse(bench, document) : await perform(bench, "apply", { document, dryRun })
    for (const { object, outcome } of report) bench.terminal.result(`${outcome.padEnd(10)}  ${object}`)
    bench.terminal.say(`${summaryOf(report)}${dryRun ? " (dry run: nothing was changed)" : ""}`)
  },
}

async function documentIn(file: string): Promise<unknown> {
  const text = file === "-" ? await Bun.stdin.text() : textOf(resolve(file))
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputInvalid([`${file} is not JSON: ${(error as Error).message}`])
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    throw new InputInvalid([`${file} cannot be read.`])
  }
}

function summaryOf(report: ApplyReport): string {
  const outcomes: Outcome[] = ["created", "changed", "left alone"]
  return outcomes.map((outcome) => `${report.filter((line) => line.outcome === outcome).length} ${outcome}`).join(", ")
}
