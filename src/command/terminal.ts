/** The commands' own door to the terminal: results on stdout, messages on stderr. */
import { writeSync } from "node:fs"

export interface Terminal {
  /** What was asked for; nothing else goes to stdout. */
  result(line: string): void
  /** What a person should know. */
  say(line: string): void
  /** How far it is; silent unless a person watches. */
  progress(line: string): void
  /** One line of input that nobody should see: typed without echo, or the first line of a pipe. */
  secret(prompt: string): Promise<string>
}

const STDOUT = 1
const STDERR = 2

export const processTerminal: Terminal = {
  result: (line) => write(STDOUT, `${line}\n`),
  say: (line) => write(STDERR, `${line}\n`),
  progress(line) {
    if (process.stderr.isTTY) write(STDERR, `${line}\n`)
  },
  secret: (prompt) => (process.stdin.isTTY ? typedSecret(prompt) : pipedSecret()),
}

/** Whoever reads the pipe may have gone (`sportello … | head`): that is theirs to decide. */
function write(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text)
  } catch (error) {
    if ((error as { code?: string }).code !== "EPIPE") throw error
  }
}

async function pipedSecret(): Promise<string> {
  const [line = ""] = (await Bun.stdin.text()).split(/\r?\n/, 1)
  return line
}

const CONTROL_C = "\u0003"
const ERASERS = ["\u007f", "\b"]

function typedSecret(prompt: string): Promise<string> {
  const { stdin } = process
  write(STDERR, prompt)
  stdin.setRawMode(true)
  stdin.resume()
  stdin.setEncoding("utf8")
  return new Promise((resolve, reject) => {
    let typed = ""
    const end = (settle: () => void) => {
      stdin.off("data", hear)
      stdin.setRawMode(false)
      stdin.pause()
      write(STDERR, "\n")
      settle()
    }
    const hear = (text: string) => {
      for (const key of text) {
        if (key === "\r" || key === "\n") return end(() => resolve(typed))
        if (key === CONTROL_C) return end(() => reject(new Error("interrupted")))
        typed = ERASERS.includes(key) ? [...typed].slice(0, -1).join("") : typed + key
      }
    }
    stdin.on("data", hear)
  })
}
