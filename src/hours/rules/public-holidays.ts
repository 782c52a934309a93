/**
 * The public holidays of whole countries, computed: fixed days, days that Easter moves, Mondays of a month, and the working
 * days that stand in for a Sunday where the law says so. What holds in a region, a canton or a town is entered by list.
 */
import { days } from "~/kernel/clock.ts"
import { easterSunday } from "./holidays.ts"
import type { Wall } from "./zone.ts"

export const COUNTRIES = ["IT", "AT", "BE", "DE", "ES", "FR", "GB", "PT"] as const
export type Country = (typeof COUNTRIES)[number]

/** `since`: the first year in which it is one. */
type Rule = { name: string; since?: number } & (
  | { on: `${number}-${number}` }
  | { easter: number }
  /** The first (1) or last (−1) Monday of a month. */
  | { monday: 1 | -1; month: number }
)

const RULES: Readonly<Record<Country, readonly Rule[]>> = {
  IT: [
    { name: "Capodanno", on: "01-01" },
    { name: "Epifania", on: "01-06" },
    { name: "Pasqua", easter: 0 },
    { name: "Lunedì dell'Angelo", easter: 1 },
    { name: "Festa della Liberazione", on: "04-25" },
    { name: "Festa dei lavoratori", on: "05-01" },
    { name: "Festa della Repubblica", on: "06-02" },
    { name: "Ferragosto", on: "08-15" },
    { name: "San Francesco d'Assisi", on: "10-04", since: 2026 },
    { name: "Ognissanti", on: "11-01" },
    { name: "Immacolata Concezione", on: "12-08" },
    { name: "Natale", on: "12-25" },
    { name: "Santo Stefano", on: "12-26" },
  ],
  AT: [
    { name: "Neujahr", on: "01-01" },
    { name: "Heilige Drei Könige", on: "01-06" },
    { name: "Ostermontag", easter: 1 },
    { name: "Staatsfeiertag", on: "05-01" },
    { name: "Christi Himmelfahrt", easter: 39 },
    { name: "Pfingstmontag", easter: 50 },
    { name: "Fronleichnam", easter: 60 },
    { name: "Mariä Himmelfahrt", on: "08-15" },
    { name: "Nationalfeiertag", on: "10-26" },
    { name: "Allerheiligen", on: "11-01" },
    { name: "Mariä Empfängnis", on: "12-08" },
    { name: "Christtag", on: "12-25" },
    { name: "Stefanitag", on: "12-26" },
  ],
  BE: [
    { name: "Nieuwjaar / Jour de l'An", on: "01-01" },
    { name: "Paasmaandag / Lundi de Pâques", easter: 1 },
    { name: "Dag van de arbeid / Fête du Travail", on: "05-01" },
    { name: "O.L.H. Hemelvaart / Ascension", easter: 39 },
    { name: "Pinkstermaandag / Lundi de Pentecôte", easter: 50 },
    { name: "Nationale feestdag / Fête nationale", on: "07-21" },
    { name: "O.L.V. Hemelvaart / Assomption", on: "08-15" },
    { name: "Allerheiligen / Toussaint", on: "11-01" },
    { name: "Wapenstilstand / Armistice", on: "11-11" },
    { name: "Kerstmis / Noël", on: "12-25" },
  ],
  DE: [
    { name: "Neujahr", on: "01-01" },
    { name: "Karfreitag", easter: -2 },
    { name: "Ostermontag", easter: 1 },
    { name: "Tag der Arbeit", on: "05-01" },
    { name: "Christi Himmelfahrt", easter: 39 },
    { name: "Pfingstmontag", easter: 50 },
    { name: "Tag der Deutschen Einheit", on: "10-03" },
    { name: "1. Weihnachtstag", on: "12-25" },
    { name: "2. Weihnachtstag", on: "12-26" },
  ],
  ES: [
    { name: "Año Nuevo", on: "01-01" },
    { name: "Epifanía del Señor", on: "01-06" },
    { name: "Viernes Santo", easter: -2 },
    { name: "Fiesta del Trabajo", on: "05-01" },
    { name: "Asunción de la Virgen", on: "08-15" },
    { name: "Fiesta Nacional de España", on: "10-12" },
    { name: "Todos los Santos", on: "11-01" },
    { name: "Día de la Constitución", on: "12-06" },
    { name: "Inmaculada Concepción", on: "12-08" },
    { name: "Natividad del Señor", on: "12-25" },
  ],
  FR: [
    { name: "Jour de l'An", on: "01-01" },
    { name: "Lundi de Pâques", easter: 1 },
    { name: "Fête du Travail", on: "05-01" },
    { name: "Victoire 1945", on: "05-08" },
    { name: "Ascension", easter: 39 },
    { name: "Lundi de Pentecôte", easter: 50 },
    { name: "Fête nationale", on: "07-14" },
    { name: "Assomption", on: "08-15" },
    { name: "Toussaint", on: "11-01" },
    { name: "Armistice 1918", on: "11-11" },
    { name: "Noël", on: "12-25" },
  ],
  GB: [
    { name: "New Year's Day", on: "01-01" },
    { name: "Good Friday", easter: -2 },
    { name: "Easter Monday", easter: 1 },
    { name: "Early May bank holiday", monday: 1, month: 5 },
    { name: "Spring bank holiday", monday: -1, month: 5 },
    { name: "Summer bank holiday", monday: -1, month: 8 },
    { name: "Christmas Day", on: "12-25" },
    { name: "Boxing Day", on: "12-26" },
  ],
  PT: [
    { name: "Ano Novo", on: "01-01" },
    { name: "Sexta-feira Santa", easter: -2 },
    { name: "Páscoa", easter: 0 },
    { name: "Dia da Liberdade", on: "04-25" },
    { name: "Dia do Trabalhador", on: "05-01" },
    { name: "Corpo de Deus", easter: 60 },
    { name: "Dia de Portugal", on: "06-10" },
    { name: "Assunção de Nossa Senhora", on: "08-15" },
    { name: "Implantação da República", on: "10-05" },
    { name: "Todos os Santos", on: "11-01" },
    { name: "Restauração da Independência", on: "12-01" },
    { name: "Imaculada Conceição", on: "12-08" },
    { name: "Natal", on: "12-25" },
  ],
}

