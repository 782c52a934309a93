/** Acme with reasons of contact, and a number that demands them. */
import { companyDocument } from "../support/cast.ts"

export const TREE = {
  name: "Reasons",
  reasons: [
    { title: "Service", reasons: [{ title: "Booking", reasons: ["Booked", "Moved"] }, "Warranty"] },
    { title: "Sales", mayStop: true, reasons: ["Test drive"] },
    "Not for us",
  ],
}

type Settings = { profilingReason?: string; profilingNotes?: string }

export function companyWith(settings: Settings, tree: object = TREE, tenantSettings: object = {}) {
  const [acme, globex] = companyDocument().tenants
  const channels = acme?.channels.map((channel) => ({ ...channel, profiling: "Reasons", settings }))
  return {
    tenants: [{ ...acme, profiling: [tree], channels, settings: { ...acme?.settings, ...tenantSettings } }, globex],
  }
}
