/** Places, emoji and voice notes: what the composer can open. */
export const composerTools = {
  "refused.location.impossible": "There is no such place: latitude goes from −90 to 90, longitude from −180 to 180.",
  "refused.location.name_taken": "There is a location called {name} already. Choose another name.",
  "refused.location.changed_meanwhile": "{name} was changed by somebody else meanwhile. Look at it again.",
  "message.location_picture": "Map around {name}",
} as const
