import type { MailKind, MailState, MailTrouble } from "~/mail/rules.ts"

type Words = { [Trouble in MailTrouble as `mail.trouble.${Trouble}`]: string } & {
  [State in MailState as `mail.state.${State}`]: string
} & { [Kind in MailKind as `mail.kind.${Kind}`]: string }

/** Mail: what the letters say, and what is said about sending them. */
export const mail = {
  "mail.trouble.no_server": "No mail server is set yet.",
  "mail.trouble.unreachable": "The mail server does not answer. Check host and port.",
  "mail.trouble.name_not_found": "There is no host of this name. Check how it is written.",
  "mail.trouble.not_allowed": "This host leads to the appliance itself. Only the platform admin may use such a server.",
  "mail.trouble.tls": "The mail server does not offer a secure connection the way it is set here.",
  "mail.trouble.certificate": "The mail server's certificate is not valid for this host, so nothing was sent to it.",
  "mail.trouble.sign_in": "The mail server does not accept the username or the password.",
  "mail.trouble.sender_refused": "The mail server does not send for this sender.",
  "mail.trouble.recipient_refused": "The mail server does not deliver to this address.",
  "mail.trouble.content_refused": "The mail server refused the content of the mail.",
  "mail.trouble.busy": "The mail server wants us to come back later.",
  "mail.trouble.timeout": "The mail server took too long to answer.",
  "mail.trouble.broken": "The connection to the mail server broke.",
  "mail.trouble.useless": "It was too late to be of any use.",
  "mail.trouble.interrupted": "The appliance was stopped while it was being sent.",
  "mail.state.queued": "Waiting",
  "mail.state.sending": "Being sent",
  "mail.state.sent": "Sent",
  "mail.state.failed": "Failed",
  "mail.state.uncertain": "In doubt",
  "mail.kind.invitation": "Invitation",
  "mail.kind.password_reset": "New password",
  "mail.kind.password_changed": "Password changed",
  "mail.kind.conversation": "Conversation",
  "mail.kind.report": "Report",
  "mail.kind.test": "Test",
  "refused.mail.address_malformed": "This is not a mail address.",
  "refused.mail.host_malformed": "Write the name or the address of the mail server.",
  "refused.mail.sender_malformed": "Write an address, or a name and an address: Acme <office@acme.example>.",
  "refused.mail.password_missing": "Type the password of this username.",
  "refused.mail.secret_gone":
    "What was secret in this mail has been forgotten. Make a new invitation or reset instead.",
  "refused.mail.not_over": "This mail is still on its way.",
  "letter.greeting": "Hello {name},",
  "letter.footer": "This mail was written by Sportello at {host}. Answers to it are not read.",
} as const satisfies Words & Record<string, string>
