import { signIn } from "./en/account.ts"
import { admin } from "./en/admin.ts"
import { agents } from "./en/agents.ts"
import { assignment } from "./en/assignment.ts"
import { audit } from "./en/audit.ts"
import { call } from "./en/call.ts"
import { channelHours } from "./en/channel-hours.ts"
import { channelTexts } from "./en/channel-texts.ts"
import { channels } from "./en/channels.ts"
import { composer } from "./en/composer.ts"
import { composerTools } from "./en/composer-tools.ts"
import { contents } from "./en/contents.ts"
import { conversations } from "./en/conversations.ts"
import { customers } from "./en/customers.ts"
import { details } from "./en/details.ts"
import { account } from "./en/doors.ts"
import { errors } from "./en/errors.ts"
import { events } from "./en/events.ts"
import { failures } from "./en/failures.ts"
import { files } from "./en/files.ts"
import { imports } from "./en/imports.ts"
import { joining } from "./en/joining.ts"
import { list } from "./en/list.ts"
import { mail } from "./en/mail.ts"
import { messageKinds } from "./en/message-kinds.ts"
import { messages } from "./en/messages.ts"
import { passkeys } from "./en/passkeys.ts"
import { tenants } from "./en/platform.ts"
import { refusals } from "./en/refusals.ts"
import { reports } from "./en/reports.ts"
import { retention } from "./en/retention.ts"
import { routing } from "./en/routing.ts"
import { settings } from "./en/settings.ts"
import { shell } from "./en/shell.ts"
import { signInSettings } from "./en/sign-in-settings.ts"
import { skillsets } from "./en/skillsets.ts"
import { speech } from "./en/speech.ts"
import { templates } from "./en/templates.ts"
import { templatesAdmin } from "./en/templates-admin.ts"
import { tenantPages } from "./en/tenants.ts"
import { transfers } from "./en/transfers.ts"
import { users } from "./en/users.ts"
import { waitQueue } from "./en/wait-queue.ts"
import { waiting } from "./en/waiting.ts"
import { waysIn } from "./en/ways-in.ts"
import { words } from "./en/words.ts"
import type { Plural } from "./index.ts"

export const en = {
  ...failures,
  ...retention,
  ...files,
  ...refusals,
  ...account,
  ...audit,
  ...signIn,
  ...passkeys,
  ...call,
  ...speech,
  ...mail,
  ...signInSettings,
  ...shell,
  ...agents,
  ...composerTools,
  ...conversations,
  ...composer,
  ...transfers,
  ...waiting,
  ...waitQueue,
  ...messages,
  ...messageKinds,
  ...reports,
  ...events,
  ...assignment,
  ...tenants,
  ...routing,
  ...errors,
  ...templates,
  ...templatesAdmin,
  ...details,
  ...customers,
  ...words,
  ...imports,
  ...joining,
  ...list,
  ...admin,
  ...users,
  ...contents,
  ...channelTexts,
  ...channelHours,
  ...channels,
  ...skillsets,
  ...settings,
  ...tenantPages,
  ...waysIn,
}
export type { Plural }
