/** Every route of the appliance × every kind of visitor, with ids of one's own company and of another. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test"
import { userByUsername } from "~/account/queries.ts"
import type { Route } from "~/web/areas.ts"
import { conversations, messages } from "../journeys/scene.ts"
import { ACME, companyDocument, GLOBEX, PASSWORD } from "../support/cast.ts"
import { sitDown } from "../support/desk.ts"
import { rowsOf } from "../support/records.ts"
import { Visitor } from "../support/visitor.ts"
import { inbound, post } from "../support/wire.ts"
import { openWorld, type World } from "../support/world.ts"

/** Anna has the conversation that is asked for, one of Sales; Ivo is isolated in Service. */
const PEOPLE = {
  nobody: null,
  "its agent": "anna",
  "another agent": "marco",
  "an isolated agent": "ivo",
  "a supervisor": "carla",
  "a campaign manager": "mario",
  "the tenant's admin": "dora",
  "another tenant's admin": "dora2",
  "the platform admin": "root",
} as const
type Person = keyof typeof PEOPLE
const EVERYBODY = Object.keys(PEOPLE) as Person[]
const COMPANY: readonly Person[] = [
  "its agent",
  "another agent",
  "an isolated agent",
  "a supervisor",
  "a campaign manager",
  "the tenant's admin",
  "another tenant's admin",
  "the platform admin",
]

/** Who is let in by a route, and what is said to those who are signed in and are not. */
type Rule = { enters: (whose: Whose) => readonly Person[]; others: "may not" | "not found" | "is sent to the login" }
type Whose = "Acme's" | "Globex's"
const RULES = {
  anybody: { enters: () => EVERYBODY, others: "may not" },
  /** A call, which is its agent's alone, the first run, which is over, and what an appliance without an authority of its own does not have. */
  over: { enters: () => [], others: "not found" },
  /** The id that is asked for is of another kind: nobody finds it (tests/report/schedules.test.ts has one). */
  notThere: { enters: () => [], others: "not found" },
  /** Between a right password and a session: nobody here has begun. */
  onTheWay: { enters: () => [], others: "is sent to the login" },
  signedIn: { enters: () => COMPANY, others: "may not" },
  /** The platform admin runs the appliance, and is told so before anything is looked up. */
  works: { enters: () => COMPANY.filter((person) => person !== "the platform admin"), others: "may not" },
  supervises: {
    enters: () => COMPANY.filter((person) => /supervisor|admin/.test(person) && person !== "the platform admin"),
    others: "may not",
  },
  administers: { enters: () => ["the tenant's admin", "another tenant's admin"], others: "may not" },
  administersIt: {
    enters: (whose) => [whose === "Globex's" ? "another tenant's admin" : "the tenant's admin"],
    others: "not found",
  },
  platform: { enters: () => ["the platform admin"], others: "may not" },
  seesIt: {
    enters: (whose) =>
      whose === "Globex's"
        ? ["another tenant's admin"]
        : ["its agent", "another agent", "a supervisor", "a campaign manager", "the tenant's admin"],
    others: "not found",
  },
  steersIt: {
    enters: (whose) => (whose === "Globex's" ? ["another tenant's admin"] : ["a supervisor", "the tenant's admin"]),
    others: "not found",
  },
} as const satisfies Record<string, Rule>
/** Who may supervise at all; whoever may not is told so before anything is looked up. */
const SUPERVISING: readonly Person[] = ["a supervisor", "the tenant's admin", "another tenant's admin"]

const ADMINISTERING: readonly Person[] = ["the tenant's admin", "another tenant's admin"]

