/** What was found by words. */
export const words = {
  "words.note": "Note",
  "words.cut":
    "Many messages say this: only the latest were looked through. Add a word or choose a period to see others.",
  "words.behind": "Words are still being indexed: what was said from {date} on cannot be found yet.",
  "words.palette": "Look for “{words}” in messages",
} as const
