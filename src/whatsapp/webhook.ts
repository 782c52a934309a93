/** The public door for WhatsApp: the verification handshake, and signed bodies in. Plain functions; web/ mounts them. */
import { timingSafeEqual } from "node:crypto"
import type { ChannelDirectory } from "~/channel/queries.ts"
import type { Clock, Instant } from "~/kernel/clock.ts"
import { minutes } from "~/kernel/clock.ts"
import { limits } from "~/kernel/limits.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import type { Intake } from "./intake.ts"
import { matchingSecret, signedDigest } from "./signature.ts"

export type WebhookOptions = {
  intake: Intake
  directory: ChannelDirectory
  clock: Clock
  log: Log
  /** Hears with which token Meta has found the address. */
  verified?: (token: string) => void
}

export interface Webhook {
  /** GET: Meta asks whether the address is ours. 200 with the challenge, else 403. */
  verify(request: Request): Response
  /** POST: 200 once on disk, 401 unsigned, 413 too large, 503 when it could not be stored (Meta sends it again). */
  receive(request: Request): Promise<Response>
}

export function createWebhook({ intake, directory, clock, log, verified }: WebhookOptions): Webhook {
  const turnedAway = tally(clock, (count) => log.warn("webhooks without a valid signature", { count }))
  return {
    verify(request) {
      const query = new URL(request.url).searchParams
      const response = verification(query, directory.verifyTokens())
      if (response.ok) verified?.(query.get("hub.verify_token") ?? "")
      return response
    },
    async receive(request) {
      try {
        return answer(await received(request))
      } catch (error) {
        log.error("webhook not stored", describeError(error))
        return new Response(null, { status: 503, headers: { "Retry-After": "5" } })
      }
    },
  }

  async function received(request: Request): Promise<number> {
    const header = request.headers.get("x-hub-signature-256")
    const claimed = signedDigest(header)
    if (claimed === null) return unsigned()
    const bytes = await boundedBody(request, limits.webhookBodyBytes)
    if (bytes === null) return 413
    const secrets = directory.appSecrets()
    const appSecret = secrets[matchingSecret(bytes, header, secrets)]
    if (appSecret === undefined) return unsigned()
    await intake.take({ bytes, digest: Buffer.from(claimed, "hex").subarray(0, DIGEST_BYTES), appSecret })
    return 200
  }

  function unsigned(): number {
    turnedAway()
    return 401
  }
}

const DIGEST_BYTES = 16

function verification(query: URLSearchParams, tokens: readonly string[]): Response {
  const challenge = query.get("hub.challenge") ?? ""
  const asked = query.get("hub.mode") === "subscribe" && isAnyOf(query.get("hub.verify_token") ?? "", tokens)
  if (!asked || !CHALLENGE.test(challenge)) return answer(403)
  return new Response(challenge, {
    headers: { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff" },
  })
}

/** Digits in practice; whatever else is echoed must not be a page (reliability-security.md §2.10, W2). */
const CHALLENGE = /^[A-Za-z0-9_-]{1,128}$/

/** Looks at every token, so that the time taken tells nothing. An empty token matches nothing. */
function isAnyOf(given: string, tokens: readonly string[]): boolean {
  return tokens.map((token) => token !== "" && equalInConstantTime(given, token)).includes(true)
}

function equalInConstantTime(one: string, other: string): boolean {
  return timingSafeEqual(fingerprint(one), fingerprint(other))
}

const fingerprint = (text: string) => new Bun.CryptoHasher("sha256").update(text).digest()

/** The raw bytes; null as soon as they are more than `limit`, whatever the headers said. */
async function boundedBody(request: Request, limit: number): Promise<Uint8Array | null> {
  const announced = Number(request.headers.get("content-length") ?? Number.NaN)
  if (announced > limit) return null
  if (announced <= limit) return within(await request.bytes(), limit)
  const pieces: Uint8Array[] = []
  let byteLength = 0
  for await (const piece of request.body ?? []) {
    byteLength += piece.byteLength
    if (byteLength > limit) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const within = (bytes: Uint8Array, limit: number) => (bytes.byteLength <= limit ? bytes : null)

const answer = (status: number) => new Response(null, { status })

/** Strangers choose how often they knock, not how much we log: one line a minute with the count. */
function tally(clock: Clock, tell: (count: number) => void): () => void {
  let count = 0
  let nextLineAt: Instant = 0
  return () => {
    count += 1
    if (clock.now() < nextLineAt) return
    tell(count)
    count = 0
    nextLineAt = clock.now() + minutes(1)
  }
}
