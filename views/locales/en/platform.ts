/** The list of tenants. */
export const tenants = {
  "tenants.title": "Tenants",
  "tenants.none": "No tenant yet",
  "tenants.none_detail": "A tenant is a company: its users, its service numbers and its conversations.",
  "tenants.slug": "Short name",
  "tenants.users": "Users",
  "tenants.channels": "Service numbers",
  "tenants.next": "Or from a file",
  "tenants.next_describe": "Whoever runs the machine can describe tenants in a JSON file instead. An example:",
  "tenants.next_try": "See what would change:",
  "tenants.next_apply": "Do it:",
  "tenants.next_sign_in": "The users of the file can sign in at once, with the passwords it gives them.",
} as const
