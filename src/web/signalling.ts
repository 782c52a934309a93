/**
 * Where the two browsers of a call find each other: each hears by server-sent events and speaks by POST. What they say is
 * passed on and never kept. A side is known by its `seat`, made anew by each page: the newest seat of a side is the one
 * that counts, so that a second tab takes the call over instead of disturbing it.
 *
 * Both sides there → both hear `ready` with a fresh number, and build a connection for it; what is said in an older one
 * is dropped. A stream that is cut comes back with its seat and hears what it missed: the call goes on.
 */
import { type Cancel, type Clock, type Milliseconds, seconds } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"

export type Side = "agent" | "customer"
type Controller = ReadableStreamDefaultController<Uint8Array>
type Place = {
  seat: string
  controller: Controller | null
  /** What this seat was told of the present session, for a stream that was cut; numbered from the first. */
  said: { number: number; text: string }[]
  told: number
  leaving: Cancel
}
type Room = { places: Record<Side, Place | null>; session: number; heartbeat: Cancel }

/** Told when a side has come or is gone for good. */
export type Attendance = { came(call: Id, side: Side): void; went(call: Id, side: Side): void }

/** A page that is reloaded, a network that changes: this long nobody is told. */
const LINGER: Milliseconds = seconds(8)
const HEARTBEAT: Milliseconds = seconds(15)
/** Enough for every candidate of both sides many times over; beyond it a client is broken or hostile. */
const MOST_SAID = 500
const MOST_SEAT_CHARACTERS = 64

const otherSide = (side: Side): Side => (side === "agent" ? "customer" : "agent")
export const isSeat = (text: string): boolean => /^[\w-]+$/.test(text) && text.length <= MOST_SEAT_CHARACTERS

export class Signalling {
  #rooms = new Map<Id, Room & { tenant: Id }>()
  #attendance: (tenant: Id) => Attendance = () => ({ came() {}, went() {} })

  constructor(private readonly clock: Clock) {}

  /** Who is told of comings and goings. */
  attend(attendance: (tenant: Id) => Attendance): void {
    this.#attendance = attendance
  }

  get count(): number {
    return this.#rooms.size
  }

