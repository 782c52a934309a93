/** What a request says of where somebody comes from, and the cookies they leave with. */
import { addressOf, networkOf } from "~/web/address.ts"
import { cookie, expiredCookie, readCookie } from "~/web/cookies.ts"
import type { Arrival, Entered } from "../actions/entering.ts"
import { DEVICE_KNOWN, type Need, STEP_LIFE } from "../rules/entering.ts"

export const isSecure = (url: URL): boolean => url.protocol === "https:"

export const arrivalOf = (request: Request): Arrival & { network: string } => {
  const address = addressOf(request)
  return { address, network: networkOf(address), browser: browserName(request.headers.get("user-agent") ?? "") }
}

/** «Firefox, Windows»: enough to recognize one's own; what a browser sends is long and says anything. */
export function browserName(agent: string): string | null {
  const browser = [
    ["Edg/", "Edge"],
    ["OPR/", "Opera"],
    ["Firefox/", "Firefox"],
    ["Chrome/", "Chrome"],
    ["Safari/", "Safari"],
  ].find(([mark = ""]) => agent.includes(mark))?.[1]
  const system = [
    ["Android", "Android"],
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Windows", "Windows"],
    ["Mac OS X", "macOS"],
    ["CrOS", "ChromeOS"],
    ["Linux", "Linux"],
  ].find(([mark = ""]) => agent.includes(mark))?.[1]
  const known = [browser, system].filter((word) => word !== undefined)
  return known.length === 0 ? null : known.join(", ")
}

/** Where each thing that is still to be done is done. */
export const STEP_PAGES: Record<Need, string> = {
  code: "/login/code",
  password: "/login/password",
  factor: "/login/second-factor",
}

/** The cookies of whoever came in, or goes on to the next step. */
export function leaveCookies(response: Response, entered: Entered, url: URL): Response {
  const secure = isSecure(url)
  const give = (line: string) => response.headers.append("set-cookie", line)
  if ("step" in entered) {
    give(cookie("step", entered.step, STEP_LIFE, secure))
    return response
  }
  give(cookie("session", entered.session, "browser", secure))
  give(cookie("language", entered.language, DEVICE_KNOWN, secure))
  return response
}

export const stepOf = (request: Request, url: URL): string | null => readCookie(request, "step", isSecure(url))
export const forgetStep = (response: Response, url: URL): void =>
  response.headers.append("set-cookie", expiredCookie("step", isSecure(url)))
