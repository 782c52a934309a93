/**
 * A signed webhook becomes messages, statuses and news: one envelope, one transaction. The body is kept as it came;
 * every item is a command of its own, so that one that fails is set aside and its siblings live.
 */
import { noteHeard } from "~/channel/actions/health.ts"
import type { ChannelDirectory, ChannelRoute } from "~/channel/queries.ts"
import type { AppDatabase } from "~/database/database.ts"
import { isStorageFault } from "~/database/faults.ts"
import type { ApplianceTx, Tx } from "~/database/handles.ts"
import { CUSTOMER, SYSTEM } from "~/facts.ts"
import { days } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import type { ClockWatch } from "./clock-watch.ts"
import { clockTeller } from "./intake/clock.ts"
import { place } from "./intake/place.ts"
import { type Translation, translate, type WireItem } from "./payload.ts"
import { keepEnvelope, lastSetAside, quarantine } from "./records.ts"

export type IntakeOptions = { database: AppDatabase; directory: ChannelDirectory; log: Log; clockWatch?: ClockWatch }

/** A body whose signature has been checked. */
export type SignedBody = {
  bytes: Uint8Array
  /** The HMAC's first 16 bytes: the same body again is known by it. */
  digest: Uint8Array
  /** The app secret that signed it; only its channels are spoken to. */
  appSecret: string
}

export type IntakeReport = { known: boolean; items: number; setAside: number }

export interface Intake {
  /** Resolves when everything is on disk; rejects when it could not be stored. */
  take(signed: SignedBody): Promise<IntakeReport>
}

export function createIntake(options: IntakeOptions): Intake {
  const { database, log } = options
  const tellOfClock = clockTeller(options)
  return {
    async take(signed) {
      const translation = translateBytes(signed.bytes)
      const report = await database.appliance.act((tx) => takeIn(tx, options, signed, translation))
      tellOfClock(translation?.items ?? [], signed.appSecret)
      if (report.setAside > 0) log.warn("webhook items set aside", { count: report.setAside, items: report.items })
      return report
    },
  }
}

const decoder = new TextDecoder()

/** The envelope in our words; null when it is no JSON. */
function translateBytes(bytes: Uint8Array): Translation | null {
  try {
    return translate(JSON.parse(decoder.decode(bytes)))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function takeIn(
  tx: ApplianceTx,
  { directory, log }: IntakeOptions,
  { bytes, digest, appSecret }: SignedBody,
  translation: Translation | null,
): IntakeReport {
  const envelope = keepEnvelope(tx, digest, bytes)
  const { items, rejected } = translation ?? NOT_JSON
  if (envelope === null) return { known: true, items: items.length, setAside: 0 }
  const aside = (kept: Obstacle & { phoneNumberId: string | null; item: string }) => {
    const [signer = null, ...others] = directory.tenantsOf(appSecret)
    const tenant = kept.tenant ?? (others.length === 0 ? signer : null)
    if (tenant !== null) warn(tx, tenant)
    quarantine(tx, { ...kept, tenant, envelope })
  }
  for (const { reason, raw } of rejected) aside({ tenant: null, reason, phoneNumberId: null, item: bounded(raw) })
  const setAside = items.reduce((count, item) => {
    const obstacle = takeItem(tx, directory, item, appSecret, log)
    if (obstacle === null) return count
    aside({ ...obstacle, phoneNumberId: item.phoneNumberId, item: bounded(item) })
    return count + 1
  }, rejected.length)
  return { known: false, items: items.length, setAside }
}

const NOT_JSON: Translation = { items: [], rejected: [{ reason: "not_an_envelope", raw: null }] }

/** Admins are told once a day that there is something to look at. */
function warn(tx: ApplianceTx, tenant: Id): void {
  tx.within(tenant, SYSTEM, (inside) => {
    if (lastSetAside(inside) > inside.now - days(1)) return
    const notice = { kind: "set_aside" } as const
    inside.raise({ type: "notice.due", to: { administrators: true }, notice })
  })
}

/** `tenant`: whose it is; null where only the signature may tell. */
type Obstacle = { tenant: Id | null; reason: string }

/** Places an item in every tenant it concerns; answers what kept it from being placed. */
function takeItem(
  tx: ApplianceTx,
  directory: ChannelDirectory,
  item: WireItem,
  appSecret: string,
  log: Log,
): Obstacle | null {
  if (item.kind === "ignored") return null
  const routes = routesOf(directory, item, appSecret)
  if (routes.length === 0) return { tenant: null, reason: "unknown_number" }
  for (const { tenant, channel } of routes) {
    try {
      tx.within(tenant, WRITTEN_BY_CUSTOMER.has(item.kind) ? CUSTOMER : SYSTEM, (inside) =>
        heard(inside, channel, item),
      )
    } catch (error) {
      // The disk failed, not the item: the whole envelope is refused, so that Meta sends it again.
      if (isStorageFault(error)) throw error
      log.error("webhook item faulted", { kind: item.kind, tenant, channel, ...describeError(error) })
      return { tenant, reason: "fault" }
    }
  }
  return null
}

/** What names the number shows that its webhooks arrive. */
function heard(tx: Tx, channel: Id, item: WireItem): void {
  if (item.phoneNumberId !== null) noteHeard(tx, channel)
  place(tx, channel, item)
}

const WRITTEN_BY_CUSTOMER: ReadonlySet<WireItem["kind"]> = new Set(["message", "identity", "preference"])

/** Where an item goes: by its number, or for news of an account to each tenant with numbers in it. */
function routesOf(directory: ChannelDirectory, item: WireItem, appSecret: string): readonly ChannelRoute[] {
  const { phoneNumberId, wabaId } = item
  const route = phoneNumberId === null ? null : directory.route(phoneNumberId, appSecret)
  if (route || item.kind !== "account" || wabaId === null) return route ? [route] : []
  const routes = directory.routesOfAccount(wabaId, appSecret)
  return [...new Map(routes.map((each) => [each.tenant, each])).values()]
}

const LARGEST_ITEM = 100_000

/** As JSON for the admin's eyes; the envelope has the whole. */
const bounded = (raw: unknown): string => (JSON.stringify(raw) ?? "null").slice(0, LARGEST_ITEM)
