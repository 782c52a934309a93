import { describe, expect, test } from "bun:test"
import { days, hours } from "~/kernel/clock.ts"
import { confirms, namesIn, namesThem, refuseErasure } from "~/retention/rules/erasing.ts"
import {
  cutOff,
  nextPhase,
  nightAfter,
  RETENTION,
  RUN_PHASES,
  refuseRetention,
  removesAnything,
} from "~/retention/rules.ts"

const at = (text: string) => Date.parse(text)

describe("How long what is kept", () => {
  test("nothing is removed until somebody chooses", () => {
    expect(removesAnything(RETENTION.standard)).toBe(false)
    expect(Object.values(RETENTION.standard).every((days) => days === 0)).toBe(true)
  })

  test.each<[chosen: Parameters<typeof refuseRetention>[0], refused: string[]]>([
    [{}, []],
    [{ conversationsDays: 0, mediaDays: 0 }, []],
    [{ conversationsDays: 7, mediaDays: 1, webhooksDays: 7, logsDays: 7, presenceDays: 7 }, []],
    [{ conversationsDays: 6 }, ["conversationsDays"]],
    [{ conversationsDays: 1, presenceDays: 2, mediaDays: 1 }, ["conversationsDays", "presenceDays"]],
    [{ webhooksDays: 6, logsDays: 6 }, ["webhooksDays", "logsDays"]],
  ])("%p: refused at %p", (chosen, refused) => {
    expect(Object.keys(refuseRetention(chosen))).toEqual(refused)
  })

  test("a span ends so many days ago; none, for ever", () => {
    const retention = { ...RETENTION.standard, mediaDays: 90 }
    expect(cutOff(retention, "mediaDays", days(100))).toBe(days(10))
    expect(cutOff(retention, "conversationsDays", days(100))).toBeNull()
  })

  test("phases follow one another and end", () => {
    expect(RUN_PHASES.map((phase) => nextPhase(RUN_PHASES, phase))).toEqual([...RUN_PHASES.slice(1), "over"])
  })
})

describe("The night", () => {
  test.each([
    ["Europe/Rome", "2026-01-05T12:00:00+01:00", "2026-01-06T03:00:00+01:00"],
    ["Europe/Rome", "2026-01-06T02:59:59+01:00", "2026-01-06T03:00:00+01:00"],
    ["Europe/Rome", "2026-01-06T03:00:00+01:00", "2026-01-07T03:00:00+01:00"],
    ["America/New_York", "2026-01-05T12:00:00-05:00", "2026-01-06T03:00:00-05:00"],
    /** The clocks go from two to three: three is the first moment of that hour. */
    ["Europe/Rome", "2026-03-28T12:00:00+01:00", "2026-03-29T03:00:00+02:00"],
    /** They show two to three twice: the night is when they show three. */
    ["Europe/Rome", "2026-10-24T12:00:00+02:00", "2026-10-25T03:00:00+01:00"],
  ])("%s, done until %s: %s", (zone, doneUntil, night) => {
    expect(nightAfter(zone, at(doneUntil))).toBe(at(night))
  })

  test("every night has one, the whole year, where the clocks jump over three as well", () => {
    for (const zone of ["Europe/Rome", "Africa/Cairo", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe"]) {
      let last = at("2026-01-01T00:00:00Z")
      for (let night = 0; night < 365; night++) {
        const next = nightAfter(zone, last)
        expect(next - last).toBeGreaterThan(0)
        expect(next - last).toBeLessThanOrEqual(hours(28))
        last = next
      }
    }
  })
})

describe("Erasing", () => {
  test.each([
    [{ open: 0, isHeld: false }, null],
    [{ open: 2, isHeld: false }, "erasure.open"],
    [{ open: 0, isHeld: true }, "erasure.held"],
    [{ open: 1, isHeld: true }, "erasure.held"],
  ])("%p: %p", (standing, refused) => {
    expect(refuseErasure(standing)?.refused ?? null).toBe(refused)
  })

  test.each<[typed: string, title: string, phone: string | null, confirmed: boolean]>([
    ["Giulia Lombardi", "Giulia Lombardi", "393455550172", true],
    ["  giulia   lombardi ", "Giulia Lombardi", null, true],
    ["Giulia", "Giulia Lombardi", "393455550172", false],
    ["", "Giulia Lombardi", "393455550172", false],
    ["   ", "", null, false],
    ["Jose Nunez", "José Núñez", null, true],
    ["+39 345 555 0172", "Giulia Lombardi", "393455550172", true],
    ["0039 345-555.0172", "Giulia Lombardi", "393455550172", true],
    ["345 555 0172", "Giulia Lombardi", "393455550172", false],
    ["-", "Giulia Lombardi", "393455550172", false],
    ["393455550172", "🌸", "393455550172", true],
    ["🌸", "🌸", null, true],
    ["393455550172", "WhatsApp", null, false],
  ])("%p typed for %p under %p: %p", (typed, title, phone, confirmed) => {
    expect(confirms(typed, title, phone)).toBe(confirmed)
  })
})

describe("A cell of a file speaks of somebody", () => {
  const isThem = namesThem({ numbers: ["393455550172"], words: ["Giulia Lombàrdi", "Pia", "g.l@giulia.test"] })
  const cases: [string, boolean][] = [
    ["345 555 0172", true],
    ["+39 (345) 555-0172 home", true],
    ["345 555 0173", false],
    ["12", false],
    ["giulia lombardi", true],
    ["Dott.ssa Giulia Lombardi", true],
    ["G.L@Giulia.test", true],
    ["Pia", true],
    ["Olimpia", false],
    ["", false],
  ]
  for (const [cell, expected] of cases)
    test(`«${cell}»: ${expected}`, () => {
      expect(isThem(cell)).toBe(expected)
    })
  test("nobody, of whom nothing is known", () => {
    expect(namesThem({ numbers: [""], words: [" "] })("anything 12")).toBe(false)
  })
})

test("an erasure that was begun before files were looked through has the wire's names alone", () => {
  expect(namesIn('["\\"39345\\""]')).toEqual({ wire: ['"39345"'], files: { numbers: [], words: [] } })
})