/** A new route, or one that moved to another area, fails until it stands here. */
const ROUTES: Readonly<Record<string, keyof typeof RULES>> = {
  "open GET /login": "anybody",
  "open POST /login": "anybody",
  "open GET /login/code": "onTheWay",
  "open POST /login/code": "onTheWay",
  "open POST /login/code/passkey": "onTheWay",
  "open GET /login/passkey": "over",
  "open POST /login/passkey": "anybody",
  "open GET /login/password": "onTheWay",
  "open POST /login/password": "onTheWay",
  "open GET /login/second-factor": "onTheWay",
  "open POST /login/second-factor": "onTheWay",
  "open POST /login/second-factor/passkey": "onTheWay",
  "open POST /login/with": "onTheWay",
  "open GET /login/with/:provider/:company": "over",
  "open GET /password/forgotten": "anybody",
  "open POST /password/forgotten": "anybody",
  "open GET /password/reset/:token": "anybody",
  "open POST /password/reset/:token": "anybody",
  "open GET /setup/:token": "over",
  "open POST /setup/:token": "over",
  "open GET /health": "anybody",
  "open GET /metrics": "anybody",
  "open GET /brand/:file": "over",
  "open GET /authority.crt": "over",
  "signedIn GET /": "signedIn",
  "signedIn GET /events": "signedIn",
  "signedIn GET /header": "signedIn",
  "signedIn GET /map/tile": "signedIn",
  "signedIn GET /map/picture": "signedIn",
  "signedIn GET /popups": "signedIn",
  "signedIn GET /styleguide": "signedIn",
  "signedIn GET /profile": "signedIn",
  "signedIn POST /profile/language": "signedIn",
  "signedIn POST /profile/password": "signedIn",
  "signedIn POST /profile/sessions/:session/ending": "over",
  "signedIn POST /profile/sessions/ending": "signedIn",
  "signedIn GET /profile/second-factor": "signedIn",
  "signedIn POST /profile/second-factor": "signedIn",
  "signedIn POST /profile/second-factor/confirmation": "over",
  "signedIn POST /profile/second-factor/codes": "signedIn",
  "signedIn POST /profile/second-factor/ending": "signedIn",
  "signedIn POST /profile/passkeys/new": "signedIn",
  "signedIn POST /profile/passkeys": "signedIn",
  "signedIn GET /profile/passkeys/:id": "notThere",
  "signedIn GET /profile/passkeys/:id/name": "notThere",
  "signedIn POST /profile/passkeys/:id/name": "notThere",
  "signedIn POST /profile/passkeys/:id/removal": "notThere",
  "signedIn GET /proof": "signedIn",
  "signedIn POST /proof": "signedIn",
  "signedIn POST /proof/elsewhere": "signedIn",
  "signedIn POST /logout": "signedIn",
  "desk GET /notices": "works",
  "desk POST /notices/seen": "works",
  "desk POST /presence": "works",
  "desk GET /logout": "works",
  "supervision GET /agents": "supervises",
  "supervision GET /wallboard": "supervises",
  "desk GET /reports/combined": "works",
  "desk GET /reports": "works",
  "supervision POST /reports/schedules": "supervises",
  "supervision POST /reports/schedules/:id/ending": "notThere",
  "desk POST /reports/export": "works",
  "supervision GET /agents/:id": "steersIt",
  "supervision POST /agents/:id/status": "steersIt",
  "supervision POST /channels/:id/forced-hours": "steersIt",
  "supervision POST /channels/:id/forced-hours/ending": "steersIt",
  "desk GET /waiting": "works",
  "supervision GET /waiting/ending": "supervises",
  "supervision POST /waiting/steering": "supervises",
  "supervision GET /waiting/closing": "supervises",
  "supervision POST /waiting/closing": "supervises",
  "supervision GET /unmanaged": "supervises",
  "supervision POST /unmanaged/:id/skillset": "supervises",
  "desk GET /conversations": "works",
  "desk GET /conversations/list": "works",
  "desk GET /conversations/sums": "works",
  "desk GET /conversations/:id": "seesIt",
  "desk GET /conversations/:id/thread": "seesIt",
  "desk GET /conversations/:id/hits": "seesIt",
  "desk GET /conversations/:id/pane": "seesIt",
  "desk GET /conversations/:id/details": "seesIt",
  "desk GET /conversations/:id/history": "seesIt",
  "desk GET /conversations/:id/beside": "seesIt",
  "desk GET /conversations/:id/onlookers": "seesIt",
  "desk POST /conversations/:id/looking": "seesIt",
  "desk GET /conversations/:id/files/progress": "seesIt",
  "desk GET /palette": "works",
  "desk GET /conversations/:id/mail": "seesIt",
  "desk POST /conversations/:id/mail": "seesIt",
  "desk GET /conversations/:id/tags": "seesIt",
  "desk POST /conversations/:id/tags": "seesIt",
  "desk POST /conversations/:id/tags/removal": "seesIt",
  "desk POST /conversations/:id/notes": "seesIt",
  "desk GET /conversations/:id/colleagues": "seesIt",
  "desk GET /history": "works",
  "desk GET /history/:id": "over",
  "desk POST /history/export": "works",
  "supervision GET /all-conversations": "supervises",
  "supervision GET /all-conversations/:id": "steersIt",
  "supervision POST /all-conversations/export": "supervises",
  "signedIn POST /lists/filters": "signedIn",
  "signedIn POST /lists/filters/:id/deletion": "over",
  "desk GET /customers": "works",
  "desk POST /customers/export": "works",
  "desk GET /customers/new": "works",
  "desk POST /customers": "works",
  "desk GET /customers/:id": "seesIt",
  "desk GET /customers/:id/card": "seesIt",
  "supervision POST /customers/:id/archive": "steersIt",
  "supervision GET /customers/:id/joining": "steersIt",
  "supervision POST /customers/:id/joining": "steersIt",
  "supervision GET /customers/:id/separating": "notThere",
  "supervision POST /customers/:id/separating": "steersIt",
  "desk GET /customers/:id/history": "seesIt",
  "desk GET /customers/:id/form": "seesIt",
  "desk POST /customers/:id": "seesIt",
  "desk GET /customers/:id/deed": "seesIt",
  "desk POST /customers/:id/standing": "seesIt",
  "desk POST /conversations/:id/opening": "seesIt",
  "desk POST /conversations/:id/taking": "seesIt",
  "desk GET /conversations/:id/closing": "seesIt",
  "desk POST /conversations/:id/closing": "seesIt",
  "desk POST /conversations/:id/reopening": "seesIt",
  "desk GET /conversations/:id/transfer": "seesIt",
  "desk GET /conversations/:id/transfer/choices": "seesIt",
  "desk POST /conversations/:id/transfer": "seesIt",
  "desk GET /conversations/:id/call": "seesIt",
  "administration GET /admin/calls": "administers",
  "administration POST /admin/calls": "administers",
  "administration POST /admin/calls/template": "administers",
  "administration GET /admin/calls/trial": "administers",
  "desk POST /conversations/:id/call": "seesIt",
  "desk POST /conversations/:id/dictation": "seesIt",
  "desk POST /conversations/:id/dictation/language": "seesIt",
  "desk POST /dictation/notice": "works",
  "desk POST /media/:id/transcription": "seesIt",
  "administration GET /admin/speech": "administers",
  "administration POST /admin/speech": "administers",
  "administration POST /admin/speech/test": "administers",
  "desk POST /calls/:id/link": "over",
  "desk GET /calls/:id/servers": "over",
  "desk GET /calls/:id/events": "over",
  "desk POST /calls/:id/signals": "over",
  "desk POST /calls/:id/end": "over",
  "desk POST /conversations/:id/declining": "seesIt",
  "desk POST /conversations/:id/releasing": "seesIt",
  "desk GET /wait-queue": "works",
  "desk POST /conversations/:id/park": "seesIt",
  "desk POST /conversations/:id/unpark": "seesIt",
  "desk POST /conversations/:id/read": "seesIt",
  "desk GET /conversations/:id/predefined-messages": "seesIt",
  "desk POST /conversations/:id/messages": "seesIt",
  "desk GET /conversations/:id/templates": "seesIt",
  "desk GET /conversations/:id/templates/:template": "seesIt",
  "desk POST /conversations/:id/templates": "seesIt",
  "desk POST /templates/files": "works",
  "desk GET /templates-sent": "works",
  "desk POST /templates-sent/:id/closing": "seesIt",
  "desk GET /start": "works",
  "administration GET /admin/channels": "administers",
  "administration POST /admin/channels/export": "administers",
  "administration GET /admin/channels/new": "administers",
  "administration GET /admin/channels/holidays": "administers",
  "administration POST /admin/channels/holidays": "administers",
  "administration POST /admin/channels/holidays/adding": "administers",
  "administration POST /admin/channels": "administers",
  "administration POST /admin/channels/:id/enabling": "administersIt",
  "administration GET /admin/channels/:id/deletion": "administersIt",
  "administration POST /admin/channels/:id/deletion": "administersIt",
  "administration GET /admin/channels/:id": "administersIt",
  "administration GET /admin/channels/:id/set-up": "administersIt",
  "administration POST /admin/channels/:id": "administersIt",
  "administration POST /admin/channels/:id/check": "administersIt",
  "administration POST /admin/channels/:id/subscription": "administersIt",
  "administration POST /admin/channels/:id/test-message": "administersIt",
  "administration GET /admin/channels/:id/hours": "administersIt",
  "administration POST /admin/channels/:id/hours": "administersIt",
  "administration GET /admin/channels/:id/skillsets": "administersIt",
  "administration POST /admin/channels/:id/skillsets": "administersIt",
  "administration GET /admin/channels/:id/behaviour": "administersIt",
  "administration POST /admin/channels/:id/behaviour": "administersIt",
  "administration GET /admin/channels/:id/messages": "administersIt",
  "administration POST /admin/channels/:id/messages": "administersIt",
  "administration GET /admin/channels/:id/menu": "administersIt",
  "administration POST /admin/channels/:id/menu": "administersIt",
  "administration GET /admin/channels/:id/profiling": "administersIt",
  "administration POST /admin/channels/:id/profiling": "administersIt",
  "administration POST /admin/channels/:id/messages/preview": "administersIt",
  "administration POST /admin/channels/:id/menu/trial": "administersIt",
  "administration GET /admin/templates": "administers",
  "administration POST /admin/templates/sync": "administers",
  "administration POST /admin/templates/export": "administers",
  "administration GET /admin/templates/new": "administers",
  "administration POST /admin/templates": "administers",
  "administration POST /admin/templates/check": "administers",
  "administration POST /admin/templates/examples": "administers",
  "administration GET /admin/templates/:id": "administersIt",
  "administration POST /admin/templates/:id": "administersIt",
  "administration GET /admin/templates/:id/content": "administersIt",
  "administration POST /admin/templates/:id/content": "administersIt",
  "administration GET /admin/templates/:id/deletion": "administersIt",
  "administration POST /admin/templates/:id/deletion": "administersIt",
  "desk GET /start/choices": "works",
  /** No number is named, from which a template would be sent. */
  "desk GET /start/templates/:template": "over",
  "desk POST /start": "works",
  "desk POST /conversations/:id/files": "seesIt",
  "desk POST /conversations/:id/locations": "seesIt",
  "desk GET /conversations/:id/locations": "seesIt",
  "desk GET /locations/search": "works",
  "desk POST /conversations/:id/voice-notes": "seesIt",
  "desk GET /media/:id": "seesIt",
  "desk POST /media/:id/fetching": "seesIt",
  "desk POST /conversations/:id/messages/:message/resend": "seesIt",
  "desk POST /conversations/:id/messages/:message/reaction": "seesIt",
  "desk POST /conversations/:id/messages/:message/card": "seesIt",
  "desk GET /conversations/:id/contacts": "seesIt",
  "desk POST /conversations/:id/contacts": "seesIt",
  "desk POST /conversations/:id/messages/:message/discard": "seesIt",
  "supervision GET /conversations/:id/why": "steersIt",
  "signedIn GET /admin": "signedIn",
  "signedIn POST /lists/columns": "signedIn",
  "administration GET /admin/branding": "administers",
  "administration POST /admin/branding": "administers",
  "administration POST /admin/branding/logo": "administers",
  "administration POST /admin/branding/logo/removing": "administers",
  "administration GET /admin/set-aside": "administers",
  "administration GET /admin/standing": "administers",
  "administration POST /admin/set-aside/:id/placing": "administersIt",
  "administration POST /admin/set-aside/:id/removing": "administersIt",
  "platform GET /admin/unplaced": "platform",
  "administration POST /admin/users/:id/invitation": "administersIt",
  "administration POST /admin/users/:id/password-reset": "administersIt",
  "administration POST /admin/users/:id/second-factor/reset": "administersIt",
  "administration POST /admin/users/:id/sessions/ending": "administersIt",
  "administration GET /admin/sign-in": "administers",
  "administration POST /admin/sign-in": "administers",
  "platform GET /admin/appliance/sign-in": "platform",
  "platform POST /admin/appliance/sign-in": "platform",
  "platform GET /admin/appliance/scanner": "platform",
  "platform GET /admin/appliance/scanner/earlier": "platform",
  "platform POST /admin/appliance/scanner": "platform",
  "platform POST /admin/appliance/scanner/trial": "platform",
  "platform GET /admin/appliance/mail": "platform",
  "platform POST /admin/appliance/mail": "platform",
  "platform POST /admin/appliance/mail/removing": "platform",
  "platform POST /admin/appliance/mail/test": "platform",
  "platform POST /admin/appliance/mail/:id/again": "over",
  "administration GET /admin/ways-in": "administers",
  "administration GET /admin/ways-in/directory": "administers",
  "administration POST /admin/ways-in/directory": "administers",
  "administration POST /admin/ways-in/directory/removing": "administers",
  "administration POST /admin/ways-in/directory/test": "over",
  "administration GET /admin/ways-in/providers/:provider": "over",
  "administration POST /admin/ways-in/providers/:provider": "over",
  "administration POST /admin/ways-in/providers/:provider/removing": "over",
  "administration POST /admin/ways-in/providers/:provider/test": "over",
  "administration POST /admin/users/:id/provider/unlinking": "administersIt",
  "administration GET /admin/mail": "administers",
  "administration POST /admin/mail": "administers",
  "administration POST /admin/mail/removing": "administers",
  "administration POST /admin/mail/test": "administers",
  "administration POST /admin/mail/:id/again": "over",
  "administration GET /admin/audit": "administers",
  "administration GET /admin/audit/:id": "administersIt",
  "administration POST /admin/audit/export": "administers",
  "administration GET /admin/locations": "administers",
  "administration POST /admin/locations/export": "administers",
  "administration GET /admin/locations/new": "administers",
  "administration POST /admin/locations": "administers",
  "administration GET /admin/locations/:id": "administersIt",
  "administration POST /admin/locations/:id": "administersIt",
  "administration GET /admin/locations/:id/deletion": "administersIt",
  "administration POST /admin/locations/:id/deletion": "administersIt",
  "administration GET /admin/predefined-messages": "administers",
  "administration POST /admin/predefined-messages/export": "administers",
  "administration GET /admin/predefined-messages/new": "administers",
  "administration POST /admin/predefined-messages": "administers",
  "administration GET /admin/predefined-messages/:id": "administersIt",
  "administration POST /admin/predefined-messages/:id": "administersIt",
  "administration GET /admin/predefined-messages/:id/copy": "administersIt",
  "administration GET /admin/predefined-messages/:id/deletion": "administersIt",
  "administration POST /admin/predefined-messages/:id/deletion": "administersIt",
  "administration GET /admin/profiling": "administers",
  "administration POST /admin/profiling/export": "administers",
  "administration GET /admin/profiling/new": "administers",
  "administration POST /admin/profiling": "administers",
  "administration GET /admin/profiling/:id": "administersIt",
  "administration POST /admin/profiling/:id": "administersIt",
  "administration GET /admin/profiling/:id/deletion": "administersIt",
  "administration POST /admin/profiling/:id/deletion": "administersIt",
  "administration GET /admin/properties": "administers",
  "administration POST /admin/properties/export": "administers",
  "administration GET /admin/properties/new": "administers",
  "administration POST /admin/properties": "administers",
  "administration GET /admin/properties/:id": "administersIt",
  "administration POST /admin/properties/:id": "administersIt",
  "administration POST /admin/properties/:id/moving": "administersIt",
  "administration GET /admin/properties/:id/deletion": "administersIt",
  "administration POST /admin/properties/:id/deletion": "administersIt",
  "administration GET /admin/imports": "administers",
  "administration POST /admin/imports/files": "administers",
  "administration GET /admin/imports/sample": "administers",
  "administration GET /admin/imports/:id": "administersIt",
  "administration GET /admin/imports/:id/work": "administersIt",
  "administration POST /admin/imports/:id/reading": "administersIt",
  "administration POST /admin/imports/:id/checking": "administersIt",
  "administration POST /admin/imports/:id/steering": "administersIt",
  "administration GET /admin/imports/:id/problems": "administersIt",
  "administration POST /admin/imports/:id/problems/export": "administersIt",
  "administration GET /admin/tags": "administers",
  "administration POST /admin/tags/export": "administers",
  "administration GET /admin/tags/new": "administers",
  "administration POST /admin/tags": "administers",
  "administration GET /admin/tags/:id": "administersIt",
  "administration POST /admin/tags/:id": "administersIt",
  "administration GET /admin/tags/:id/merging": "administersIt",
  "administration POST /admin/tags/:id/merging": "administersIt",
  "administration GET /admin/tags/:id/deletion": "administersIt",
  "administration POST /admin/tags/:id/deletion": "administersIt",
  "administration GET /admin/users": "administers",
  "administration POST /admin/users/export": "administers",
  "administration GET /admin/configuration": "administers",
  "administration POST /admin/configuration/export": "administers",
  "platform GET /admin/health": "platform",
  "administration GET /admin/settings": "administers",
  "administration GET /admin/retention": "administers",
  "administration POST /admin/retention": "administers",
  "administration GET /admin/retention/preview": "administers",
  "administration GET /admin/retention/progress": "administers",
  "administration POST /admin/retention/run": "administers",
  /** The id that is asked for is of another kind (tests/retention has holds and erasures). */
  "administration POST /admin/retention/holds/:id/lifting": "notThere",
  "administration GET /admin/retention/erasures/:id": "notThere",
  "administration GET /customers/:id/erasure": "administersIt",
  "administration POST /customers/:id/erasure": "administersIt",
  "administration GET /customers/:id/hold": "administersIt",
  "administration POST /customers/:id/hold": "administersIt",
  "administration GET /conversations/:id/hold": "administersIt",
  "administration POST /conversations/:id/hold": "administersIt",
  "administration POST /admin/settings": "administers",
  "administration GET /admin/skillsets": "administers",
  "administration POST /admin/skillsets": "administers",
  "administration POST /admin/skillsets/export": "administers",
  "administration GET /admin/skillsets/new": "administers",
  "administration GET /admin/skillsets/:id": "administersIt",
  "administration POST /admin/skillsets/:id": "administersIt",
  "administration GET /admin/skillsets/:id/deletion": "administersIt",
  "administration POST /admin/skillsets/:id/deletion": "administersIt",
  "administration GET /admin/users/new": "administers",
  "administration POST /admin/users": "administers",
  "administration GET /admin/users/:id": "administersIt",
  "administration POST /admin/users/:id": "administersIt",
  "administration POST /admin/users/:id/enabling": "administersIt",
  "administration GET /admin/users/:id/deletion": "administersIt",
  "administration POST /admin/users/:id/deletion": "administersIt",
  "platform GET /admin/tenants": "platform",
  "platform POST /admin/tenants": "platform",
  "platform GET /admin/tenants/new": "platform",
  /** The id that is asked for is of another kind. */
  "platform GET /admin/tenants/:id/disabling": "over",
  "platform POST /admin/tenants/:id/disabling": "over",
  "platform POST /admin/tenants/:id/enabling": "over",
  "platform POST /admin/tenants/:id/invitation": "over",
}
const SKILLSETS = [{ name: "Sales" }, { name: "Service" }, { name: "Spare" }]
const DIRECTORY_FORM = {
  url: "ldap://directory.test",
  way: "user",
  bindName: "uid={username},dc=acme",
  serviceName: "",
  searchBase: "",
  userFilter: "",
  groupBase: "",
  allowedGroups: "",
  groupRules: "",
  certificate: "",
}
const FORMS: Readonly<Record<string, Record<string, string>>> = {
  "/presence": { status: "break" },
  "/agents/:id/status": { status: "break" },
  "/channels/:id/forced-hours": { state: "open", until: "18:00" },
  "/profile/language": { language: "en" },
  "/conversations/:id/closing": { seenUnread: "1000" },
  "/conversations/:id/transfer": { mode: "immediate" },
  "/conversations/:id/park": { as: "public", reason: "" },
  "/conversations/:id/templates": { template: "1", clientId: "access" },
  "/conversations/:id/locations": { clientId: "access-place", latitude: "45.46", longitude: "9.19" },
  "/conversations/:id/messages/:message/reaction": { emoji: "👍" },
  "/conversations/:id/messages/:message/card": { card: "0" },
  "/conversations/:id/contacts": { source: "colleague", id: "1", clientId: "access" },
  "/admin/users/export": { format: "csv" },
  "/customers/export": { format: "csv" },
  "/history/export": { format: "csv" },
  "/all-conversations/export": { format: "csv" },
  "/lists/filters": { list: "conversations", name: "Mine", query: "view=all" },
  "/admin/skillsets/export": { format: "csv" },
  "/admin/audit/export": { format: "csv" },
  "/admin/mail": { host: "mail.test", port: "587", security: "tls", username: "", password: "", sender: "a@b.test" },
  "/admin/mail/test": { to: "a@b.test" },
  "/admin/retention": {
    before: "{}",
    conversationsDays: "0",
    mediaDays: "0",
    webhooksDays: "0",
    logsDays: "0",
    presenceDays: "0",
  },
  "/customers/:id/erasure": { typed: "nobody" },
  "/customers/:id/hold": { reason: "Lawsuit" },
  "/conversations/:id/hold": { reason: "Lawsuit" },
  "/password/forgotten": { known: "nobody-here" },
  "/login/with": { provider: "google", company: "nobody-here", language: "", shownLanguage: "en", next: "/" },
  "/admin/ways-in/directory": DIRECTORY_FORM,
  "/login/code": { code: "123456" },
  "/login/second-factor": { code: "123456" },
  "/profile/second-factor/confirmation": { code: "123456" },
  "/admin/locations/export": { format: "csv" },
  "/admin/predefined-messages/export": { format: "csv" },
  "/admin/profiling/export": { format: "csv" },
  "/admin/properties/export": { format: "csv" },
  "/admin/tags/export": { format: "csv" },
  "/admin/imports/:id/problems/export": { format: "csv" },
  "/admin/properties/:id/moving": { direction: "down" },
  "/admin/tags/:id/merging": { into: "1" },
  "/admin/channels/export": { format: "csv" },
  "/admin/channels/holidays": { numbers: "1", year: "2027", country: "IT", list: "", source: "country" },
  "/admin/channels/holidays/adding": { year: "2027" },
  "/admin/channels/:id/enabling": { enabled: "on" },
  "/admin/templates/export": { format: "csv" },
  "/lists/columns": { list: "users", usual: "yes" },
  "/conversations/:id/messages": { text: "Words of somebody", clientId: "access" },
  "/conversations/:id/looking": { doing: "looking" },
  "/conversations/:id/notes": { text: "For us alone", clientId: "access" },
}

