/** The list of tenants. */
export const tenants = {
  "tenants.title": "Tenants",
  "tenants.none": "No tenant yet",
  "tenants.none_detail": "A tenant is a company: its users, its service numbers and its conversations.",
  "tenants.slug": "Short name",
  "tenants.users": "Users",
  "tenants.channels": "Service numbers",
  "tenants.next": "To make or change a tenant",
  "tenants.next_describe": "On the machine that runs Sportello, describe it in a JSON file. An example:",
  "tenants.next_try": "See what would change:",
  "tenants.next_apply": "Do it:",
  "tenants.next_sign_in": "The users of the file can sign in at once, with the passwords it gives them.",
} as const
