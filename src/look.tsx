/** How answers look: the web layer's `Look`, made of the views and of what a signed-in user's surroundings ask for. */

import { DiskBanner } from "views/admin/disk-banner.tsx"
import { AdminFrame } from "views/admin/frame.tsx"
import { ADMIN_SECTIONS } from "views/admin/sections.ts"
import { Popups } from "views/conversation/popup.tsx"
import { ErrorPage, errorTitle } from "views/error.tsx"
import { NOTICES_AT, Notice } from "views/layout/notice.tsx"
import { Document } from "views/layout/page.tsx"
import type { Place } from "views/layout/rail.tsx"
import { type HeaderProps, Shell } from "views/layout/shell.tsx"
import { formatters } from "views/locales/formatters.ts"
import { LANGUAGES, phrases, translator } from "views/locales/index.ts"
import { NoticeBell } from "views/notice/bell.tsx"
import type { Screen } from "views/parts/screen.ts"
import { actorOf, type SessionUser } from "~/account/queries.ts"
import { may } from "~/account/rules/policy.ts"
import { leftBehind } from "~/agent/queries/leaving.ts"
import { standingOf } from "~/agent/queries.ts"
import { lookOf } from "~/brand/queries.ts"
import { serviceStatus } from "~/channel/queries/service.ts"
import { myConversations } from "~/conversation/queries/console.ts"
import { ownWaitQueueCount } from "~/conversation/queries/wait-queue.ts"
import { waitingCount } from "~/conversation/queries/waiting.ts"
import type { Reader } from "~/database/handles.ts"
import type { Clock } from "~/kernel/clock.ts"
import { type DiskRoom, scarcityOf } from "~/kernel/disk.ts"
import { noticesOf } from "~/notice/queries.ts"
import { stepsLeft } from "~/tenant/queries/start.ts"
import type { Assets } from "~/web/assets.ts"
import type { Look } from "~/web/look.ts"

export function composeLook({ assets, clock, room }: { assets: Assets; clock: Clock; room: () => DiskRoom }): Look {
  const asset = assets.url
  const outside = (title: string, language: string) => ({
    title,
    language,
    asset,
    now: clock.now(),
    session: null,
    look: null,
  })
  return {
    languages: LANGUAGES,
    noticesAt: NOTICES_AT,
    phrases,
    inside({ me, read, title, panel, path, liveCursor }) {
      const screen = screenOf(me, read)
      const look = lookOf(read)
      const session = { user: me.id, csrfToken: me.csrfToken, liveCursor }
      return (
        <Document title={title} language={me.language} asset={asset} now={read.now} session={session} look={look}>
          <Shell
            {...headerOf(me, read, path)}
            look={look}
            me={me}
            language={me.language}
            languages={LANGUAGES}
            bell={may(me, "work") ? <NoticeBell screen={screen} area={noticesOf(read, actorOf(me))} /> : null}
            popups={<Popups {...popupsOf(me, read)} />}
          >
            {path.startsWith("/admin") ? (
              <AdminFrame screen={screen} path={path} sections={sectionsOf(me)} stepsLeft={stepsLeftFor(me, read)}>
                {may(me, "operate") && <DiskBanner screen={screen} scarcity={scarcityOf(room())} />}
                {panel}
              </AdminFrame>
            ) : (
              panel
            )}
          </Shell>
        </Document>
      )
    },
    outside: ({ language, title, panel, look = null }) => (
      <Document {...outside(title, language)} look={look}>
        {panel}
      </Document>
    ),
    error({ language, status, refusal, reference }) {
      const t = translator(language)
      return (
        <Document {...outside(errorTitle(t, status, refusal), language)}>
          <ErrorPage t={t} status={status} refusal={refusal} reference={reference} />
        </Document>
      )
    },
    notice: (language, sentence) => <Notice t={translator(language)} sentence={sentence} />,
  }
}

/** Whom a view is drawn for: their language, the tenant's clock. */
export const screenOf = (me: SessionUser, read: Reader): Screen => ({
  t: translator(me.language),
  format: formatters(me.language, me.timezone),
  now: read.now,
  csrfToken: me.csrfToken,
})

/** The header and the rail of a user at `path`. */
export function headerOf(me: SessionUser, read: Reader, path: string): HeaderProps {
  const labels = may(me, "work") ? myConversations(read, me.id) : []
  return {
    screen: screenOf(me, read),
    path,
    places: placesOf(me),
    service: serviceStatus(read),
    maySteerService: may(me, "supervise"),
    mayAdminister: may(me, "administer"),
    standing: may(me, "work") ? standingOf(read, me.id) : null,
    openCount: may(me, "work") ? leftBehind(read, me.id).length : 0,
    unreadCount: labels.filter(({ unreadCount }) => unreadCount > 0).length,
    parkedCount: may(me, "work") ? ownWaitQueueCount(read, me.id) : 0,
    waitingCount: may(me, "work") ? waitingCount(read, { kind: "user", ...me }) : 0,
  }
}

/** What wants a user's attention wherever they are. */
export const popupsOf = (me: SessionUser, read: Reader) => ({
  screen: screenOf(me, read),
  offers: offersTo(me, read),
  standing: may(me, "work") ? standingOf(read, me.id) : null,
})

const offersTo = (me: SessionUser, read: Reader) =>
  may(me, "work") ? myConversations(read, me.id).filter(({ state }) => state === "offered") : []

/** What whoever sets up a company has still to do; null for everybody else. */
export const stepsLeftFor = (me: SessionUser, read: Reader): number | null =>
  may(me, "administer") ? stepsLeft(read) : null

/** The sections of the administration that a user may open. */
export const sectionsOf = (me: SessionUser) => ADMIN_SECTIONS.filter(({ permission }) => may(me, permission))

function placesOf(me: SessionUser): Place[] {
  if (!may(me, "work")) return ["tenants"]
  const own: Place[] = ["dashboard", "conversations", "waiting", "wait_queue", "customers", "history", "templates_sent"]
  if (may(me, "supervise")) own.push("unmanaged", "all_conversations", "agents")
  own.push("reports")
  return may(me, "administer") ? [...own, "settings"] : own
}