/** What a company keeps for its agents, one of each. */
const KEPT = {
  predefinedMessages: [{ category: "Greetings", title: "Welcome", text: "Hello" }],
  profiling: [{ name: "Unused", reasons: ["One"] }],
  customerProperties: [{ name: "Contract" }],
  tags: ["urgent"],
}
const OFFICE = { name: "Office", latitude: 45.46, longitude: 9.19 }

let world: World
const NOTHING = {
  conversation: 0,
  message: 0,
  medium: 0,
  agent: 0,
  channel: 0,
  aside: 0,
  customer: 0,
  spare: 0,
  skillset: 0,
  location: 0,
  predefined: 0,
  tree: 0,
  property: 0,
  tag: 0,
  import: 0,
}
/** A file of customers that waits for somebody to tell its columns. */
async function importOf(admin: string): Promise<number> {
  const { visitor } = await sitDown(world, admin, { listening: false })
  const answer = await visitor.upload("/admin/imports/files?name=a.csv", "name,phone\nAnna,+39 345 555 0199")
  await world.settle()
  return ((await answer.json()) as { import: number }).import
}
const asked: Record<Whose, typeof NOTHING> = { "Acme's": NOTHING, "Globex's": NOTHING }

beforeAll(async () => {
  const [acme, globex] = companyDocument().tenants
  const mario = { ...acme?.users[0], username: "mario", level: "campaign_manager", skillsets: [] }
  const people = { username: "root", password: PASSWORD, firstName: "Rita", lastName: "Neri" }
  /** Somebody whom their admin may let go without anybody missing them here. */
  const spare = (suffix: string) => ({ ...acme?.users[0], username: `spare${suffix}`, skillsets: [] })
  const tenants = [
    { ...acme, users: [...(acme?.users ?? []), mario, spare("")], skillsets: SKILLSETS, locations: [OFFICE], ...KEPT },
    { ...globex, users: [...(globex?.users ?? []), spare("2")], skillsets: SKILLSETS, locations: [OFFICE], ...KEPT },
  ]
  const document = { tenants, platformAdmins: [people] }
  world = await openWorld({ document })
  const giulia = world.simulator.phones.create({ name: "Giulia Lombardi", phone: "+39 345 555 0172" })
  for (const [whose, { number }, agent] of [
    ["Acme's", ACME, "anna"],
    ["Globex's", GLOBEX, "anna2"],
  ] as const) {
    const anna = await sitDown(world, agent)
    giulia.say("Buongiorno", { to: number.phoneNumberId })
    await world.settle()
    const conversation = conversations(world).find(({ owner }) => owner === anna.id)?.id ?? 0
    expect([await anna.open(conversation), await anna.reply(conversation, "Mi dica")]).toEqual([null, null])
    await world.settle()
    const { channel = 0, customer = 0 } = conversations(world).find(({ id }) => id === conversation) ?? {}
    const message = messages(world, conversation).at(-1)?.id ?? 0
    giulia.send({ kind: "image" }, { to: number.phoneNumberId })
    await world.settle()
    const medium = messages(world, conversation).find(({ kind }) => kind === "image")?.id ?? 0
    const lost = inbound(giulia, { id: `wamid.lost.${agent}`, text: "Per chi?" }, { ...number, phoneNumberId: "999" })
    await post(world, lost, { secret: number.appSecret })
    const aside = rowsOf<{ id: number }>(world.database.path, "SELECT max(id) AS id FROM quarantine")[0]?.id ?? 0
    const spare = userByUsername(world.database.appliance.read, agent.replace("anna", "spare"))?.id ?? 0
    const first = (table: string) =>
      rowsOf<{ id: number }>(world.database.path, `SELECT id FROM ${table} WHERE tenant = ?`, anna.tenant)[0]?.id ?? 0
    const mine = "SELECT id FROM skillset WHERE name = 'Spare' AND tenant = ?"
    const skillset = rowsOf<{ id: number }>(world.database.path, mine, anna.tenant)[0]?.id ?? 0
    const ours = "SELECT id FROM location WHERE tenant = ?"
    const location = rowsOf<{ id: number }>(world.database.path, ours, anna.tenant)[0]?.id ?? 0
    const kept = { predefined: first("predefinedMessage"), tree: first("profilingTree") }
    const named = {
      property: first("customerProperty"),
      tag: first("tag"),
      import: await importOf(agent.replace("anna", "dora")),
    }
    const more = { aside, customer, spare, skillset, location, ...kept, ...named }
    asked[whose] = { conversation, message, medium, agent: anna.id, channel, ...more }
  }
})
afterAll(() => world.close())

