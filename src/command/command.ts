/** The room of the binary's commands: one file each. Exit 0 done, 1 failed, 2 wrong usage or invalid input. */
import { type ParseArgsOptionsConfig, parseArgs } from "node:util"
import type { Config } from "~/config.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Clock } from "~/kernel/clock.ts"
import { nearest } from "~/kernel/nearest.ts"
import type { Terminal } from "./terminal.ts"

/** What a command works with. */
export type Bench = {
  terminal: Terminal
  clock: Clock
  chance: Chance
  /** Reads the environment when the command needs it; throws ConfigRefused. */
  config(): Config
}

export type Command = {
  name: string
  /** After `sportello`. */
  usage: string
  /** One line for the list of commands. */
  summary: string
  /** What `--help` says below the usage. */
  help: string
  run(bench: Bench, words: string[]): Promise<void>
}

/** The command line does not say what to do: exit 2, with the usage. */
export class UsageRefused extends Error {}

/** What was given cannot be used: exit 2, one line for each reason. */
export class InputInvalid extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join("\n"))
  }
}

/** It did not work: exit 1, in lines for the operator. */
export class CommandFailed extends Error {
  constructor(readonly lines: readonly string[]) {
    super(lines.join("\n"))
  }
}

/**
 * Options and the words that are left, of which there must be as many as `operands` names. Throws UsageRefused.
 */
export function parseWords<Options extends ParseArgsOptionsConfig>(
  words: readonly string[],
  options: Options,
  operands: readonly string[],
) {
  const parsed = parseStrictly(words, options)
  const [surplus] = parsed.positionals.slice(operands.length)
  if (surplus !== undefined) throw new UsageRefused(`«${surplus}» is one word too many.`)
  const missing = operands[parsed.positionals.length]
  if (missing) throw new UsageRefused(`${missing} is missing.`)
  return parsed
}

function parseStrictly<Options extends ParseArgsOptionsConfig>(words: readonly string[], options: Options) {
  const known = Object.keys(options).map((name) => `--${name}`)
  for (const word of words) {
    if (word === "--") break
    const name = word.replace(/=.*$/s, "")
    if (!name.startsWith("--") || known.includes(name)) continue
    const meant = nearest(name, known)
    throw new UsageRefused(`There is no option ${name}${meant ? `; did you mean ${meant}?` : "."}`)
  }
  try {
    return parseArgs({ args: [...words], options, strict: true, allowPositionals: true })
  } catch (error) {
    throw new UsageRefused(`${(error as Error).message.split(/(?<=[.'])\s/)[0]}`)
  }
}

/** A port of an option. Throws UsageRefused. */
export function portOf(name: string, text: string | undefined, standard: number): number {
  if (text === undefined) return standard
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new UsageRefused(`--${name} must be a port from 0 to 65535.`)
  return port
}
