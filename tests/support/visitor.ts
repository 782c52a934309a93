/** A browser without a screen: keeps its cookie, sends forms as a page would, reads what comes back. */

type Answer = (request: Request) => Promise<Response>

export class Visitor {
  #cookies = new Map<string, string>()
  #token = ""

  constructor(private readonly answer: Answer) {}

  static async signIn(answer: Answer, username: string, password: string): Promise<Visitor> {
    const visitor = new Visitor(answer)
    await visitor.get("/login")
    const response = await visitor.post("/login", { username, password, language: "en", next: "/" })
    if (response.status !== 303) throw new Error(`${username} could not sign in: ${response.status}`)
    await visitor.get("/conversations")
    return visitor
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await this.#send(new Request(`http://127.0.0.1:8080${path}`, { headers: this.#headers(headers) }))
    const page = await response.clone().text()
    this.#token =
      /name="csrf"[^>]*content="([^"]+)"|name="_csrf"[^>]*value="([^"]+)"/.exec(page)?.slice(1).find(Boolean) ??
      this.#token
    return response
  }

  /** What the page shows at `path`, as htmx would ask for it. */
  async panel(path: string): Promise<string> {
    return (await this.get(path, { "hx-request": "true" })).text()
  }

  /** Answers are JSON where something is refused: `{refused, message}`. */
  async post(path: string, fields: Record<string, string> = {}): Promise<Response> {
    const headers = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" }
    const body = new URLSearchParams({ ...fields, _csrf: this.#token }).toString()
    const accept = { accept: "application/json", "sec-fetch-mode": "cors" }
    return this.#send(
      new Request(`http://127.0.0.1:8080${path}`, {
        method: "POST",
        headers: this.#headers({ ...headers, ...accept }),
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