/** Meta's own first template, as each company has it. */
const templateOf = (whose: Whose): number => {
  const wabaId = (whose === "Acme's" ? ACME : GLOBEX).number.wabaId
  return rowsOf<{ id: number }>(world.database.path, "SELECT id FROM template WHERE wabaId = ?", wabaId)[0]?.id ?? 0
}

type Access = "enters" | "is sent to the login" | "may not" | "not found"

/** Signed in a moment ago: one of the routes signs out. */
async function browserOf(person: Person): Promise<Visitor> {
  const name = PEOPLE[person]
  return name ? (await sitDown(world, name, { listening: false })).visitor : new Visitor(world.answer)
}

async function attempt({ area, method, path }: Route, person: Person, whose: Whose): Promise<Access> {
  const visitor = await browserOf(person)
  if (path === "/events") return listen(visitor, person)
  if (area === "open") await visitor.get("/login")
  const { conversation, message, medium, agent, channel, aside, customer, spare, ...more } = asked[whose]
  const [, noun = ""] = path.replace("/admin/", "/").split("/")
  const ids: Record<string, number> = {
    agents: agent,
    channels: channel,
    media: medium,
    customers: customer,
    users: spare,
    skillsets: more.skillset,
    locations: more.location,
    audit: newestEntry(whose),
    "set-aside": aside,
    templates: templateOf(whose),
    "predefined-messages": more.predefined,
    profiling: more.tree,
    properties: more.property,
    tags: more.tag,
    imports: more.import,
  }
  const id = ids[noun] ?? conversation
  const real = path
    .replace(":id", String(id))
    .replace(":message", String(message))
    .replace(":template", "1")
    .replace(/:(token|session)/, "x")
  const isReceived = /\/(files|voice-notes|signals|dictation|logo)$/.test(path)
  if (isReceived) await visitor.get("/conversations")
  const post = () => (isReceived ? visitor.upload(real, "words") : visitor.post(real, FORMS[path] ?? {}))
  const response = await (method === "GET" ? visitor.get(real) : post())
  if (response.headers.get("location")?.startsWith("/login?") || response.status === 401) return "is sent to the login"
  if (response.status === 404) return "not found"
  expect([path, person, response.status < 500]).toEqual([path, person, true])
  return response.status === 403 ? "may not" : "enters"
}

