import pino from "pino"

/**
 * JSON lines on stderr. By allow-list: callers pass ids, codes, counts and durations; never text, names, numbers,
 * tokens, headers or bodies (5-quality.md, "Security, in one breath").
 */
export interface Log {
  debug(event: string, fields?: LogFields): void
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
}
export type LogFields = Record<string, string | number | boolean | null | undefined>
export type LogLevel = "debug" | "info" | "warn" | "error" | "silent"
export const LOG_LEVELS: readonly LogLevel[] = ["debug", "info", "warn", "error", "silent"]

export function jsonLog(level: LogLevel): Log {
  const lines = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2))
  return {
    debug: (event, fields = {}) => lines.debug(fields, event),
    info: (event, fields = {}) => lines.info(fields, event),
    warn: (event, fields = {}) => lines.warn(fields, event),
    error: (event, fields = {}) => lines.error(fields, event),
  }
}

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** What may be said of an exception: its kind and where it was thrown, not its message when that may quote input. */
export const describeError = (error: unknown): LogFields =>
  error instanceof Error
    ? { error: error.name, message: scrub(error.message), stack: scrub(error.stack ?? "") }
    : { error: "non-error", message: scrub(String(error)) }

/** Removes what looks like a phone number, a token or an e-mail from text that others wrote. */
const scrub = (text: string) =>
  text
    .replace(/\+?\d[\d ().-]{7,}\d/g, "‹number›")
    .replace(/[\w.+-]+@[\w-]+\.[\w.]+/g, "‹e-mail›")
    .replace(/\b(EAA|Bearer )[\w.-]+/g, "‹token›")
    .slice(0, 2_000)
