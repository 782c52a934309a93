/** How a screen is looked at: both themes on a desk, and the width of a phone. */
export const LOOKS = [
  { name: "light", colorScheme: "light", size: { width: 1440, height: 900 } },
  { name: "dark", colorScheme: "dark", size: { width: 1440, height: 900 } },
  { name: "phone", colorScheme: "light", size: { width: 390, height: 844 } },
] as const
