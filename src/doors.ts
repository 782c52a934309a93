/** The ways out of the house by HTTP: to WhatsApp, and to servers that the admins of tenants have named. */
import type { ApplianceReader } from "~/database/handles.ts"
import type { Clock } from "~/kernel/clock.ts"
import { createOutbound, type Destination, type Outbound } from "~/kernel/outbound.ts"
import { GEOCODING, geocoders } from "~/location/queries/geocoding.ts"
import { SPEECH, speechServers } from "~/speech/queries.ts"
import { whatsappDestinations } from "~/whatsapp/graph.ts"

export function whatsappOutbound(graphUrl: string, clock: Clock): Outbound {
  const destinations: Purposes = whatsappDestinations(graphUrl)
  return createOutbound({ clock, destinations: (purpose) => destinations[purpose] ?? [] })
}

/** Looks at each call which servers have been named. */
export function namedOutbound(reader: ApplianceReader, clock: Clock): Outbound {
  const destinations: Readonly<Record<string, (reader: ApplianceReader) => readonly Destination[]>> = {
    [GEOCODING]: geocoders,
    [SPEECH]: speechServers,
  }
  return createOutbound({ clock, destinations: (purpose) => destinations[purpose]?.(reader) ?? [] })
}

type Purposes = Readonly<Record<string, readonly Destination[]>>
