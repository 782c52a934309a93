/** Places, emoji and voice notes: what the composer can open. */
export const composerTools = {
  "refused.location.impossible": "There is no such place: latitude goes from −90 to 90, longitude from −180 to 180.",
  "message.location_picture": "Map around {name}",
} as const
