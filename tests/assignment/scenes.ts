/** Short days that chance seldom draws: each turns on one condition of the router. After MORNING, as in play.ts. */
import type { Move } from "./play.ts"

const pass = (seconds: number): Move => ({ do: "pass", seconds })
const write = (caller: number): Move => ({ do: "write", caller })
const status = (agent: number, status: "ready" | "break"): Move => ({ do: "status", agent, status })
const limit = (agent: number, most: number): Move => ({ do: "limit", agent, most })
const serve = (agent: number, skillsets: number): Move => ({ do: "serve", agent, skillsets })
const hours = (open: boolean): Move => ({ do: "hours", open })
const deed = (name: "come" | "leave" | "open" | "close", agent: number): Move => ({ do: name, agent, which: 0 })
const only = (agent: number): Move[] => [0, 1, 2, 3].filter((one) => one !== agent).map((one) => limit(one, 0))
const talks = (caller: number, agent: number): Move[] => [write(caller), deed("open", agent), deed("close", agent)]
/** Idle for less long than whoever became Ready before. */
const freshly = (agent: number): Move[] => [limit(agent, 2), status(agent, "break"), pass(1), status(agent, "ready")]
/** A conversation of Service waits and nobody is there. */
const serviceWaits: Move[] = [...only(3), write(0), status(3, "break"), pass(181)]

export const SCENES: Record<string, Move[]> = {
  "what is due at one moment, found due only because of it, rings after it": [
    status(0, "break"),
    write(0),
    limit(1, 0),
    { do: "overflow", skillset: 0, afterSeconds: 100 } as const,
    write(2),
    write(1),
    write(3),
    pass(181),
  ],
  "who let it pass long ago is asked again like anybody": [
    ...only(0),
    write(0),
    status(0, "break"),
    pass(181),
    pass(400),
    pass(400),
    hours(false),
    status(0, "ready"),
    pass(1),
    ...freshly(1),
    hours(true),
  ],
  "who lost the connection has not let it pass": [
    ...only(0),
    write(0),
    deed("leave", 0),
    pass(181),
    hours(false),
    deed("come", 0),
    pass(1),
    ...freshly(1),
    hours(true),
  ],
  "what nobody is pushed for does not stand in the way": [
    ...only(3),
    status(2, "break"),
    limit(2, 1),
    limit(3, 0),
    write(1),
    { do: "manner", skillset: 0, strategy: "manual", priority: 0 } as const,
    limit(3, 1),
    write(0),
    status(3, "break"),
    pass(181),
    status(2, "ready"),
  ],
  "what others wait for does not stand in the way": [
    ...only(3),
    limit(3, 0),
    write(1),
    limit(3, 1),
    write(0),
    status(3, "break"),
    pass(181),
    status(3, "ready"),
  ],
  "a higher priority passes whoever came shortly before": [
    ...only(0),
    limit(0, 0),
    write(0),
    { do: "manner", skillset: 0, strategy: "least_loaded", priority: 3 } as const,
    pass(1),
    write(1),
    limit(0, 1),
  ],
  "an overflow into another skillset does not stand in the way": [
    serve(3, 4),
    ...only(3),
    write(0),
    status(3, "break"),
    pass(181),
    { do: "manner", skillset: 0, strategy: "least_loaded", priority: 3 } as const,
    { do: "overflow", skillset: 0, afterSeconds: 30 } as const,
    write(1),
    pass(50),
    status(3, "ready"),
  ],
  "of what has overflowed, who waits for longest goes to whoever of the others comes free": [
    ...only(0),
    limit(0, 0),
    { do: "overflow", skillset: 0, afterSeconds: 30 } as const,
    write(0),
    pass(1),
    write(1),
    pass(50),
    limit(3, 1),
  ],
  "nobody is sent where all are disconnected": [...only(3), deed("leave", 0), pass(181), limit(0, 2), write(0)],
  "a returning customer goes where the last agent serves": [...only(3), ...talks(0, 3), limit(0, 2), write(0)],
  "the last agent is the latest one": [
    ...only(3),
    ...talks(0, 3),
    status(3, "break"),
    limit(0, 2),
    ...talks(0, 0),
    status(3, "ready"),
    write(0),
  ],
  "an agent of two skillsets gets who waits for longest in either": [
    ...serviceWaits,
    status(2, "break"),
    limit(2, 1),
    write(1),
    status(2, "ready"),
  ],
  "at the opening, who waits for longest in any skillset": [
    ...serviceWaits,
    write(1),
    hours(false),
    limit(2, 1),
    hours(true),
  ],
  "the second to join in waits for its own time": [
    ...only(3),
    write(0),
    { do: "overflow", skillset: 1, afterSeconds: 100 } as const,
    serve(3, 0),
    serve(2, 1),
    limit(0, 2),
    pass(181),
    pass(50),
    pass(119),
  ],
}
