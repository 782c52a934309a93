/** A browser that goes the whole way in: keeps cookies, follows where it is sent, fills forms as they are shown. */
import { TOTP } from "otpauth"
import type { Clock } from "~/kernel/clock.ts"

type Answer = (request: Request, peer?: string) => Promise<Response>
export type Shown = { status: number; path: string; text: string }

const ORIGIN = "http://127.0.0.1:8080"

export class Newcomer {
  #cookies = new Map<string, string>()
  #token = ""

  constructor(
    private readonly answer: Answer,
    private readonly headers: Record<string, string> = {},
  ) {}

  async open(path: string): Promise<Shown> {
    return this.#arrive(path, await this.#send(path, "GET"))
  }

  /** Sends the form that stands on the page, and goes where it leads. */
  async send(path: string, fields: Record<string, string>): Promise<Shown> {
    const body = new URLSearchParams({ _csrf: this.#token, ...fields })
    return this.#arrive(path, await this.#send(path, "POST", body))
  }

  /** Another browser with the same cookies, or the same one asking in another way. */
  twin(headers: Record<string, string> = {}): Newcomer {
    const other = new Newcomer(this.answer, { ...this.headers, ...headers })
    other.#token = this.#token
    for (const [name, value] of this.#cookies) other.#cookies.set(name, value)
    return other
  }

  async signIn(username: string, password: string, more: Record<string, string> = {}): Promise<Shown> {
    await this.open("/login")
    return this.send("/login", { username, password, language: "", next: "/profile", ...more })
  }

  /** What comes back for a form of the page, as it is: a file. */
  fetch(path: string, fields: Record<string, string>): Promise<Response> {
    return this.#send(path, "POST", new URLSearchParams({ _csrf: this.#token, ...fields }))
  }

  async isIn(): Promise<boolean> {
    return (await this.open("/profile")).path === "/profile"
  }

  async #arrive(path: string, response: Response): Promise<Shown> {
    const location = response.headers.get("location")
    if (location !== null) return this.open(location)
    const text = await response.text()
    const token = /name="csrf"[^>]*content="([^"]+)"|name="_csrf"[^>]*value="([^"]+)"/.exec(text)
    this.#token = token?.slice(1).find(Boolean) ?? this.#token
    return { status: response.status, path: new URL(path, ORIGIN).pathname, text }
  }

  async #send(path: string, method: string, body?: URLSearchParams): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ")
    const headers = new Headers({
      host: "127.0.0.1:8080",
      accept: "text/html",
      cookie,
      "sec-fetch-site": "same-origin",
      "sec-fetch-mode": "navigate",
      ...(body ? { "content-type": "application/x-www-form-urlencoded" } : {}),
      ...this.headers,
    })
    const url = new URL(path, ORIGIN)
    const response = await this.answer(new Request(url.href, { method, headers, body: body?.toString() ?? null }))
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";")
      const split = pair.indexOf("=")
      if (/Max-Age=0/.test(line)) this.#cookies.delete(pair.slice(0, split))
      else this.#cookies.set(pair.slice(0, split), pair.slice(split + 1))
    }
    return response
  }
}

/** The code an authenticator app shows for the secret of a page. */
export function codeFrom(page: string, clock: Pick<Clock, "now">, later = 0): string {
  const secret = /<code class="code">([A-Z2-7 ]+)<\/code>/.exec(page)?.[1]?.replaceAll(" ", "") ?? ""
  return new TOTP({ secret }).generate({ timestamp: clock.now() + later })
}
