/** A1: a user to be let go. */
import type { Colleague, inHand } from "~/account/queries/users.ts"
import { ConfirmSheet, type ConfirmSheetProps } from "../admin/sheet.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { Banner } from "../parts/banner.tsx"
import { USERS_PANEL } from "./users.tsx"

type DeletionProps = Pick<ConfirmSheetProps, "screen" | "action" | "closePath"> & {
  user: Colleague
  inHand: ReturnType<typeof inHand>
  refusal: string | null
}

/** What goes and what stays, before somebody is deleted for good. */
export const UserDeletion = ({ screen, user, inHand, refusal, ...paths }: DeletionProps) => (
  <ConfirmSheet
    screen={screen}
    {...paths}
    panel={USERS_PANEL}
    title={screen.t("users.delete_title", { name: user.name })}
    mark={<Avatar name={user.name} />}
    label={screen.t("users.delete_now", { name: user.name })}
    refusal={refusal && <Banner tone="bad" title={refusal} isAnnounced />}
  >
    <p>{screen.t("users.delete_what")}</p>
    <ul class="consequences">
      {inHand.open > 0 && <li>{screen.t("users.delete_open", { count: inHand.open })}</li>}
      {inHand.parked > 0 && <li>{screen.t("users.delete_parked", { count: inHand.parked })}</li>}
      {inHand.awaiting > 0 && <li>{screen.t("users.delete_awaiting", { count: inHand.awaiting })}</li>}
      <li>{screen.t("users.delete_history")}</li>
      <li>{screen.t("users.delete_username", { username: user.username })}</li>
    </ul>
    <p>{screen.t("users.delete_or_disable")}</p>
  </ConfirmSheet>
)
