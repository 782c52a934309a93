import { describe, expect, test } from "bun:test"
import { Glob } from "bun"
import { catalogues, LANGUAGES, phrases, translator } from "views/locales/index.ts"
import type { ConversationState } from "~/conversation/rules.ts"
import { FAILURE_REASONS } from "~/whatsapp/errors.ts"

type Entry = string | { one: string; many?: string; other: string; by?: string }
const entries = (language: keyof typeof catalogues): [string, Entry][] => Object.entries(catalogues[language])
const forms = (entry: Entry): string[] =>
  typeof entry === "string" ? [entry] : [entry.one, entry.other, ...(entry.many ? [entry.many] : [])]
const blanks = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()

/** «Contact» for one, «3 contacts» for more: the singular may do without its number. */
const countless = (entry: Entry): string | null =>
  typeof entry === "object" && !entry.one.includes("{") && blanks(entry.other).join() === "count" ? entry.one : null

/** Third persons that no sentence of ours begins with unless it speaks to somebody whom it does not know. */
const FORMAL =
  /(?:["«]|[.:;!?] )(?:acceda|aggiunga|apra|chiuda|colleghi un|completi|confronti|controlli|corregga|dia|inserisca|intendeva|legga|prema|prenda|risponda|salvi|tolga|veda|vada)\b/i

describe("every language says everything", () => {
  for (const language of LANGUAGES) {
    test(`${language} has every phrase of English, and no other`, () => {
      expect(Object.keys(catalogues[language]).sort()).toEqual(Object.keys(catalogues.en).sort())
    })

    test(`${language} gives no key two meanings in two of its files`, async () => {
      const homes = new Map<string, string[]>()
      const folder = new URL(`../../views/locales/${language}/`, import.meta.url).pathname
      for (const file of new Glob("*.ts").scanSync(folder))
        for (const [, key] of (await Bun.file(folder + file).text()).matchAll(/^ {2}"([\w.]+)":/gm))
          homes.set(key!, [...(homes.get(key!) ?? []), file])
      expect(homes.size).toBeGreaterThan(300)
      expect([...homes].filter(([, files]) => files.length > 1)).toEqual([])
    })

    test(`${language} leaves the same blanks as English in every phrase and form`, () => {
      const english = new Map(entries("en"))
      const different = entries(language).filter(([key, entry]) => {
        const measure = blanks(forms(english.get(key)!).at(-1)!)
        return forms(entry).some((form) => blanks(form).join() !== measure.join() && form !== countless(entry))
      })
      expect(different.map(([key]) => key)).toEqual([])
    })

    test(`${language} has no empty phrase and no stray blank around one`, () => {
      const odd = entries(language).filter(([, entry]) =>
        forms(entry).some((form) => form === "" || form !== form.trim()),
      )
      expect(odd.map(([key]) => key)).toEqual([])
    })
  }

  test.each([
    ["an agent is «agente», whoever runs the appliance «gestore»", /\boperator[ei]\b/i],
    ["the appliance is «impianto»", /\b(?:apparat[oi]|installazion[ei]|appliance)\b/i],
    ["a skillset is «skillset»", /\bcompetenz[ae]\b/i],
    ["a supervisor is «supervisore»", /\bresponsabil[ei] (?!campagne)/i],
    ["whoever reads is «tu»", /\b(?:riprovi|scelga|scriva l|attenda|chieda|avvisi l|il suo accesso a)\b/i],
    ["whoever reads is «tu», at the beginning of a sentence", FORMAL],
  ])("in Italian %s", (_, other) => {
    const said = Object.entries(catalogues.it).filter(([, phrase]) => other.test(JSON.stringify(phrase)))
    expect(said.map(([key]) => key)).toEqual([])
  })

  test("what is the same in both languages is the same on purpose", () => {
    const same = entries("en").filter(([key, entry]) => {
      const words = forms(entry)
        .join(" ")
        .replace(/\{\w+\}/g, "")
      return /\p{L}{4}/u.test(words) && JSON.stringify(entry) === JSON.stringify(new Map(entries("it")).get(key))
    })
    expect(same.map(([key]) => key).sort()).toEqual([
      "admin.group_whatsapp",
      "audit.field.email",
      "audit.field.passkey",
      "audit.field.password",
      "audit.kind_skillset",
      "audit.kind_template",
      "audit.kind_tenant",
      "automatic.placeholder_skillset",
      "channels.first_skillset",
      "channels.section_menu",
      "channels.step_webhook",
      "customer.email",
      "details.skillset",
      "directory.base_hint",
      "directory.server",
      "emoji.title",
      "failed.meta",
      "imports.encoding_unicode",
      "imports.encoding_wide",
      "imports.encoding_wide_big",
      "imports.field_email",
      "imports.file",
      "kind.sticker",
      "kind.template",
      "kind.video",
      "list_page.export_xlsx",
      "login.password",
      "mail.host",
      "mail.security_starttls",
      "menu_admin.chat",
      "nav.dashboard",
      "profile.email",
      "provider.account_salesforce",
      "report.column_back_office_time",
      "report.rows_skillset",
      "start.template",
      "status.back_office",
      "template.category.marketing",
      "template.header.video",
      "templates_sent.template",
      "transfer.skillset",
      "waiting.skillset",
      "ways_in.about_google",
    ])
  })
})

describe("what the product can refuse or fail at is said in words", () => {
  test("every refusal of the code has its sentence", async () => {
    const keys = await refusalKeys()
    expect(keys.length).toBeGreaterThan(40)
    expect(keys.filter((key) => !Object.hasOwn(catalogues.en, `refused.${key}`))).toEqual([])
  })

  test("a verb that does not suit the state of a conversation is refused with that state's sentence", () => {
    const states: { readonly [State in Exclude<ConversationState, "closed">]: true } = {
      menu: true,
      queued: true,
      offered: true,
      active: true,
      parked: true,
      awaiting_reply: true,
    }
    const missing = Object.keys(states).filter(
      (state) => !Object.hasOwn(catalogues.en, `refused.conversation.is_${state}`),
    )
    expect(missing).toEqual([])
  })

  test("every reason for a failed message has its sentence", () => {
    expect(FAILURE_REASONS.filter((reason) => !Object.hasOwn(catalogues.en, `failure.${reason}`))).toEqual([])
  })
})

describe("phrases are filled", () => {
  test("counts take the form of the language", () => {
    expect(translator("en")("thread.unread", { count: 1 })).toBe("1 unread message")
    expect(translator("en")("thread.unread", { count: 2 })).toBe("2 unread messages")
    expect(translator("it")("thread.unread", { count: 1 })).toBe("1 messaggio non letto")
    expect(translator("it")("thread.unread", { count: 0 })).toBe("0 messaggi non letti")
  })

  test("numbers are written as the language writes them", () => {
    const blanks = { characters: 5000, limit: 4096 }
    expect(phrases("en")("refused.message.too_long", blanks)).toContain("5,000")
    expect(phrases("it")("refused.message.too_long", { ...blanks, characters: 12_345 })).toContain("12.345")
  })

  test("a name with a brace in it is only a name", () => {
    expect(translator("en")("composer.owned", { name: "{reference} <b>" })).toBe(
      "{reference} <b> is answering this conversation",
    )
  })

  test("an unknown language reads English, an unknown key is said as it is", () => {
    expect(translator("xx")("login.submit")).toBe("Login")
    expect(phrases("it")("refused.never_heard")).toBe("refused.never_heard")
    expect(phrases("it")("constructor")).toBe("constructor")
  })
})

/** Every key that the product refuses with, read from its source: the first text among what a refusal is made of. */
async function refusalKeys(): Promise<string[]> {
  const keys = new Set<string>()
  const root = `${import.meta.dir}/../..`
  for await (const path of new Bun.Glob("src/**/*.{ts,tsx}").scan(root)) {
    if (/^src\/(simulator|command)\//.test(path)) continue
    const text = await Bun.file(`${root}/${path}`).text()
    for (const [, given = ""] of text.matchAll(/\b(?:refuse|demand|Problem)\(\s*([^;]*?)\)/gs))
      for (const [, key = ""] of given.matchAll(/"([a-z_]+\.[a-z_]+)"/g)) keys.add(key)
    for (const [, key = ""] of text.matchAll(/\brefuse\("([a-z_]+)"/g)) keys.add(key)
  }
  return [...keys]
}
