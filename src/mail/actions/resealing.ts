import type { Tx } from "~/database/handles.ts"
import type { Reseal } from "~/database/secrets.ts"
import { MAIL_SECRET_PLACE, passwordPlace } from "../rules.ts"
import { saveSealedMail, sealedMails } from "../store/sealed.ts"
import { loadServer, saveServer } from "../store.ts"

/** The password of the tenant's server and what waiting mails carry, under another key. */
export function resealMail(tx: Tx, reseal: Reseal): void {
  const server = loadServer(tx)
  if (server?.password) saveServer(tx, { ...server, password: reseal(server.password, passwordPlace(tx.tenant)) })
  for (const { id, secret } of sealedMails(tx)) saveSealedMail(tx, id, reseal(secret, MAIL_SECRET_PLACE))
}
