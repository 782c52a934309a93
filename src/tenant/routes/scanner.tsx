/** A14: whoever runs the appliance names its virus scanner, and tries it. */
import type { Editing } from "views/admin/sheet.tsx"
import type { Screen } from "views/parts/screen.ts"
import { EarlierFilesLeft, SCANNER_PATH, ScannerSettings } from "views/tenant/scanner.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { AppDatabase } from "~/database/database.ts"
import type { Reader } from "~/database/handles.ts"
import { socketAddressReason } from "~/kernel/socket-address.ts"
import { refuse } from "~/kernel/step.ts"
import { earlierFilesLeft } from "~/media/queries/earlier.ts"
import type { Scanning } from "~/media/rules/scanning.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { choice, type FieldErrors, text } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { updateTenant } from "../actions.ts"
import { waitingScans } from "../queries/health.ts"
import { scannerSettings } from "../queries/scanner.ts"
import { tenantProfile } from "../queries.ts"
import { TENANT_SETTINGS } from "../rules.ts"

export type ScannerParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  database: AppDatabase
  scanning: Scanning
}
type Shown = { written?: Written; errors?: FieldErrors; conflict?: Editing["conflict"] } & {
  trial?: Awaited<ReturnType<Scanning["trial"]>>
}

export const scannerRoutes = ({ platform }: Areas, parts: ScannerParts) =>
  platform()
    .get(SCANNER_PATH, (visit) => scannerPage(visit, parts, {}))
    .get(`${SCANNER_PATH}/earlier`, ({ me, read, html }) => {
      const earlier = earlierFilesLeft(parts.database.appliance.read)
      return html(<EarlierFilesLeft screen={parts.screenOf(me, read)} earlier={earlier} />)
    })
    .post(SCANNER_PATH, (visit) => saveScanner(visit, parts))
    .post(`${SCANNER_PATH}/trial`, async (visit) => {
      const { address } = scannerSettings(parts.database.appliance.read)
      return scannerPage(visit, parts, { trial: await parts.scanning.trial(address) })
    })

const writtenScanner = (read: Reader): Written => {
  const { virusScanner, whenScannerDown } = tenantProfile(read).settings
  return { virusScanner: [virusScanner], whenScannerDown: [whenScannerDown] }
}

function scannerPage({ me, read, query, page }: Visit, parts: ScannerParts, shown: Shown): Response {
  const screen = parts.screenOf(me, read)
  const appliance = parts.database.appliance.read
  const { errors = {}, conflict = null, trial = null } = shown
  const before = writtenScanner(read)
  const props = {
    screen,
    trial,
    isDone: query.get("done") === "saved",
    waiting: waitingScans(appliance),
    editing: { written: shown.written ?? before, errors, conflict, before },
    address: scannerSettings(appliance).address,
    earlier: earlierFilesLeft(appliance),
  }
  const status = conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return page(screen.t("scanner.title"), <ScannerSettings {...props} />, status)
}

const MOST_CHARACTERS = 260

async function saveScanner(visit: Visit, parts: ScannerParts): Promise<Response> {
  const { me, actor, read } = visit
  const shape = {
    ...editing,
    virusScanner: text({ most: MOST_CHARACTERS }),
    whenScannerDown: choice(TENANT_SETTINGS.choices.whenScannerDown.words),
  }
  const form = visit.checkForm(shape)
  if (!form.valid) return scannerPage(visit, parts, form)
  const { before, whenScannerDown } = form.values
  const virusScanner = form.values.virusScanner.trim()
  const { written } = form
  if (socketAddressReason(virusScanner) !== null)
    return scannerPage(visit, parts, { written, errors: { virusScanner: refuse("scanner.address_malformed") } })
  const refusal = await refusalOf(
    parts.database.appliance.act((tx) => {
      tx.within(me.tenant, actor, (inside) => unlessChanged(before, writtenScanner(inside)))
      updateTenant(tx, actor, me.tenant, { settings: { virusScanner, whenScannerDown } })
    }),
  )
  if (refusal === null) return visit.redirect(`${SCANNER_PATH}?done=saved`)
  if (refusal.refused !== "form.conflict") return scannerPage(visit, parts, { written, errors: { form: refusal } })
  const fields = changedSince(before, writtenScanner(read))
  return scannerPage(visit, parts, { written, conflict: { by: lastChange(read, "tenant", me.tenant), fields } })
}
