/** Refusals that commands can meet, in a sentence for the operator. */
import { LEAST_PASSWORD_CHARACTERS, MOST_PASSWORD_CHARACTERS } from "~/account/rules/passwords.ts"
import type { Refusal } from "~/kernel/step.ts"

const TAKEN = "has the name of another, in other capitals perhaps"

const SENTENCES: Record<string, string> = {
  "password.too_short": `must have at least ${LEAST_PASSWORD_CHARACTERS} characters`,
  "password.too_long": `must have at most ${MOST_PASSWORD_CHARACTERS} characters`,
  "password.too_common": "is one that many people use",
  "password.is_known": "is hardly more than the username",
  "username.malformed": "must be 1 to 64 letters, digits or . _ @ + - and begin with a letter or digit",
  "username.taken": "is taken",
  "user.name_malformed": "needs a first name, and names of at most 100 characters",
  "user.email_malformed": "has an e-mail that is no mail address",
  "user.max_conversations_out_of_range": "must have from 0 to 100 conversations at most",
  "user.level_not_here": "platform admins belong to the appliance, everybody else to a tenant",
  "tenant.slug_invalid": "must be lower-case letters, digits and -, at most 63",
  "skillset.name_invalid": "must be 1 to 80 characters",
  "channel.needs_skillset": "needs at least one skillset, the first being its default",
  "skillset.name_taken": TAKEN,
  "channel.name_taken": TAKEN,
  "profiling.name_taken": TAKEN,
  "location.name_taken": TAKEN,
  "property.name_taken": TAKEN,
  "predefined_message.title_taken":
    "has the title of another message of its category and language, in other capitals perhaps",
  busy: "The appliance is busy with many sign-ins; try again in a minute.",
}

/** The reason of a refusal, to stand after the name of what was refused. */
export const refusalLine = ({ refused }: Refusal): string => SENTENCES[refused] ?? refused
