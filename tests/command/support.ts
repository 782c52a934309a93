/** The binary as an operator uses it: a process of its own, with an environment of its own. */
import { mkdtempSync, writeFileSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"

const ROOT = join(import.meta.dir, "../..")

export const newFolder = (): string => mkdtempSync(join(tmpdir(), "sportello-test-"))

export type Ended = { code: number; result: string[]; messages: string[] }
type Given = { data?: string; input?: string; env?: Record<string, string> }

const spawn = (words: readonly string[], { data, input = "", env = {} }: Given) =>
  Bun.spawn([process.execPath, "src/main.ts", ...words], {
    cwd: ROOT,
    env: { ...(data === undefined ? {} : { SPORTELLO_DATA: data }), ...env },
    stdin: Buffer.from(input),
    stdout: "pipe",
    stderr: "pipe",
  })

/** Runs `sportello WORDS` to its end. */
export async function sportello(words: readonly string[], given: Given = {}): Promise<Ended> {
  const child = spawn(words, given)
  const [result, messages] = await Promise.all([child.stdout.text(), child.stderr.text()])
  return { code: await child.exited, result: lines(result), messages: lines(messages) }
}

const lines = (text: string) => text.split("\n").filter((line) => line !== "")

export type Running = { stop(signal?: "SIGTERM" | "SIGKILL"): Promise<number>; firstWords: string }

/** Starts `sportello WORDS` and waits until `sign` is on its stdout or stderr. */
export async function start(words: readonly string[], sign: string, given: Given): Promise<Running> {
  const child = spawn(words, given)
  const heard = await Promise.race([textUntil(child.stdout, sign), textUntil(child.stderr, sign)])
  return {
    firstWords: heard,
    stop(signal = "SIGTERM") {
      child.kill(signal)
      return child.exited
    },
  }
}

async function textUntil(stream: ReadableStream<Uint8Array>, sign: string): Promise<string> {
  const decoder = new TextDecoder()
  let text = ""
  const reader = stream.getReader()
  for (;;) {
    const { value, done } = await reader.read()
    if (value) text += decoder.decode(value, { stream: true })
    if (text.includes(sign)) return text
    if (done) return new Promise(() => {})
  }
}

/** Starts an appliance on free ports over `data`. */
export async function serve(data: string): Promise<Running> {
  const intranet = await freePort()
  const open = await freePort()
  const env = { SPORTELLO_LISTEN: `127.0.0.1:${intranet}`, SPORTELLO_PUBLIC_LISTEN: `127.0.0.1:${open}` }
  return start(["serve"], '"started"', { data, env })
}

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address()
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })

/** A file with `content` as JSON, or as it is. */
export function fileWith(content: unknown, name = "tenants.json"): string {
  const path = join(newFolder(), name)
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content))
  return path
}

export const PASSWORD = "correct horse battery"

/** The contract's sample, whole. */
export const sample = () => ({
  tenants: [
    {
      slug: "acme",
      name: "Acme",
      timezone: "Europe/Rome",
      language: "en",
      settings: { offerTimeoutSeconds: 120 } as Record<string, unknown>,
      skillsets: [{ name: "Sales" }, { name: "Service" }] as Record<string, unknown>[],
      users: [
        {
          username: "anna",
          password: PASSWORD,
          email: "anna@acme.test",
          firstName: "Anna",
          lastName: "Rossi",
          level: "agent",
          maxConversations: 5,
          skillsets: ["Sales"],
          isolated: false,
          outbound: true,
        },
      ] as Record<string, unknown>[],
      channels: [
        {
          name: "Main",
          phoneNumberId: "106540352242922",
          displayPhoneNumber: "+39 06 555 0100",
          wabaId: "102290129340398",
          accessToken: "EAAtoken",
          appSecret: "app-secret",
          verifyToken: "verify",
          skillsets: ["Sales", "Service"],
          hours: "always",
        },
      ] as Record<string, unknown>[],
    } as Record<string, unknown>,
  ],
  platformAdmins: [{ username: "root", password: PASSWORD, firstName: "Root", lastName: "Admin" }] as Record<
    string,
    unknown
  >[],
})
