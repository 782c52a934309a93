/** The server of the file by which mail leaves: a tenant's own, or the appliance's for whoever has none. */
import type { Tx } from "~/database/handles.ts"
import { setMailServer } from "~/mail/actions.ts"
import { isHost, isSender, SECURITIES } from "~/mail/rules.ts"
import type { Application } from "./provision.ts"
import { unlessRefused } from "./refusing.ts"
import { object, oneOf, orNull, text, verbatim, wholeNumber } from "./shape.ts"

const host = text(253, (value) => (isHost(value) ? null : "must be the name or the address of a host"))
const sender = text(254, (value) =>
  isSender(value) ? null : "must be like office@example.com or Office <office@example.com>",
)
const password = verbatim((value) => (value.length > 0 && value.length <= 500 ? null : "must be 1 to 500 characters"))

/** Null: the appliance's again, or the environment's. */
export const mailServerShape = orNull(
  object(
    { host, sender },
    { port: wholeNumber(1, 65_535), security: oneOf(SECURITIES), username: orNull(text(200)), password },
  ),
)
type MailServerEntry = Exclude<ReturnType<typeof mailServerShape>, undefined>

/** Without a password the one that is kept goes on. */
const STANDARD = { port: 587, security: "starttls", username: null, password: null } as const

export function applyMailServer(
  { secrets, report, problems }: Application,
  tx: Tx,
  entry: MailServerEntry | undefined,
  at: { object: string; path: string },
): void {
  if (entry === undefined) return
  unlessRefused(problems, `${at.path}.mailServer`, () => {
    const changed = setMailServer(tx, secrets, entry && { ...STANDARD, ...entry })
    report.push({ object: `mail server of ${at.object}`, outcome: changed ? "changed" : "left alone" })
  })
}
