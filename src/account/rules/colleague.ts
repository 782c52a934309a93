/** A user as the form of the administration writes them, field by field. */
import type { Id } from "~/kernel/id.ts"
import type { UserDetails } from "../rules.ts"

export type ColleagueForm = UserDetails & { username: string; enabled: boolean; skillsets: readonly Id[] }

const onOff = (value: boolean): string[] => (value ? ["on"] : [])
const given = (value: string | null): string[] => [value ?? ""]

export const writtenColleague = (user: ColleagueForm): Record<string, string[]> => ({
  firstName: [user.firstName],
  lastName: [user.lastName],
  email: given(user.email),
  level: [user.level],
  externalId: given(user.externalId),
  language: [user.language],
  loginType: [user.loginType],
  username: [user.username],
  enabled: onOff(user.enabled),
  maxConversations: [String(user.maxConversations)],
  skillsets: user.skillsets.map(String),
  isolated: onOff(user.isolated),
  outbound: onOff(user.outbound),
  mayEditCustomers: onOff(user.mayEditCustomers),
})

/** What most new users are. */
export const newColleague = (language: string): ColleagueForm => ({
  firstName: "",
  lastName: "",
  email: null,
  level: "agent",
  language,
  loginType: "password",
  externalId: null,
  username: "",
  enabled: true,
  maxConversations: 5,
  skillsets: [],
  isolated: false,
  outbound: false,
  mayEditCustomers: true,
})

/** Which field of the form a refusal is about, by how its key begins. */
export const COLLEAGUE_FIELDS: Readonly<Record<string, string>> = {
  "username.": "username",
  "password.": "password",
  "user.name_": "firstName",
  "user.email_": "email",
  "user.external_id_": "externalId",
  "user.max_": "maxConversations",
  "user.level_": "level",
}
