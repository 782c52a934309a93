/** What people are told when something goes wrong with what they sent, or with what they get. */
export const routing = {
  "notice.kind.message_failed": "Your message to {customer} was not delivered.",
  "notice.kind.customer_floods": "{customer} has sent {count} messages that nobody has read.",
} as const
