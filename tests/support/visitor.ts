/** A browser without a screen: keeps its cookie, sends forms as a page would, reads what comes back. */

type Answer = (request: Request) => Promise<Response>
type Stream = Pick<ReadableStreamDefaultReader<Uint8Array>, "read" | "cancel">

export class Visitor {
  #cookies = new Map<string, string>()
  #token = ""
  #stream: Stream | null = null
  /** Topics of the live stream, oldest first. */
  readonly heard: string[] = []

  constructor(private readonly answer: Answer) {}

  static async signIn(answer: Answer, username: string, password: string): Promise<Visitor> {
    const visitor = new Visitor(answer)
    await visitor.get("/login")
    const response = await visitor.post("/login", { username, password, language: "en", next: "/" })
    if (response.status !== 303) throw new Error(`${username} could not sign in: ${response.status}`)
    await visitor.get("/conversations")
    return visitor
  }

  /** A browser that signed in a while ago. */
  static seated(answer: Answer, session: string, csrfToken: string): Visitor {
    const visitor = new Visitor(answer)
    visitor.#cookies.set("session", session)
    visitor.#token = csrfToken
    return visitor
  }

  /** Opens the live stream and opens it again whenever it ends, as a browser does, until `leave` or a goodbye. `since`: where its page stood. */
  async listen(since?: string): Promise<void> {
    if (this.#stream) return
    const url = `http://127.0.0.1:8080/events${since === undefined ? "" : `?since=${since}`}`
    const response = await this.#send(new Request(url, { headers: this.#headers({ accept: "text/event-stream" }) }))
    if (response.status !== 200 || !response.body) throw new Error(`no stream: ${response.status}`)
    const stream: Stream = response.body.getReader()
    this.#stream = stream
    void this.#follow(stream)
  }

  /** The connection is lost, or the browser shut. */
  async leave(): Promise<void> {
    const stream = this.#stream
    this.#stream = null
    await stream?.cancel()
  }

  async #follow(stream: Stream): Promise<void> {
    const decoder = new TextDecoder()
    let goodbye = false
    for (let part = await stream.read(); !part.done; part = await stream.read()) {
      const text = decoder.decode(part.value)
      goodbye ||= text.includes("event: bye")
      for (const [, topic] of text.matchAll(/"topic":"([^"]+)"/g)) this.heard.push(topic ?? "")
    }
    if (this.#stream !== stream) return
    this.#stream = null
    if (!goodbye) await this.listen()
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await this.#send(new Request(`http://127.0.0.1:8080${path}`, { headers: this.#headers(headers) }))
    const page = await response.clone().text()
    this.#token =
      /name="csrf"[^>]*content="([^"]+)"|name="_csrf"[^>]*value="([^"]+)"/.exec(page)?.slice(1).find(Boolean) ??
      this.#token
    return response
  }

  /** A stream of events beside the live one; its answer is not read. */
  events(path: string): Promise<Response> {
    const headers = this.#headers({ accept: "text/event-stream" })
    return this.#send(new Request(`http://127.0.0.1:8080${path}`, { headers }))
  }

  /** What the page shows at `path`, as htmx would ask for it. */
  async panel(path: string): Promise<string> {
    return (await this.get(path, { "hx-request": "true" })).text()
  }

  /** Answers are JSON where something is refused: `{refused, message}`. */
  post(path: string, fields: Record<string, string> = {}, more: Record<string, string> = {}): Promise<Response> {
    return this.postAll(path, Object.entries(fields), more)
  }

  /** The same where a field is sent several times. */
  async postAll(
    path: string,
    fields: readonly (readonly string[])[],
    more: Record<string, string> = {},
  ): Promise<Response> {
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" }
    const body = new URLSearchParams()
    for (const [name = "", value = ""] of [...fields, ["_csrf", this.#token]]) body.append(name, value)
    const accept = { accept: "application/json", "sec-fetch-mode": "cors" }
    return this.#send(
      new Request(`http://127.0.0.1:8080${path}`, {
        method: "POST",
        headers: this.#headers({ ...headers, ...accept, ...more }),
        body: body.toString(),
      }),
    )
  }

  /** Hands over a file as the page's script does. */
  async upload(
    path: string,
    body: string | Uint8Array<ArrayBuffer>,
    type = "application/octet-stream",
  ): Promise<Response> {
    const headers = { "content-type": type, "sec-fetch-site": "same-origin" }
    const more = { accept: "application/json", "sec-fetch-mode": "cors", "x-csrf-token": this.#token }
    return this.#send(
      new Request(`http://127.0.0.1:8080${path}`, {
        method: "POST",
        headers: this.#headers({ ...headers, ...more }),
        body,
      }),
    )
  }

  #headers(more: Record<string, string>): Headers {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    return new Headers({ host: "127.0.0.1:8080", ...(cookie ? { cookie } : {}), ...more })
  }

  async #send(request: Request): Promise<Response> {
    const response = await this.answer(request)
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";")
      const split = pair.indexOf("=")
      this.#cookies.set(pair.slice(0, split), pair.slice(split + 1))
    }
    return response
  }
}
