import type { Catalogue } from "./index.ts"
import { signIn } from "./it/account.ts"
import { admin } from "./it/admin.ts"
import { agents } from "./it/agents.ts"
import { assignment } from "./it/assignment.ts"
import { audit } from "./it/audit.ts"
import { call } from "./it/call.ts"
import { channelHours } from "./it/channel-hours.ts"
import { channelTexts } from "./it/channel-texts.ts"
import { channels } from "./it/channels.ts"
import { composer } from "./it/composer.ts"
import { composerTools } from "./it/composer-tools.ts"
import { contents } from "./it/contents.ts"
import { conversations } from "./it/conversations.ts"
import { customers } from "./it/customers.ts"
import { details } from "./it/details.ts"
import { account } from "./it/doors.ts"
import { errors } from "./it/errors.ts"
import { events } from "./it/events.ts"
import { failures } from "./it/failures.ts"
import { files } from "./it/files.ts"
import { imports } from "./it/imports.ts"
import { joining } from "./it/joining.ts"
import { list } from "./it/list.ts"
import { mail } from "./it/mail.ts"
import { messageKinds } from "./it/message-kinds.ts"
import { messages } from "./it/messages.ts"
import { passkeys } from "./it/passkeys.ts"
import { tenants } from "./it/platform.ts"
import { refusals } from "./it/refusals.ts"
import { reports } from "./it/reports.ts"
import { retention } from "./it/retention.ts"
import { routing } from "./it/routing.ts"
import { settings } from "./it/settings.ts"
import { shell } from "./it/shell.ts"
import { signInSettings } from "./it/sign-in-settings.ts"
import { skillsets } from "./it/skillsets.ts"
import { speech } from "./it/speech.ts"
import { templates } from "./it/templates.ts"
import { templatesAdmin } from "./it/templates-admin.ts"
import { tenantPages } from "./it/tenants.ts"
import { transfers } from "./it/transfers.ts"
import { users } from "./it/users.ts"
import { waitQueue } from "./it/wait-queue.ts"
import { waiting } from "./it/waiting.ts"
import { waysIn } from "./it/ways-in.ts"
import { words } from "./it/words.ts"

export const it: Catalogue = {
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
