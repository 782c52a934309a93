/** A1: users (views/account). */
export const users = {
  "users.title": "Users",
  "users.search": "Name, username, e-mail",
  "users.empty": "No user yet",
  "users.empty_detail": "Everybody who signs in stands here: agents, supervisors, campaign managers, administrators.",
  "users.name": "Name",
  "users.skillsets": "Skillsets",
  "users.standing": "Standing",
  "users.enabled": "Enabled",
  "users.disabled": "Disabled",
  "users.disabled_mark": "disabled",
  "users.max_short": "Max",
  "users.rights": "Rights",
  "users.isolated": "Isolated",
  "users.outbound": "Outbound",
  "users.created": "Created",
} as const