const newestEntry = (whose: Whose): number => {
  const slug = whose === "Acme's" ? "acme" : "globex"
  const sql = "SELECT max(e.id) AS id FROM auditEntry e JOIN tenant t ON t.id = e.tenant WHERE t.slug = ?"
  return rowsOf<{ id: number }>(world.database.path, sql, slug)[0]?.id ?? 0
}

/** A stream that has nobody at its end says goodbye, and its page goes to the login. */
async function listen(visitor: Visitor, person: Person): Promise<Access> {
  if (person !== "nobody") {
    await visitor.listen()
    await visitor.leave()
    return "enters"
  }
  const answer = await world.answer(
    new Request("http://127.0.0.1:8080/events", { headers: { host: "127.0.0.1:8080", accept: "text/event-stream" } }),
  )
  return (await answer.text()).startsWith("event: bye") ? "is sent to the login" : "enters"
}

const expected = (rule: Rule, area: string, person: Person, whose: Whose): Access => {
  if (rule.enters(whose).includes(person)) return "enters"
  if (person === "nobody" && area !== "open") return "is sent to the login"
  if (area === "supervision" && !SUPERVISING.includes(person)) return "may not"
  if (area === "administration" && !ADMINISTERING.includes(person)) return "may not"
  if (area === "platform" && person !== "the platform admin") return "may not"
  return person === "the platform admin" && area === "desk" ? "may not" : rule.others
}

