/**
 * The classes of real holes of comparable products, V1 to V20, and the tests that would find one here. The tests are
 * named by their own titles; one that is renamed or gone is missed here.
 */
import { describe, expect, test } from "bun:test"
import { readFileSync } from "node:fs"
import { join } from "node:path"

type Proof = Readonly<Record<string, readonly string[]>>

const PROVEN: Readonly<Record<string, Proof>> = {
  "V1 another company's ids": {
    "tenancy/walk.test.ts": ["%s: the same «not found» as for what does not exist, and nothing happens"],
    "tenancy/access.test.ts": ["every route is listed with its area, and nothing is listed that is not there"],
  },
  "V2 a child's id under a parent of one's own": {
    "security/nested.test.ts": ["a message of another conversation is not found under one's own, and nothing happens"],
    "account/reset.test.ts": ["of somebody else cannot be named"],
  },
  "V3 restricted agents": {
    "tenancy/isolated.test.ts": ["does not find what belongs to another skillset", "can do nothing with it"],
    "security/restricted.test.ts": [
      "no page, panel, list or export shows it",
      "from the moment the skillset is taken away",
    ],
  },
  "V4 the live channel": {
    "web/stream.test.tsx": ["hears nothing of another tenant", "of a page on another site is refused"],
    "tenancy/walk.test.ts": ["is heard by nobody at the other, now or when they come back"],
    "security/streams.test.ts": ["ends within five seconds of %s"],
  },
  "V5 script in what others wrote": {
    "browser/hostile.test.ts": ["the browser has nothing to complain about"],
    "conversation/mailing.test.ts": ["a hostile name or text makes no second header and no element"],
    "web/answers.test.tsx": ["is a notice for a panel, in words, escaped, without touching what the panel shows"],
  },
  "V6 files that a browser could run": {
    "media/journeys.test.ts": ["that a browser could run is saved, never opened, under a harmless name"],
    "media/rules.test.ts": ["what says it is a picture and is none is refused, and so is what nobody can name"],
  },
  "V7 addresses of others' choosing": {
    "wire/outbound-destinations.test.ts": [
      "is refused, even when only one of its addresses does",
      "cannot be swapped in after the check",
    ],
    "wire/outbound.test.ts": ["that redirects is not followed, wherever it leads"],
    "mail/smtp.test.ts": ["may not be the machine itself, nor lead to it by a name"],
    "tenant/sign-in-settings.test.ts": ["the password of one mail server is not handed to another host"],
  },
  "V8 a webhook's signature": {
    "wire/signature.test.ts": ["one changed bit anywhere breaks the signature", "because no secret is configured"],
    "whatsapp/webhook.test.ts": ["of one company opens no door to another: its numbers are nobody's"],
  },
  "V9 identities of others' making": {
    "account/provider-sign-in.test.ts": [
      "is linked once and found again",
      "whoever the provider is sure of, but the company is not, does not come in:",
      "a user with that address signs in with a password",
      "they are of another directory",
      "what proves nothing lets nobody in:",
      "the same way back a second time, by whatever cookie",
    ],
    "account/passkeys.test.ts": ["with %s proves nothing, at neither door", "of somebody cannot become another's"],
  },
  "V10 resets and invitations": {
    "account/reset.test.ts": [
      "the link is over after half an hour",
      "says the same to whoever asks",
      "a link comes by mail, to the configured address",
    ],
    "security/entering.test.ts": ["a token that is %s opens nothing", "a request for another host is turned away"],
  },
  "V11 sessions that outlive what ended them": {
    "account/reset.test.ts": ["is set anew by the link, once; every session ends"],
    "web/sign-in.test.tsx": ["makes a new session each time and ends the one before"],
    "security/streams.test.ts": ["ends within five seconds of %s"],
  },
  "V12 guessing": {
    "web/sign-in.test.tsx": ["counts from wherever the guesses come", "cannot hide behind a made-up X-Forwarded-For"],
    "account/second-factor.test.ts": ["cannot be guessed: after five wrong codes one waits, whoever guesses"],
    "account/passkeys.test.ts": ["guesses are counted, at the door and at the second step"],
    "account/reset.test.ts": ["somebody at an unlocked screen cannot guess on and on"],
  },
  "V13 statements in filters": {
    "security/input.test.ts": ["no query of any page reaches a statement"],
    "list/lists.test.ts": ["is filtered by what stands in its address"],
  },
  "V14 fields that nobody asked for": {
    "security/input.test.ts": ["a field that the form does not have is refused, not ignored"],
    "web/form.test.ts": ["takes nothing that it did not ask for, by whatever name"],
  },
  "V15 paths out of their folder": { "security/input.test.ts": ["no path leads out of the assets"] },
  "V16 formulas in exports": {
    "list/lists.test.ts": ["neutralises what a spreadsheet would reckon", "a text is never a formula in .xlsx"],
  },
  "V17 what the log and the counters say": {
    "security/canary.test.ts": ["nobody's name, number, words, token or password is in the log"],
  },
  "V18 mail headers": {
    "mail/queue.test.ts": ["know one mailbox from two, from a header and from a megabyte"],
    "conversation/mailing.test.ts": ["a hostile name or text makes no second header and no element"],
  },
  "V19 the first run": {
    "web/setup.test.tsx": ["makes one admin even when fifty people use the link at the same moment"],
    "tenancy/access.test.ts": ["has the webhook, the page of a call and its signalling, and no other route"],
  },
  "V20 one request too heavy": {
    "web/answers.test.tsx": ["larger than a form is refused before it is read to its end"],
    "whatsapp/webhook.test.ts": ["more than 4 MB are refused before anything is done", "a body without end is cut off"],
    "security/input.test.ts": ["a heavy request is answered at once, and others with it"],
    "security/heavy.test.ts": [
      "%s takes neither the memory nor the time of others",
      "what is measured would show: honest pages take time, and the process has some memory",
    ],
  },
}

describe("Every class of holes has its tests", () => {
  test("from V1 to V20", () => {
    const known = Object.keys(PROVEN).map((name) => name.split(" ")[0] ?? "")
    const wanted = Array.from({ length: 20 }, (_, index) => `V${index + 1}`)
    expect(known.toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)))).toEqual(wanted)
  })

  test.each(Object.entries(PROVEN))("%s", (_name, proof) => {
    for (const [file, titles] of Object.entries(proof)) {
      const text = readFileSync(join(import.meta.dir, "..", file), "utf8")
      for (const title of titles) expect([file, title, text.includes(title)]).toEqual([file, title, true])
    }
  })
})
