/** A tenant: one company on the appliance. Its own choices are kept as JSON of what differs from the defaults. */

import { settingsOf } from "~/kernel/choices.ts"
import { days, type Milliseconds, minutes, seconds } from "~/kernel/clock.ts"
import { networksReason } from "~/kernel/networks.ts"
import { socketAddressReason } from "~/kernel/socket-address.ts"
import { WHEN_SCANNER_DOWN, type WhenScannerDown } from "~/media/rules/scanning.ts"

export type TenantSettings = {
  /** How long an offer stands before it moves on. */
  offerTimeoutSeconds: number
  /** An agent who let an offer pass is not offered the same conversation again for this long, unless alone. */
  repeatOfferPauseSeconds: number
  /** Whether an agent may give back what was offered to them. */
  mayDecline: boolean
  /** One level of priority is worth this much of waiting: whoever waits long enough passes everybody. */
  priorityStepSeconds: number
  /** A returning customer goes first to the agent they talked with last, if that was within so many days. */
  returnToLastAgent: boolean
  returnToLastAgentDays: number
  /** So many offers in a row that an agent lets pass set them to Break; 0: never. */
  missedOffersUntilBreak: number
  /** The number's default skillset joins in when nobody serves the conversation's own; 0: never. */
  unservedAfterSeconds: number
  /** For how long a conversation closed by mistake can be opened again; 0: not at all. */
  reopenWithinMinutes: number
  /** In an agent's own wait queue for so long: agent and supervisors are told; then it is everybody's. 0: never. */
  parkedAlertAfterHours: number
  parkedReleaseAfterHours: number
  /** A customer who came back for an agent who is away: the same. 0: never. */
  personalAlertAfterMinutes: number
  personalBecomesPublicAfterMinutes: number
  /** What an agent left open returns to the queue when they have been gone for so long; 0: never. */
  ownerAbsentReturnMinutes: number
  /** A geocoder of the company's own network that answers as Nominatim does; empty: places are not searched by address. */
  geocoderUrl: string
  /** Who may send a conversation by e-mail. */
  conversationsMailedBy: "agents" | "supervisors" | "nobody"
  /** A template that nobody answers is closed by itself after so many days; 0: never. */
  unansweredTemplateDays: number
  /** Whether the first address in a text is shown to the customer with a picture of what is there. */
  linkPreviews: boolean
  /** So many templates within 24 hours to a customer who does not answer; 0: as many as one likes. */
  templatesPerSilentCustomerPerDay: number
  /** A message that is one of these words, parted by commas, ends what a customer wants to receive, or begins it again. */
  optOutWords: string
  optInWords: string
  /** Thanks and the like, so soon after closing, go to the closed conversation and open no other; 0: they do. */
  thanksAfterClosingMinutes: number
  thanksWords: string
  /** For how long the record of who did what is kept; 0: for ever. */
  auditKeptDays: number
  /** How long a password must be, alone and beside a second factor. */
  passwordCharacters: number
  passwordCharactersWithFactor: number
  /** A session ends after so long without a person doing something, and after so long whatever happens. */
  sessionIdleMinutes: number
  sessionLifeHours: number
  /** Signing in ends the sessions that the same user has elsewhere. */
  singleSession: boolean
  /** From which addresses and networks people sign in, separated by commas; empty: from anywhere. */
  allowedNetworks: string
  /** Whether a second factor is asked of people, by their level. */
  secondFactorAgent: SecondFactorRule
  secondFactorSupervisor: SecondFactorRule
  secondFactorCampaignManager: SecondFactorRule
  secondFactorTenantAdmin: SecondFactorRule
  secondFactorPlatformAdmin: SecondFactorRule
  /** Video calls take no other way than the relay: neither end learns the address of the other. */
  callThroughRelayOnly: boolean
  /** Of the appliance alone: where its virus scanner (clamd) listens; empty: files are not looked at. */
  virusScanner: string
  /** Whether files are held back while it does not answer, or let through. */
  whenScannerDown: WhenScannerDown
}
export const SECOND_FACTOR_RULES = ["off", "optional", "required"] as const
export type SecondFactorRule = (typeof SECOND_FACTOR_RULES)[number]

const SECOND_FACTOR = { standard: "optional", words: SECOND_FACTOR_RULES } as const

/** NIST SP 800-63B-4: fifteen where the password stands alone, eight beside another factor; people may choose more. */
const LEAST_CHARACTERS = 8

