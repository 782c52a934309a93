import type { SignInSetting } from "~/tenant/rules/sign-in-settings.ts"

type Named = { [Name in SignInSetting as `sign_in_settings.name.${Name}`]: string }

/** A11: how people sign in (views/tenant/sign-in.tsx). */
export const signInSettings = {
  "sign_in_settings.title": "Sign-in",
  "sign_in_settings.standard": "Usually: {value}.",
  "sign_in_settings.unit_characters": "characters",
  "sign_in_settings.unit_minutes": "minutes",
  "sign_in_settings.unit_hours": "hours",
  "sign_in_settings.passwords": "Passwords",
  "sign_in_settings.name.passwordCharacters": "Shortest password",
  "sign_in_settings.hint.passwordCharacters": "Where the password alone opens the door.",
  "sign_in_settings.name.passwordCharactersWithFactor": "Shortest beside a second factor",
  "sign_in_settings.hint.passwordCharactersWithFactor": "For people who also give a code.",
  "sign_in_settings.factors": "Second factor",
  "sign_in_settings.factors_hint":
    "A code from an app on the phone, asked for after the password. «Required» has people set it up at their next sign-in.",
  "sign_in_settings.factor_off": "Off",
  "sign_in_settings.factor_optional": "Optional",
  "sign_in_settings.factor_required": "Required",
  "sign_in_settings.name.secondFactorAgent": "Agents",
  "sign_in_settings.name.secondFactorSupervisor": "Supervisors",
  "sign_in_settings.name.secondFactorCampaignManager": "Campaign managers",
  "sign_in_settings.name.secondFactorTenantAdmin": "Tenant admins",
  "sign_in_settings.name.secondFactorPlatformAdmin": "Platform admins",
  "sign_in_settings.sessions": "Sessions",
  "sign_in_settings.name.sessionIdleMinutes": "Without doing anything",
  "sign_in_settings.hint.sessionIdleMinutes": "After so long the password is asked for again.",
  "sign_in_settings.name.sessionLifeHours": "At the longest",
  "sign_in_settings.hint.sessionLifeHours": "After so long it is asked for whatever happens.",
  "sign_in_settings.name.singleSession": "One session for each user",
  "sign_in_settings.hint.singleSession": "Signing in ends the sessions that the same user has elsewhere.",
  "sign_in_settings.networks": "Networks",
  "sign_in_settings.name.allowedNetworks": "People come in from",
  "sign_in_settings.hint.allowedNetworks":
    "Addresses or networks, e.g. 10.0.0.0/8, separated by commas. Empty: from anywhere. You are at {address}.",
  "sign_in_settings.confirm_networks":
    "Save it all the same: I am signed out at once, and come in only from these networks",
  "refused.networks.malformed": "Write addresses or networks separated by commas, e.g. 10.0.0.0/8, 192.0.2.7.",
  "refused.networks.without_you":
    "Your own address {address} is not in this list: you would lock yourself out. Add it, or confirm below.",
} as const satisfies Named & Record<string, string>
