import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { type CustomerProperty, isShownFor } from "./rules.ts"
import { loadProperties } from "./store.ts"

/** Every property of the tenant, those out of use too, in their order. */
export const customerProperties = (reader: Reader): CustomerProperty[] => loadProperties(reader)

/** Those shown beside a conversation with the number; null: those in use, whatever the number. */
export const propertiesFor = (reader: Reader, channel: Id | null): CustomerProperty[] =>
  loadProperties(reader).filter((property) => isShownFor(property, channel))
