import { VARIABLES } from "~/config.ts"
import type { Command } from "./command.ts"

/** The list of commands and variables: `sportello help`. */
export function overview(commands: readonly Command[]): string[] {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    "Sportello: a WhatsApp contact centre in one executable.",
    "",
    ...commands.map(({ name, summary }) => `  sportello ${name.padEnd(width)}  ${summary}`),
    `  sportello ${"help".padEnd(width)}  print this, or «help COMMAND» for one of them`,
    "",
    "Environment:",
    ...VARIABLES.map(
      ({ name, standard, help }) => `  ${name}${standard === null ? "" : ` (${standard})`}\n      ${help}`,
    ),
    "",
    "Exit codes: 0 done, 1 failed, 2 wrong usage or invalid input.",
  ]
}

/** `sportello COMMAND --help` */
export const helpFor = ({ usage, summary, help }: Command): string[] => [`sportello ${usage}`, "", summary, "", help]
