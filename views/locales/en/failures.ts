import type { FailureReason } from "~/whatsapp/errors.ts"

/** What the appliance itself would not let leave has reasons of its own. */
type Failures = { [Reason in FailureReason | "file_infected" as `failure.${Reason}`]: string }

/** Why a message was not delivered, and what to do: one sentence each, for every reason of the wire. */
export const failures = {
  "failure.file_infected": "The virus scanner found a virus in the file: it was not sent.",
  "failure.window_closed": "More than 24 hours have passed since the customer's last message. Send a template.",
  "failure.not_on_whatsapp": "This number cannot receive WhatsApp messages. Reach the customer another way.",
  "failure.not_in_test_list":
    "This is a test number and the customer is not on its list. An administrator can add them.",
  "failure.blocked_by_us": "This customer is blocked. Unblock them to write.",
  "failure.number_is_ours": "A number cannot write to itself.",
  "failure.in_experiment":
    "WhatsApp holds this kind of message back for an experiment. Wait until the customer writes.",
  "failure.country_restricted": "This number may not write to customers in that country.",
  "failure.marketing_limit": "The customer has received enough marketing messages for now. Try on another day.",
  "failure.marketing_stopped": "The customer has stopped marketing messages from us.",
  "failure.marketing_elsewhere": "Marketing templates of this number must be sent another way.",
  "failure.template_missing": "The template does not exist in this language. Choose another.",
  "failure.template_parameters": "The template's variables do not fit. Check them and send again.",
  "failure.template_too_long": "The template is too long with these variables. Shorten them.",
  "failure.template_paused": "WhatsApp has paused this template for its quality. Choose another.",
  "failure.template_disabled": "WhatsApp has switched this template off. Choose another.",
  "failure.template_misclassified":
    "WhatsApp has put this template in another category. An administrator must look at it.",
  "failure.template_syncing": "The template is not ready at WhatsApp yet. Try again in a few minutes.",
  "failure.content_refused": "WhatsApp refused the content of this message. Say it differently.",
  "failure.media_refused": "WhatsApp refused the file. Send a smaller one, or another kind.",
  "failure.media_not_received": "WhatsApp did not receive the file. Send it again.",
  "failure.kind_unsupported": "The customer's WhatsApp cannot show this kind of message. Write it as text.",
  "failure.request_invalid": "WhatsApp could not read this message. Tell your administrator.",
  "failure.phone_required": "WhatsApp needs the customer's phone number to deliver this.",
  "failure.identity_changed": "The customer's number may have changed hands. Make sure whom you are writing to.",
  "failure.group_unavailable": "This number does not write to groups.",
  "failure.form_unavailable": "The form is not available at WhatsApp. Tell your administrator.",
  "failure.call_unavailable": "Calls are not available with this customer.",
  "failure.block_list_refused": "WhatsApp did not change the block list. Try again.",
  "failure.payment_problem": "The WhatsApp account has a payment problem. Tell your administrator.",
  "failure.token_refused": "WhatsApp no longer accepts our access. Tell your administrator.",
  "failure.permission_missing": "A permission is missing at WhatsApp. Tell your administrator.",
  "failure.policy_blocked": "WhatsApp has blocked the account for its policy. Tell your administrator.",
  "failure.account_locked": "WhatsApp has locked the account. Tell your administrator.",
  "failure.name_not_approved": "WhatsApp has not approved the display name of this number yet.",
  "failure.number_not_registered": "This service number is not registered with WhatsApp. Tell your administrator.",
  "failure.number_gone": "This service number is no longer ours at WhatsApp. Tell your administrator.",
  "failure.pin_refused": "WhatsApp refused the PIN of this number. Tell your administrator.",
  "failure.rate_limited": "Too many messages at once. Try again in a minute.",
  "failure.customer_rate_limited": "Too many messages to this customer at once. Try again in a minute.",
  "failure.quality_limited": "WhatsApp limits this number for its quality. Tell your administrator.",
  "failure.maintenance": "WhatsApp is being maintained. Try again later.",
  "failure.meta_unavailable": "WhatsApp had a problem. Send again.",
  "failure.unreachable": "WhatsApp could not be reached. Send again.",
  "failure.unknown": "WhatsApp did not say why. Send again, or tell your administrator.",
} as const satisfies Failures
