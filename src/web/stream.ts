/**
 * The live stream of a browser: names of what changed, as server-sent events. One per browser; small, bounded, and
 * over within seconds when its session is (2-architecture.md, "Realtime"; stack.md §3).
 */
import { SESSION_TOPIC } from "~/account/actions.ts"
import { actorOf, type Session, type SessionUser, sessionByDigest } from "~/account/queries.ts"
import type { NumberedRing } from "~/database/bell.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { UserActor } from "~/facts.ts"
import type { Chance } from "~/kernel/chance.ts"
import { type Cancel, type Clock, type Instant, minutes, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { Areas } from "./areas.ts"
import { checkSite } from "./origin.ts"

const HEARTBEAT = seconds(15)
/** A peer that vanished is not noticed by TCP; every stream ends and comes back. */
const LIFE = minutes(12)
/** A reload or a new turn of the stream is not «gone»: presence hears of it when nothing came back in this time. */
const LINGER = seconds(5)
/** Chunks that a client has not taken; beyond it the client is too slow and comes back later. */
const MOST_PENDING = 64
/** After a restart everybody comes back at once, unless told apart. */
const SOONEST_RETURN = seconds(1)
const RETURN_SPREAD = seconds(4)
/** The listener ends connections that take nothing for this long; heartbeats keep living ones. */
export const STREAM_IDLE_SECONDS = 60

export type Presence = { opened(user: SessionUser): void; closed(user: SessionUser): void }
export type StreamParts = { database: AppDatabase; clock: Clock; chance: Chance; presence: Presence }

type Stream = {
  me: SessionUser
  actor: UserActor
  readonly tokenHash: Uint8Array
  readonly endsAt: Instant
  readonly controller: ReadableStreamDefaultController<Uint8Array>
  unlisten: () => void
}

export class Streams {
  #open = new Set<Stream>()
  /** Users whose last stream closed a moment ago. */
  #leaving = new Map<Id, Cancel>()
  #heartbeat: Cancel | null = null
  #ended = false

  constructor(private readonly parts: StreamParts) {}

  get count(): number {
    return this.#open.size
  }

  /** Opens a stream for a session; `after` is the last id the browser has heard, null when it has heard nothing. */
  open({ me, tokenHash }: Session, after: string | null): Response {
    let opened: Stream | null = null
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const endsAt = this.parts.clock.now() + LIFE
        opened = { me, actor: actorOf(me), tokenHash, endsAt, controller, unlisten: () => {} }
        this.#begin(opened, after)
      },
      cancel: () => {
        if (opened) this.#forget(opened)
      },
    })
    return new Response(body, { headers: STREAM_HEADERS })
  }

  /** Ends all; browsers come back by themselves. Presence is not told: it is the appliance that goes. */
  end(): void {
    this.#ended = true
    this.#heartbeat?.()
    for (const cancel of this.#leaving.values()) cancel()
    for (const stream of [...this.#open]) this.#close(stream)
  }

  #begin(stream: Stream, after: string | null): void {
    const { clock, chance, presence, database } = this.parts
    const { bell } = database
    const { id, tenant } = stream.me
    const stays = this.#leaving.has(id) || this.#hasStream(id)
    this.#leaving.get(id)?.()
    this.#leaving.delete(id)
    this.#open.add(stream)
    const listener = { tenant, actor: () => stream.actor, hear: (ring: NumberedRing) => this.#hear(stream, ring) }
    this.#send(stream, bytes(`retry: ${SOONEST_RETURN + chance.below(RETURN_SPREAD)}\nid: ${bell.cursor()}\n\n`))
    if (after !== null) this.#replay(stream, bell.missed(listener, after))
    stream.unlisten = bell.listen(listener)
    this.#heartbeat ??= clock.wakeAt(clock.now() + HEARTBEAT, () => this.#beat())
    if (!stays) presence.opened(stream.me)
  }

  /** What was missed, each topic once; nobody can tell any more → the browser reloads everything it shows. */
  #replay(stream: Stream, missed: readonly NumberedRing[] | null): void {
    const { bell } = this.parts.database
    if (missed === null) this.#send(stream, event("reset", "{}", bell.cursor()))
    const latest = new Map((missed ?? []).map((ring) => [ring.topic, ring]))
    latest.delete(SESSION_TOPIC)
    for (const ring of [...latest.values()].sort((one, other) => one.number - other.number))
      this.#send(stream, bellEvent(bell.run, ring))
  }

  #hear(stream: Stream, ring: NumberedRing): void {
    if (ring.topic === SESSION_TOPIC) this.#recheck(stream)
    else this.#send(stream, bellEvent(this.parts.database.bell.run, ring))
  }

  /** Looks at the session again: over → goodbye; other rights → the browser reloads what it shows. */
  #recheck(stream: Stream): void {
    const { database } = this.parts
    const session = sessionByDigest(database.appliance.read, stream.tokenHash)
    if (!session) {
      this.#send(stream, BYE)
      this.#close(stream, "goodbye")
    } else if (JSON.stringify(actorOf(session.me)) !== JSON.stringify(stream.actor)) {
      stream.me = session.me
      stream.actor = actorOf(session.me)
      this.#send(stream, event("reset", "{}", database.bell.cursor()))
    }
  }

  /** One heartbeat for all: proxies and browsers see life, ended sessions and old streams are let go. */
  #beat(): void {
    const { clock } = this.parts
    this.#heartbeat = null
    for (const stream of [...this.#open]) {
      this.#recheck(stream)
      if (clock.now() >= stream.endsAt) this.#close(stream)
      else this.#send(stream, HEARTBEAT_COMMENT)
    }
    if (this.#open.size > 0) this.#heartbeat = clock.wakeAt(clock.now() + HEARTBEAT, () => this.#beat())
  }

  /** A client that does not take what it is sent is let go: it comes back and hears what it missed. */
  #send(stream: Stream, chunk: Uint8Array): void {
    if (!this.#open.has(stream)) return
    if ((stream.controller.desiredSize ?? 0) < -MOST_PENDING) this.#close(stream)
    else stream.controller.enqueue(chunk)
  }

  #close(stream: Stream, how: "may come back" | "goodbye" = "may come back"): void {
    if (!this.#open.has(stream)) return
    this.#forget(stream, how)
    stream.controller.close()
  }

  #forget(stream: Stream, how: "may come back" | "goodbye" = "may come back"): void {
    if (!this.#open.delete(stream)) return
    stream.unlisten()
    const { id } = stream.me
    if (this.#ended || this.#hasStream(id)) return
    const { clock, presence } = this.parts
    if (how === "goodbye") {
      presence.closed(stream.me)
      return
    }
    const leave = () => {
      this.#leaving.delete(id)
      presence.closed(stream.me)
    }
    this.#leaving.set(id, clock.wakeAt(clock.now() + LINGER, leave))
  }

  #hasStream(user: Id): boolean {
    for (const { me } of this.#open) if (me.id === user) return true
    return false
  }
}

/** `GET /events`; a browser says where it stands by Last-Event-ID, or by `?since=` when its page was rendered. */
export const streamRoutes = ({ signedIn }: Areas, streams: Streams, url: URL) =>
  signedIn().get("/events", ({ request, query, session }) => {
    checkSite(request, url)
    return streams.open(session, request.headers.get("last-event-id") ?? query.get("since"))
  })

const STREAM_HEADERS = { "content-type": "text/event-stream; charset=utf-8", "x-accel-buffering": "no" }

const encoder = new TextEncoder()
const bytes = (text: string): Uint8Array => encoder.encode(text)
const event = (name: string, data: string, id: string) => bytes(`id: ${id}\nevent: ${name}\ndata: ${data}\n\n`)
const HEARTBEAT_COMMENT = bytes(":\n\n")
const BYE = bytes("event: bye\ndata: {}\n\n")

/** The bytes of a ring are made once, for all who hear it. */
const made = new WeakMap<NumberedRing, Uint8Array>()
function bellEvent(run: string, ring: NumberedRing): Uint8Array {
  let chunk = made.get(ring)
  if (!chunk) {
    chunk = event("bell", JSON.stringify({ topic: ring.topic }), `${run}-${ring.number}`)
    made.set(ring, chunk)
  }
  return chunk
}