/** How a tenant's settings are kept, and what each may be. */
export const TENANT_SETTINGS = settingsOf<TenantSettings>({
  offerTimeoutSeconds: { standard: 180, least: 1, most: 86_400 },
  repeatOfferPauseSeconds: { standard: 600, least: 0, most: 86_400 },
  mayDecline: { standard: false },
  priorityStepSeconds: { standard: 120, least: 0, most: 86_400 },
  returnToLastAgent: { standard: true },
  returnToLastAgentDays: { standard: 30, least: 0, most: 3_650 },
  missedOffersUntilBreak: { standard: 3, least: 0, most: 100 },
  unservedAfterSeconds: { standard: 300, least: 0, most: 86_400 },
  reopenWithinMinutes: { standard: 15, least: 0, most: 1_440 },
  parkedAlertAfterHours: { standard: 24, least: 0, most: 8_760 },
  parkedReleaseAfterHours: { standard: 0, least: 0, most: 8_760 },
  personalAlertAfterMinutes: { standard: 10, least: 0, most: 10_080 },
  personalBecomesPublicAfterMinutes: { standard: 0, least: 0, most: 10_080 },
  ownerAbsentReturnMinutes: { standard: 0, least: 0, most: 10_080 },
  geocoderUrl: { standard: "", isAddress: true },
  conversationsMailedBy: { standard: "agents", words: ["agents", "supervisors", "nobody"] },
  linkPreviews: { standard: true },
  unansweredTemplateDays: { standard: 15, least: 0, most: 365 },
  templatesPerSilentCustomerPerDay: { standard: 2, least: 0, most: 100 },
  optOutWords: { standard: "STOP, UNSUBSCRIBE, ANNULLA, CANCELLAMI", longest: 500 },
  optInWords: { standard: "START, RIATTIVA", longest: 500 },
  thanksAfterClosingMinutes: { standard: 0, least: 0, most: 1_440 },
  thanksWords: {
    standard: "thanks, thank you, ok, great, bye, grazie, ok grazie, perfetto, arrivederci",
    longest: 500,
  },
  auditKeptDays: { standard: 730, least: 0, most: 36_500 },
  passwordCharacters: { standard: 15, least: LEAST_CHARACTERS, most: 64 },
  passwordCharactersWithFactor: { standard: 8, least: LEAST_CHARACTERS, most: 64 },
  sessionIdleMinutes: { standard: 480, least: 5, most: 1_440 },
  sessionLifeHours: { standard: 12, least: 1, most: 168 },
  singleSession: { standard: false },
  allowedNetworks: { standard: "", longest: 1_000, reason: networksReason },
  secondFactorAgent: SECOND_FACTOR,
  secondFactorSupervisor: SECOND_FACTOR,
  secondFactorCampaignManager: SECOND_FACTOR,
  secondFactorTenantAdmin: SECOND_FACTOR,
  secondFactorPlatformAdmin: SECOND_FACTOR,
  callThroughRelayOnly: { standard: false },
  virusScanner: { standard: "", longest: 260, reason: socketAddressReason },
  whenScannerDown: { standard: "hold", words: WHEN_SCANNER_DOWN },
})

export const offerTimeout = (settings: TenantSettings): Milliseconds => seconds(settings.offerTimeoutSeconds)
export const repeatOfferPause = (settings: TenantSettings): Milliseconds => seconds(settings.repeatOfferPauseSeconds)
export const priorityStep = (settings: TenantSettings): Milliseconds => seconds(settings.priorityStepSeconds)

export const reopenPeriod = (settings: TenantSettings): Milliseconds => minutes(settings.reopenWithinMinutes)

/** For how long a customer is remembered as somebody's; null: never. */
export const returnPeriod = ({ returnToLastAgent, returnToLastAgentDays }: TenantSettings): Milliseconds | null =>
  returnToLastAgent ? days(returnToLastAgentDays) : null

/** How long a skillset may be without anybody before the default one joins in; null: for ever. */
export const unservedAfter = ({ unservedAfterSeconds }: TenantSettings): Milliseconds | null =>
  unservedAfterSeconds === 0 ? null : seconds(unservedAfterSeconds)

/** How long a lost stream may take to come back before its agent counts as disconnected. */
export const LINK_GRACE: Milliseconds = minutes(2)

/** What names a tenant in commands and files: short, lower case, for good. */
export const isSlug = (text: string): boolean => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
