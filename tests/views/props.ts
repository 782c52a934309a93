/** Believable props for views: what a busy morning looks like. */

import type { ShellProps } from "views/layout/shell.tsx"
import { formatters } from "views/locales/formatters.ts"
import { translator } from "views/locales/index.ts"
import type { Screen } from "views/parts/screen.ts"

/** Sunday 22 November 2026, 09:20 in Rome. */
export const NOW = Date.UTC(2026, 10, 22, 8, 20)
export const minutesAgo = (count: number): number => NOW - count * 60_000

export const screenIn = (language: string): Screen => ({
  t: translator(language),
  format: formatters(language, "Europe/Rome"),
  now: NOW,
  csrfToken: "token-of-this-session",
})

const always = {
  id: 1,
  name: "Main",
  displayPhoneNumber: "+39 06 555 0100",
  open: true,
  today: null,
  nextChange: null,
  holiday: null,
  missingHolidays: null,
  ownTimezone: null,
  forced: null,
}

export const shellIn = (language: string): Omit<ShellProps, "children"> => ({
  screen: screenIn(language),
  language,
  languages: ["en", "it"],
  me: { name: "Elena Conti", username: "elena" },
  path: "/conversations/7",
  bell: null,
  popups: null,
  places: ["conversations", "waiting"],
  unreadCount: 4,
  openCount: 0,
  waitingCount: 3,
  parkedCount: 2,
  standing: { status: "ready", since: minutesAgo(80), setBy: null, reason: null, load: 3, maximum: 5 },
  maySteerService: false,
  mayAdminister: false,
  service: {
    status: "mixed",
    usualUntil: "18:00",
    channels: [
      always,
      {
        id: 2,
        name: "Sales",
        displayPhoneNumber: "+39 06 555 0140",
        open: false,
        today: ["09:30-12:30", "15:00-19:00"],
        nextChange: NOW + 600_000,
        holiday: null,
        missingHolidays: null,
        ownTimezone: null,
        forced: null,
      },
    ],
  },
})
