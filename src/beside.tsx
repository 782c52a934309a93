/** Routes of what stands beside a conversation: its customer, colleagues, earlier conversations, templates, ways out. */
import { historyRoutes } from "~/conversation/routes/history.tsx"
import { conversationListRoutes } from "~/conversation/routes/list.tsx"
import { conversationMailRoutes } from "~/conversation/routes/mail.tsx"
import { onlookerRoutes } from "~/conversation/routes/onlookers.tsx"
import { ownHistoryRoutes } from "~/conversation/routes/own-history.tsx"
import { paletteRoutes } from "~/conversation/routes/palette.tsx"
import { customerArchiveRoutes } from "~/customer/routes/archive.tsx"
import { customerImportRoutes } from "~/customer/routes/imports.tsx"
import { customerJoiningRoutes } from "~/customer/routes/joining.tsx"
import { customerListRoutes } from "~/customer/routes/list.tsx"
import { customerPageRoutes } from "~/customer/routes/page.tsx"
import { customerRoutes } from "~/customer/routes.tsx"
import { templateSendingRoutes } from "~/message/routes/templates.tsx"
import { noteRoutes } from "~/note/routes.tsx"
import { tagRoutes } from "~/tag/routes.tsx"
import { templateAdminRoutes } from "~/template/routes/admin.tsx"
import { templateDraftRoutes } from "~/template/routes/drafts.tsx"
import { templateRoutes } from "~/template/routes.tsx"
import type { Areas } from "~/web/areas.ts"
import { Onlookers } from "~/web/onlookers.ts"
import { screenOf } from "./look.tsx"
import type { IntranetRouteParts } from "./routes.tsx"

/** What stands beside a conversation: its customer, colleagues, earlier conversations, and ways out of the house. */
export const besides = (areas: Areas, { clock, database, mailing, words: { find } }: IntranetRouteParts) => [
  historyRoutes(areas, { screenOf, find }),
  conversationListRoutes(areas, { screenOf, find }),
  ownHistoryRoutes(areas, { screenOf, find }),
  onlookerRoutes(areas, { screenOf, onlookers: new Onlookers(clock, database.bell) }),
  paletteRoutes(areas, { screenOf }),
  conversationMailRoutes(areas, { screenOf, mailing }),
  noteRoutes(areas),
  customerListRoutes(areas, { screenOf, find }),
  customerImportRoutes(areas, { screenOf }),
  customerPageRoutes(areas, { screenOf, find }),
  customerJoiningRoutes(areas, { screenOf }),
  customerArchiveRoutes(areas, { screenOf }),
  customerRoutes(areas, { screenOf }),
  tagRoutes(areas, { screenOf }),
]

/** Templates: picked and sent at the desk, written and opened by an admin. */
export const templates = (areas: Areas) => [
  templateRoutes(areas, { screenOf }),
  templateSendingRoutes(areas),
  templateDraftRoutes(areas, { screenOf }),
  templateAdminRoutes(areas, { screenOf }),
]