const routes = () => world.appliance.intranet.routes
const nameOf = ({ area, method, path }: Route) => `${area} ${method} ${path}`

/** Two thousand requests: on a busy machine they take their time. */
const LIMIT_MS = 240_000

describe("Every route, every visitor", () => {
  test("every route is listed with its area, and nothing is listed that is not there", () => {
    expect(routes().map(nameOf).sort()).toEqual(Object.keys(ROUTES).sort())
  })

  test("the conversations that are asked for are there", () => {
    for (const { conversation, message, medium } of Object.values(asked))
      expect(conversation * message * medium).toBeGreaterThan(0)
  })

  for (const whose of ["Acme's", "Globex's"] as const)
    test(
      `enters exactly where it may, asking for what is ${whose}`,
      async () => {
        const wanted: string[] = []
        const got: string[] = []
        for (const route of routes()) {
          const rule: Rule = RULES[ROUTES[nameOf(route)] ?? "over"]
          for (const person of EVERYBODY) {
            wanted.push(`${nameOf(route)}: ${person} ${expected(rule, route.area, person, whose)}`)
            got.push(`${nameOf(route)}: ${person} ${await attempt(route, person, whose)}`)
          }
        }
        expect(got).toEqual(wanted)
      },
      LIMIT_MS,
    )
})