  /**
   * The stream of a side. `heard` is the number of the last event it has, null when it has none; `session` the one that
   * it is in, if any: after a restart of the appliance two sides that are still connected are not disturbed.
   */
  open(at: { tenant: Id; call: Id; side: Side; seat: string }, heard: number | null, session: number | null): Response {
    let mine: Controller | null = null
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        mine = controller
        this.#sit(at, controller, heard, session)
      },
      cancel: () => {
        if (mine) this.#cut(at.call, at.side, mine)
      },
    })
    return new Response(body, { headers: STREAM_HEADERS })
  }

  /** A side has been let in and is about to open its stream; one that never does is gone. */
  expect(at: { tenant: Id; call: Id; side: Side }): void {
    const { tenant, call, side } = at
    const room = this.#rooms.get(call) ?? this.#newRoom(tenant, call)
    if (room.places[side] !== null) return
    this.clock.wakeAt(this.clock.now() + LINGER, () => {
      if (this.#rooms.get(call) === room && room.places[side] === null) this.#vacate(call, room, side)
    })
  }

  /** Passes on what `side` says; false when it is not its seat that counts, or what is said is of an older session. */
  say(call: Id, side: Side, seat: string, session: number, signal: unknown): boolean {
    const room = this.#rooms.get(call)
    if (!room || room.places[side]?.seat !== seat || room.session !== session) return false
    this.#tell(room, otherSide(side), "signal", { session, signal })
    return true
  }

  isThere(call: Id, side: Side): boolean {
    return (this.#rooms.get(call)?.places[side] ?? null) !== null
  }

  /** The side goes by its own will: the other one hears it at once. */
  leave(call: Id, side: Side, seat: string): void {
    const room = this.#rooms.get(call)
    const place = room?.places[side]
    if (!room || !place || place.seat !== seat) return
    this.#vacate(call, room, side)
  }

  /** The call is over: both hear it, and the room is gone. */
  end(call: Id, how: string): void {
    const room = this.#rooms.get(call)
    if (!room) return
    this.#rooms.delete(call)
    room.heartbeat()
    for (const side of ["agent", "customer"] as const) {
      this.#tell(room, side, "ended", { how })
      room.places[side]?.leaving()
      close(room.places[side]?.controller ?? null)
    }
  }

  /** The appliance stops: streams end, and come back to its next run. */
  endAll(): void {
    for (const [call, room] of this.#rooms) {
      this.#rooms.delete(call)
      room.heartbeat()
      for (const side of ["agent", "customer"] as const) {
        room.places[side]?.leaving()
        close(room.places[side]?.controller ?? null)
      }
    }
  }

  #sit(
    { tenant, call, side, seat }: { tenant: Id; call: Id; side: Side; seat: string },
    controller: Controller,
    heard: number | null,
    session: number | null,
  ): void {
    const room = this.#rooms.get(call) ?? this.#newRoom(tenant, call)
    const known = room.places[side]
    known?.leaving()
    controller.enqueue(bytes("retry: 1500\n\n"))
    if (known?.seat === seat) {
      close(known.controller)
      room.places[side] = { ...known, controller, leaving: NOTHING }
      for (const { number, text } of known.said)
        if (number > (heard ?? 0)) controller.enqueue(bytes(`id: ${number}\n${text}`))
      return
    }
    if (known) {
      this.#tell(room, side, "replaced", {})
      close(known.controller)
    }
    room.places[side] = { seat, controller, said: [], told: 0, leaving: NOTHING }
    this.#attendance(tenant).came(call, side)
    this.#meet(room, side, session)
  }

  /** With both there a session begins; the first to sit waits. */
  #meet(room: Room, side: Side, session: number | null): void {
    const other = room.places[otherSide(side)]
    if (session !== null && room.session === 0) room.session = session
    if (!other) {
      this.#tell(room, side, "alone", {})
      return
    }
    if (session !== null && session === room.session) return
    room.session = Math.max(room.session + 1, this.clock.now())
    for (const one of ["agent", "customer"] as const) this.#tell(room, one, "ready", { session: room.session })
  }

  #newRoom(tenant: Id, call: Id) {
    const room = { tenant, places: { agent: null, customer: null }, session: 0, heartbeat: NOTHING }
    this.#rooms.set(call, room)
    this.#beat(call, room)
    return room
  }

  #beat(call: Id, room: Room): void {
    const { clock } = this
    room.heartbeat = clock.wakeAt(clock.now() + HEARTBEAT, () => {
      if (this.#rooms.get(call) !== room) return
      for (const place of Object.values(room.places)) place?.controller?.enqueue(bytes(":\n\n"))
      this.#beat(call, room)
    })
  }

  #tell(room: Room, side: Side, event: string, data: object): void {
    const place = room.places[side]
    if (!place) return
    const text = `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    if (event === "ready") place.said = []
    if (place.said.length >= MOST_SAID) place.said.shift()
    place.told += 1
    place.said.push({ number: place.told, text })
    place.controller?.enqueue(bytes(`id: ${place.told}\n${text}`))
  }

  /** The stream is cut: it has a while to come back. */
  #cut(call: Id, side: Side, controller: Controller): void {
    const room = this.#rooms.get(call)
    const place = room?.places[side]
    if (!room || !place || place.controller !== controller) return
    const { clock } = this
    const leaving = clock.wakeAt(clock.now() + LINGER, () => this.#vacate(call, room, side))
    room.places[side] = { ...place, controller: null, leaving }
  }

  #vacate(call: Id, room: Room & { tenant: Id }, side: Side): void {
    if (this.#rooms.get(call) !== room) return
    close(room.places[side]?.controller ?? null)
    room.places[side]?.leaving()
    room.places[side] = null
    this.#tell(room, otherSide(side), "alone", {})
    this.#attendance(room.tenant).went(call, side)
    if (room.places.agent || room.places.customer) return
    room.heartbeat()
    this.#rooms.delete(call)
  }
}

const NOTHING: Cancel = () => {}

/** A stream that its reader has given up is closed already. */
function close(controller: Controller | null): void {
  try {
    controller?.close()
  } catch {
    // Nothing to close.
  }
}

const STREAM_HEADERS = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-store",
  "x-accel-buffering": "no",
}
const encoder = new TextEncoder()
const bytes = (text: string): Uint8Array => encoder.encode(text)
