/** What was decided of a tenant as a file for its admin: what `export-config` writes, without a secret in it. */
import type { Screen } from "views/parts/screen.ts"
import { CONFIGURATION_PATH, ConfigurationPage } from "views/tenant/configuration.tsx"
import type { SessionUser } from "~/account/queries.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { Areas } from "~/web/areas.ts"
import { proven } from "~/web/proof.tsx"
import { tenantProfile } from "../queries.ts"

export type ConfigurationParts = {
  screenOf: (me: SessionUser, read: Reader) => Screen
  /** The file of a tenant (command/export). */
  tenantFile: (read: Reader, tenant: Id) => object
}

export const configurationRoutes = ({ administration }: Areas, parts: ConfigurationParts) =>
  administration()
    .get(CONFIGURATION_PATH, ({ me, read, page, t }) =>
      page(t("configuration.title"), <ConfigurationPage screen={parts.screenOf(me, read)} />),
    )
    .post(
      `${CONFIGURATION_PATH}/export`,
      proven(parts, async ({ me, read, act }) => {
        const { slug } = tenantProfile(read)
        const file = parts.tenantFile(read, me.tenant)
        const subject = { kind: "settings", id: null, name: slug } as const
        await act((tx) => tx.raise({ type: "audit.due", act: "export.made", subject, changes: {} }))
        return new Response(`${JSON.stringify(file, null, 2)}\n`, {
          headers: {
            "content-type": "application/json; charset=utf-8",
            "content-disposition": `attachment; filename="${slug}.json"`,
          },
        })
      }),
    )
