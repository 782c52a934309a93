/** What people are told when something goes wrong with what they sent, or with what they get. */
export const routing = {
  "notice.kind.message_failed": "Your message to {customer} was not delivered.",
  "notice.kind.customer_floods": "{customer} has sent {count} messages that nobody has read.",
  "ending.title": "24 hours nearly over",
  "ending.count": { one: "24 hours nearly over: {count} customer", other: "24 hours nearly over: {count} customers" },
  "ending.hint": "Within four hours nothing but a template reaches these customers, unless they write again.",
  "ending.empty_title": "Nobody's 24 hours end soon",
  "ending.empty": "Customers to whom we may write freely for less than four more hours appear here.",
  "ending.ends_in": "Ends in",
  "ending.owed": "Whose turn",
  "ending.we_owe": "The customer waits for an answer",
  "ending.customer_owes": "The customer has not answered",
} as const
