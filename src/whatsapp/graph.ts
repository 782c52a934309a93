import type { Milliseconds } from "~/kernel/clock.ts"
import { seconds } from "~/kernel/clock.ts"
import type { Destination, Outbound, OutboundReply, OutboundRequest, StreamedBody } from "~/kernel/outbound.ts"
import { type FailureReason, failureOf, type GraphError, graphErrorIn, jsonOf } from "./errors.ts"
import { isRecord } from "./payload-read.ts"
import type { Json } from "./payload-types.ts"

/** A call to the Graph API: address, bearer and the three ways it ends. */

export type GraphOptions = { outbound: Outbound; graphUrl: string; graphVersion: string }

export type GraphResult<Value> =
  | { result: "ok"; value: Value }
  /** Meta said no. */
  | { result: "refused"; status: number; error: GraphError; reason: FailureReason }
  /** No answer, or none that can be read. */
  | { result: "unavailable"; reason: string }

export type GraphCall = {
  accessToken: string
  method: OutboundRequest["method"]
  /** Each segment is encoded. */
  path: readonly string[]
  query?: Record<string, string>
  body?: Json | StreamedBody
  timeoutMs?: Milliseconds
}

export interface Graph {
  call(call: GraphCall): Promise<OutboundReply>
  ask<Value>(call: GraphCall, read: (body: Json) => Value | null): Promise<GraphResult<Value>>
  outbound: Outbound
}

/** Longer than any answer of the Graph API that we ask for. */
const LARGEST_REPLY_BYTES = 8_000_000
const PATIENCE: Milliseconds = seconds(30)

/** Where the door may lead for WhatsApp. Media hosts are Meta's own, so that no payload can choose one (V7). */
export const whatsappDestinations = (graphUrl: string): Record<"graph" | "media", readonly Destination[]> => ({
  graph: [{ origin: graphUrl, addresses: "any" }],
  media: [
    { origin: graphUrl, addresses: "any" },
    { origin: "https://lookaside.fbsbx.com", addresses: "public" },
    { origin: "https://*.whatsapp.net", addresses: "public" },
  ],
})

export function createGraph({ outbound, graphUrl, graphVersion }: GraphOptions): Graph {
  const call = (request: GraphCall) => {
    const url = new URL([graphUrl, graphVersion, ...request.path.map(encodeURIComponent)].join("/"))
    url.search = new URLSearchParams(request.query).toString()
    const { timeoutMs = PATIENCE, method } = request
    const sent = { purpose: "graph", url: url.href, method, timeoutMs, maxBytes: LARGEST_REPLY_BYTES }
    const bearer = { Authorization: `Bearer ${request.accessToken}` }
    const { body } = request
    if (body === undefined) return outbound.send({ ...sent, headers: bearer })
    if (isStreamed(body)) return outbound.send({ ...sent, headers: bearer, body })
    const headers = { ...bearer, "Content-Type": "application/json" }
    return outbound.send({ ...sent, headers, body: JSON.stringify(body) })
  }
  return { outbound, call, ask: async (request, read) => resultOf(await call(request), read) }
}

const isStreamed = (body: Json | StreamedBody): body is StreamedBody => typeof body.pieces === "function"

function resultOf<Value>(reply: OutboundReply, read: (body: Json) => Value | null): GraphResult<Value> {
  if (reply.result !== "answered") return { result: "unavailable", reason: reply.reason }
  const body = jsonOf(reply.body)
  const error = graphErrorIn(body)
  if (error) return { result: "refused", status: reply.status, error, reason: failureOf(error).reason }
  const value = reply.status < 300 && isRecord(body) ? read(body) : null
  return value === null ? { result: "unavailable", reason: `unreadable_${reply.status}` } : { result: "ok", value }
}