/** `day` is its midnight on the wall clock. */
export type PublicHoliday = { day: Wall; name: string }

/** In the order of the year; what falls on the same day is one. */
export function publicHolidays(country: Country, year: number): PublicHoliday[] {
  const found = RULES[country]
    .filter(({ since }) => since === undefined || year >= since)
    .map((rule) => ({ day: dayOf(rule, year), name: rule.name }))
  const all = country === "GB" ? [...found, ...substitutes(found)] : found
  const byDay = Map.groupBy(all, ({ day }) => day)
  return [...byDay]
    .map(([day, same]) => ({ day, name: same.map(({ name }) => name).join(", ") }))
    .toSorted((a, b) => a.day - b.day)
}

function dayOf(rule: Rule, year: number): Wall {
  if ("easter" in rule) return easterSunday(year) + days(rule.easter)
  if ("monday" in rule) return mondayOf(year, rule.month, rule.monday)
  const [month = 1, day = 1] = rule.on.split("-").map(Number)
  return Date.UTC(year, month - 1, day)
}

function mondayOf(year: number, month: number, which: 1 | -1): Wall {
  const edge = which === 1 ? Date.UTC(year, month - 1, 1) : Date.UTC(year, month, 0)
  const past = (new Date(edge).getUTCDay() + 6) % 7
  return which === 1 ? edge + days((7 - past) % 7) : edge - days(past)
}

const isWeekend = (day: Wall): boolean => [0, 6].includes(new Date(day).getUTCDay())

/** For each that falls on a weekend the next working day that is none already. */
function substitutes(found: readonly PublicHoliday[]): PublicHoliday[] {
  const taken = new Set(found.map(({ day }) => day))
  return found
    .filter(({ day }) => isWeekend(day))
    .map(({ day, name }) => {
      let instead = day + days(1)
      while (isWeekend(instead) || taken.has(instead)) instead += days(1)
      taken.add(instead)
      return { day: instead, name: `${name} (substitute day)` }
    })
}
