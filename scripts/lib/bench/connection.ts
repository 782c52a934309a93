/** HTTP/1.1 over bare sockets: one request in flight per connection, the answer's status and nothing else. */
import type { Socket } from "bun"

type Flight = { resolve: (status: number) => void; reject: (error: Error) => void }
type Data = { text: string; flight: Flight | null; unsent: Uint8Array }

export type Connection = { post(bytes: Uint8Array): Promise<number>; isOpen(): boolean; end(): void }

/** Opens a connection to the server on `port` of this host. */
export async function connect(port: number): Promise<Connection> {
  const data: Data = { text: "", flight: null, unsent: new Uint8Array() }
  const fail = (reason: string) => {
    data.flight?.reject(new Error(reason))
    data.flight = null
  }
  const send = (socket: Socket<undefined>) => {
    data.unsent = data.unsent.subarray(Math.max(0, socket.write(data.unsent)))
  }
  const socket: Socket<undefined> = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      data: (_, bytes) => receive(data, bytes),
      drain: send,
      close: () => fail("the server closed the connection"),
      error: (_, error) => fail(error.message),
    },
  })
  return {
    post: (bytes) =>
      new Promise((resolve, reject) => {
        data.flight = { resolve, reject }
        data.unsent = bytes
        send(socket)
      }),
    isOpen: () => socket.readyState === 1,
    end: () => void socket.end(),
  }
}

/** Connections that wait for something to do. The server closes one that has waited for too long. */
export class Pool {
  #free: Connection[] = []

  constructor(private readonly port: number) {}

  async post(bytes: Uint8Array): Promise<number> {
    const connection = this.#take() ?? (await connect(this.port))
    const status = await connection.post(bytes)
    this.#free.push(connection)
    return status
  }

  end(): void {
    for (const connection of this.#free) connection.end()
  }

  #take(): Connection | undefined {
    const connection = this.#free.pop()
    return connection === undefined || connection.isOpen() ? connection : this.#take()
  }
}

function receive(data: Data, bytes: Uint8Array): void {
  data.text += Buffer.from(bytes).toString("latin1")
  const headEnd = data.text.indexOf("\r\n\r\n")
  if (headEnd < 0 || !data.flight) return
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(data.text)?.[1] ?? 0)
  if (data.text.length < headEnd + 4 + length) return
  const { resolve } = data.flight
  const status = Number(data.text.slice(9, 12))
  data.text = ""
  data.flight = null
  resolve(status)
}

export type Listener = { end(): void }

/** Opens an event stream and gives every piece of text that arrives to `hear`. */
export async function listen(port: number, token: string, hear: (text: string) => void): Promise<Listener> {
  const request = [
    "GET /events HTTP/1.1",
    `Host: 127.0.0.1:${port}`,
    "Accept: text/event-stream",
    `Cookie: session=${token}`,
    "Sec-Fetch-Site: same-origin",
  ]
  return new Promise((resolve, reject) => {
    let isOpen = false
    const data = (socket: Socket<undefined>, bytes: Uint8Array) => {
      const text = Buffer.from(bytes).toString("latin1")
      if (isOpen) hear(text)
      else if (text.startsWith("HTTP/1.1 200")) resolve({ end: () => void socket.end() })
      else reject(new Error(`the stream was refused: ${text.slice(0, 40)}`))
      isOpen = true
    }
    const open = (socket: Socket<undefined>) => void socket.write(`${request.join("\r\n")}\r\n\r\n`)
    const socket = { open, data, close() {}, error: (_: Socket<undefined>, error: Error) => reject(error) }
    Bun.connect({ hostname: "127.0.0.1", port, socket }).catch(reject)
  })
}
