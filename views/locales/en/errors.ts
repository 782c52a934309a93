/** Pages that could not be shown. */
export const errors = {
  "error.not_found_title": "Not found",
  "error.denied_title": "Not for your level",
  "error.refused_title": "That did not work",
  "error.broken_title": "Something went wrong here",
  "error.outage_title": "Not available at the moment",
  "error.too_many_title": "Too many attempts",
  "error.home": "Go to the start page",
  "error.reference": "Reference: {reference}",
  "styleguide.title": "Style guide",
} as const