describe("The public listener", () => {
  const PUBLIC = [
    "GET /webhooks/whatsapp",
    "POST /webhooks/whatsapp",
    "GET /call/assets/:file",
    "GET /call/brand/:file",
    "GET /call/:token",
    "POST /call/:token/join",
    "GET /call/:token/events",
    "POST /call/:token/signals",
    "POST /call/:token/leave",
  ]
  const ask = (method: string, path: string) =>
    world.answerPublic(new Request(`http://public.test${path}`, { method, headers: { host: "public.test" } }))

  test("has the webhook, the page of a call and its signalling, and no other route", () => {
    expect(world.appliance.publicRoutes.map(({ method, path }) => `${method} ${path}`)).toEqual(PUBLIC)
  })

  test("answers a bare 404 to everything else: no words, no cookie, no way in", async () => {
    const inside = [...new Set(routes().map(({ path }) => path.replaceAll(/:\w+/g, "1")))]
    const near = ["/webhooks", "/webhooks/", "/webhooks/whatsapp/", "/webhooks/whatsapp/1", "/Webhooks/whatsapp", "//"]
    const files = ["/assets/styles/base.css", "/favicon.ico", "/robots.txt", "/.env", "/%2e%2e/%2e%2e/etc/passwd"]
    for (const path of [...inside, ...near, ...files, "/webhooks/whatsapp"])
      for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
        if (path === "/webhooks/whatsapp" && ["GET", "HEAD", "POST"].includes(method)) continue
        const answer = await ask(method, path)
        const said = { status: answer.status, body: await answer.text(), cookies: answer.headers.getSetCookie() }
        expect({ method, path, ...said }).toEqual({ method, path, status: 404, body: "", cookies: [] })
        expect([...answer.headers.keys()]).toEqual(["x-content-type-options"])
      }
  })
})
