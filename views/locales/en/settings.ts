import type { SettingGroup, ShownSetting } from "~/tenant/rules/setting-groups.ts"

type Named = { [Name in ShownSetting as `settings.name.${Name}` | `settings.hint.${Name}`]: string }
type Grouped = { [Group in SettingGroup as `settings.group_${Group}`]: string }

/** A11: settings (views/tenant/settings.tsx): each with its name and a sentence. */
export const settings = {
  "settings.title": "Settings",
  "settings.standard": "Usually: {value}.",
  "settings.unit_seconds": "seconds",
  "settings.unit_minutes": "minutes",
  "settings.unit_hours": "hours",
  "settings.unit_days": "days",
  "settings.group_tenant": "Company",
  "settings.tenant_name": "Company name",
  "settings.timezone": "Timezone",
  "settings.timezone_hint": "Opening hours and every time on screen go by its clock.",
  "settings.language_hint": "Of new users, and of what the appliance says by itself.",
  "settings.group_offers": "Offering conversations",
  "settings.name.offerTimeoutSeconds": "Time to open an offer",
  "settings.hint.offerTimeoutSeconds": "A conversation that its agent has not opened by then goes on to somebody else.",
  "settings.name.repeatOfferPauseSeconds": "Pause before the same offer again",
  "settings.hint.repeatOfferPauseSeconds":
    "Whoever let an offer pass is not offered that conversation again for so long, unless alone.",
  "settings.name.missedOffersUntilBreak": "Missed offers until Break",
  "settings.hint.missedOffersUntilBreak":
    "So many offers in a row that are not opened set the agent to Break; 0: never.",
  "settings.name.mayDecline": "Agents may give back",
  "settings.hint.mayDecline": "An agent may refuse what was offered, with a reason.",
  "settings.group_queue": "Order of the queue",
  "settings.name.priorityStepSeconds": "What one level of priority is worth",
  "settings.hint.priorityStepSeconds": "So much waiting makes up for one level: nobody waits for ever.",
  "settings.name.unservedAfterSeconds": "Nobody serves it",
  "settings.hint.unservedAfterSeconds":
    "After so long the number's first skillset joins in when nobody of the conversation's own is there; 0: never.",
  "settings.name.returnToLastAgent": "Back to the last agent",
  "settings.hint.returnToLastAgent":
    "A customer who comes back goes first to whoever they talked with last, if that agent is free.",
  "settings.name.returnToLastAgentDays": "Remembered for",
  "settings.hint.returnToLastAgentDays": "For so long after the last conversation.",
  "settings.group_kept": "Kept for one agent",
  "settings.name.parkedAlertAfterHours": "Reminder of the personal wait queue",
  "settings.hint.parkedAlertAfterHours": "Agent and supervisors are told of what has been there for so long; 0: never.",
  "settings.name.parkedReleaseAfterHours": "Personal wait queue becomes public",
  "settings.hint.parkedReleaseAfterHours": "What has been there for so long is everybody's; 0: never.",
  "settings.name.personalAlertAfterMinutes": "Alert: came back for somebody away",
  "settings.hint.personalAlertAfterMinutes":
    "A customer who wrote again and waits for one agent only, for so long; 0: never.",
  "settings.name.personalBecomesPublicAfterMinutes": "Then given to others",
  "settings.hint.personalBecomesPublicAfterMinutes":
    "After so long the same conversation goes to whoever is free; 0: never.",
  "settings.name.ownerAbsentReturnMinutes": "Agent gone: back to the queue",
  "settings.hint.ownerAbsentReturnMinutes":
    "Open conversations of an agent who has been gone for so long are queued again; 0: they wait for that agent.",
  "settings.group_closing": "After closing",
  "settings.name.reopenWithinMinutes": "Closed by mistake",
  "settings.hint.reopenWithinMinutes": "For so long whoever closed it can open it again; 0: not at all.",
  "settings.name.thanksAfterClosingMinutes": "A mere thank-you",
  "settings.hint.thanksAfterClosingMinutes":
    "So soon after closing, it goes to the closed conversation and opens no other; 0: it opens one.",
  "settings.name.thanksWords": "Words of thanks",
  "settings.hint.thanksWords": "Parted by commas; a message that is nothing but these.",
  "settings.group_sending": "Messages to customers",
  "settings.name.linkPreviews": "Previews of links",
  "settings.hint.linkPreviews": "WhatsApp shows title and picture of the first link in a message.",
  "settings.group_templates": "Template messages",
  "settings.name.unansweredTemplateDays": "Waiting for an answer",
  "settings.hint.unansweredTemplateDays": "A template that nobody has answered for so long is closed.",
  "settings.name.templatesPerSilentCustomerPerDay": "Templates a day to a silent customer",
  "settings.hint.templatesPerSilentCustomerPerDay":
    "So many within 24 hours to somebody who does not answer, and no more.",
  "settings.group_consent": "Consent",
  "settings.name.optOutWords": "Words that end consent",
  "settings.hint.optOutWords": "A customer who writes one of these, parted by commas here, receives no more campaigns.",
  "settings.name.optInWords": "Words that give it again",
  "settings.hint.optInWords": "And one of these takes that back.",
  "settings.group_mail": "Conversations by e-mail",
  "settings.name.conversationsMailedBy": "Who may send one",
  "settings.hint.conversationsMailedBy": "A conversation leaves the house with it, to an address that is typed.",
  "settings.word_agents": "Agents and supervisors",
  "settings.word_supervisors": "Supervisors only",
  "settings.word_nobody": "Nobody",
  "settings.group_maps": "Maps",
  "settings.name.geocoderUrl": "Search for addresses",
  "settings.hint.geocoderUrl":
    "Where addresses are looked up (Nominatim or Photon); empty: only saved places and the map.",
  "settings.group_calls": "Video calls",
  "settings.name.callThroughRelayOnly": "Only through the relay",
  "settings.hint.callThroughRelayOnly": "Neither end of a video call learns the address of the other.",
  "settings.group_record": "Audit log",
  "settings.name.auditKeptDays": "Kept for",
  "settings.hint.auditKeptDays": "Who did what is forgotten after so long; 0: never.",
} as const satisfies Named & Grouped & Record<string, string>
