/**
 * The sections of `/admin`, in the order of its navigation. Whoever adds a page adds its line here: the page's path, its
 * icon, its phrase, and who may open it. The frame stands around every page under `/admin` by itself (look.tsx).
 */
import type { Permission } from "~/account/rules/policy.ts"
import type { PlainKey } from "../locales/index.ts"
import type { IconName } from "../parts/icons.ts"

export type AdminSection = {
  group: "people" | "whatsapp" | "customers" | "watch" | "system" | "appliance"
  path: `/admin${string}`
  icon: IconName
  phrase: PlainKey
  permission: Permission
}

export const ADMIN_SECTIONS: readonly AdminSection[] = [
  { group: "people", path: "/admin/users", icon: "users", phrase: "users.title", permission: "administer" },
  { group: "people", path: "/admin/skillsets", icon: "layers", phrase: "skillsets.title", permission: "administer" },
  { group: "whatsapp", path: "/admin/channels", icon: "phone", phrase: "channels.title", permission: "administer" },
  { group: "whatsapp", path: "/admin/locations", icon: "map-pin", phrase: "places.title", permission: "administer" },
  {
    group: "whatsapp",
    path: "/admin/templates",
    icon: "zap",
    phrase: "templates_admin.title",
    permission: "administer",
  },
  {
    group: "whatsapp",
    path: "/admin/predefined-messages",
    icon: "list-checks",
    phrase: "predefined.title",
    permission: "administer",
  },
  {
    group: "whatsapp",
    path: "/admin/profiling",
    icon: "chart-column",
    phrase: "profiling_admin.title",
    permission: "administer",
  },
  {
    group: "customers",
    path: "/admin/properties",
    icon: "user-round",
    phrase: "properties_admin.title",
    permission: "administer",
  },
  { group: "customers", path: "/admin/imports", icon: "upload", phrase: "imports.title", permission: "administer" },
  { group: "customers", path: "/admin/tags", icon: "tag", phrase: "tags_admin.title", permission: "administer" },
  { group: "customers", path: "/admin/retention", icon: "timer", phrase: "retention.title", permission: "administer" },
  { group: "watch", path: "/admin/standing", icon: "circle-check", phrase: "health.title", permission: "administer" },
  { group: "watch", path: "/admin/set-aside", icon: "inbox", phrase: "set_aside.title", permission: "administer" },
  {
    group: "system",
    path: "/admin/settings",
    icon: "sliders-horizontal",
    phrase: "settings.title",
    permission: "administer",
  },
  { group: "watch", path: "/admin/audit", icon: "scroll-text", phrase: "audit.title", permission: "administer" },
  {
    group: "system",
    path: "/admin/sign-in",
    icon: "shield-check",
    phrase: "sign_in_settings.title",
    permission: "administer",
  },
  { group: "system", path: "/admin/branding", icon: "image", phrase: "brand.title", permission: "administer" },
  { group: "system", path: "/admin/ways-in", icon: "log-in", phrase: "ways_in.title", permission: "administer" },
  { group: "system", path: "/admin/mail", icon: "mail", phrase: "mail.title", permission: "administer" },
  { group: "system", path: "/admin/calls", icon: "video", phrase: "call_servers.title", permission: "administer" },
  {
    group: "system",
    path: "/admin/configuration",
    icon: "download",
    phrase: "configuration.title",
    permission: "administer",
  },
  { group: "system", path: "/admin/speech", icon: "audio-lines", phrase: "speech.title", permission: "administer" },
  { group: "appliance", path: "/admin/tenants", icon: "building-2", phrase: "tenants.title", permission: "operate" },
  { group: "appliance", path: "/admin/health", icon: "circle-check", phrase: "health.title", permission: "operate" },
  { group: "appliance", path: "/admin/unplaced", icon: "inbox", phrase: "set_aside.title", permission: "operate" },
  {
    group: "appliance",
    path: "/admin/appliance/sign-in",
    icon: "shield-check",
    phrase: "sign_in_settings.title",
    permission: "operate",
  },
  {
    group: "appliance",
    path: "/admin/appliance/scanner",
    icon: "shield-alert",
    phrase: "scanner.title",
    permission: "operate",
  },
  { group: "appliance", path: "/admin/appliance/mail", icon: "mail", phrase: "mail.title", permission: "operate" },
]
