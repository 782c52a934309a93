/** A11: how a company looks, by its admin; and the files of it, for whoever shows them. */
import { BRANDING_PATH, BrandingPage } from "views/brand/branding.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { ApplianceReader, Reader } from "~/database/handles.ts"
import { Refused } from "~/kernel/step.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, errorsFor, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { checkbox, type FieldErrors, line, optional } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { setBrand } from "./actions.ts"
import { brandFile, writtenBrand } from "./queries/files.ts"
import { lookOf } from "./queries.ts"
import { LONGEST_BRAND_NAME, MOST_LOGO_BYTES, refuseLogoSize } from "./rules.ts"

export type BrandParts = { screenOf: (me: SessionUser, read: Reader) => Screen; appliance: ApplianceReader; url: URL }

export const brandFileRoutes = ({ open }: Areas, { appliance }: Pick<BrandParts, "appliance">) =>
  open().get("/brand/:file", ({ request, params }) => brandFile(appliance, request, params.file))

export const brandRoutes = ({ administration }: Areas, parts: BrandParts) =>
  administration()
    .get(BRANDING_PATH, (visit) => brandingPage(visit, parts, {}))
    .post(BRANDING_PATH, (visit) => save(visit, parts))
    .receive(`${BRANDING_PATH}/logo`, async ({ request, act, nothing }) => {
      const logo = await takeLogo(request)
      await act((tx) => setBrand(tx, { logo }))
      return nothing()
    })
    .post(`${BRANDING_PATH}/logo/removing`, async ({ act, redirect }) => {
      await act((tx) => setBrand(tx, { logo: null }))
      return redirect(`${BRANDING_PATH}?done=saved`)
    })

type Shown = { written?: Written; errors?: FieldErrors; conflict?: Parameters<typeof BrandingPage>[0]["conflict"] }

function brandingPage(visit: Visit, { screenOf, url }: BrandParts, { written, errors = {}, conflict = null }: Shown) {
  const { me, read, query, page, t } = visit
  const before = writtenBrand(read)
  const { name: company, slug } = tenantProfile(read)
  const props = {
    screen: screenOf(me, read),
    look: lookOf(read),
    company,
    before,
    errors,
    conflict,
    written: written ?? before,
    isSaved: query.get("done") === "saved",
    loginAddress: `${url.origin}/login?company=${slug}`,
    limits: { kilobytes: MOST_LOGO_BYTES / 1_024, characters: LONGEST_BRAND_NAME },
  }
  const status = conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return page(t("brand.title"), <BrandingPage {...props} />, status)
}

const shape = {
  ...editing,
  name: optional(line({ most: LONGEST_BRAND_NAME })),
  accent: optional(line({ most: 20 })),
  ownAccent: checkbox,
}

/** A field for colours always has one: whether it is meant says the switch. */
async function save(visit: Visit, parts: BrandParts): Promise<Response> {
  const form = visit.checkForm(shape)
  if (!form.valid) return brandingPage(visit, parts, form)
  const { before, name, accent, ownAccent } = form.values
  const { written } = form
  const refusal = await refusalOf(
    visit.act((tx) => {
      unlessChanged(before, writtenBrand(tx))
      setBrand(tx, { name, accent: ownAccent ? accent : null })
    }),
  )
  if (refusal === null) return visit.redirect(`${BRANDING_PATH}?done=saved`)
  if (refusal.refused !== "form.conflict")
    return brandingPage(visit, parts, { written, errors: errorsFor(refusal, { "brand.": "accent" }) })
  const by = lastChange(visit.read, "tenant", visit.me.tenant)
  return brandingPage(visit, parts, {
    written,
    conflict: { by, fields: changedSince(before, writtenBrand(visit.read)) },
  })
}

/** What is too large is not read to its end. */
async function takeLogo(request: Request): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.length
    if (size > MOST_LOGO_BYTES) throw new Refused(refuseLogoSize())
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
