/** Passwords as argon2id; the only place that hashes. Waits, therefore never inside a script. */
import { Refused, refuse } from "~/kernel/step.ts"

/** OWASP's second choice doubled; about 0.1 s here (stack.md §9). */
const COST = { algorithm: "argon2id", memoryCost: 65_536, timeCost: 2 } as const
const AT_ONCE = 2
const MOST_WAITING = 50

export type PasswordCost = { algorithm: "argon2id"; memoryCost: number; timeCost: number }

export interface Passwords {
  hash(password: string): Promise<string>
  /** The same work whether there is a hash or not: null (nobody of that name) is never right. */
  verify(password: string, hash: string | null): Promise<boolean>
  /** The hash was made with another cost and should be made anew at the next chance. */
  isOutdated(hash: string): boolean
}

/**
 * At most two hashes at once (64 MiB each), so that a morning's sign-ins neither fill the memory nor starve the rest;
 * with 50 waiting it refuses with `busy`.
 */
export function createPasswords(cost: PasswordCost = COST): Passwords {
  const take = turnstile(AT_ONCE, MOST_WAITING)
  const hash = (password: string) => take(() => Bun.password.hash(password.normalize("NFC"), cost))
  let stand: Promise<string> | null = null
  return {
    hash,
    async verify(password, given) {
      stand ??= Bun.password.hash("nobody has this password", cost)
      const against = given ?? (await stand)
      const right = await take(() => Bun.password.verify(password.normalize("NFC"), against))
      return right && given !== null
    },
    isOutdated: (given) => !given.startsWith(`$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},`),
  }
}

/** Lets `width` works run at once, `most` wait in order, and turns the rest away. */
function turnstile(width: number, most: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return async <Result>(work: () => Promise<Result>): Promise<Result> => {
    if (running >= width) {
      if (waiting.length >= most) throw new Refused(refuse("busy"))
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
}
