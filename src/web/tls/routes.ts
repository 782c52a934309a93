/** `GET /authority.crt`: the certificate of the appliance's own authority, for the browsers that are to trust it. */
import { NotFound } from "~/kernel/step.ts"
import type { Areas } from "../areas.ts"

/** Open to whoever reaches the intranet listener: nothing in it is secret, and it is needed before anybody signs in. */
export const authorityRoutes = ({ open }: Areas, authority: string | null) =>
  open().get("/authority.crt", () => {
    if (authority === null) throw new NotFound()
    return new Response(authority, {
      headers: {
        "content-type": "application/x-x509-ca-cert",
        "content-disposition": 'attachment; filename="sportello-authority.crt"',
      },
    })
  })
