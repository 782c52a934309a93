/** A number is let go, or what keeps it is named. */
import type { ChannelFrame } from "~/channel/queries/administering.ts"
import type { ChannelUses } from "~/channel/queries/uses.ts"
import { ConfirmSheet, UsedBy } from "../admin/sheet.tsx"
import { Banner } from "../parts/banner.tsx"
import type { Screen } from "../parts/screen.ts"
import { CHANNELS_PANEL } from "./channels.tsx"

export type ChannelDeletionProps = {
  screen: Screen
  frame: ChannelFrame
  uses: ChannelUses
  isUsed: boolean
  action: string
  closePath: string
}

export function ChannelDeletion({ screen, frame, uses, isUsed, ...paths }: ChannelDeletionProps) {
  const { t } = screen
  const { openConversations, conversations, hasHistory, properties } = uses
  const history = [
    ...(openConversations > 0 ? [{ name: t("channels.uses_open", { count: openConversations }) }] : []),
    ...(conversations > 0 ? [{ name: t("channels.uses_conversations", { count: conversations }) }] : []),
    ...(conversations === 0 && hasHistory ? [{ name: t("channels.uses_news") }] : []),
  ]
  return (
    <ConfirmSheet
      screen={screen}
      {...paths}
      panel={CHANNELS_PANEL}
      title={t("channels.delete_title", { name: frame.name })}
      label={t("channels.delete_now", { name: frame.name })}
      isBlocked={isUsed}
    >
      {isUsed ? (
        <>
          <Banner tone="warn" title={t("channels.in_use")}>
            {t("channels.in_use_detail")}
          </Banner>
          <UsedBy
            uses={[
              { what: t("channels.uses_history"), names: history },
              { what: t("channels.uses_properties"), names: properties.map((name) => ({ name })) },
            ]}
          />
        </>
      ) : (
        <p>{t("channels.delete_what")}</p>
      )}
    </ConfirmSheet>
  )
}
