/** «Start Conversation» (S20), and the end of one that nobody answers (S41). */

import type { Screen } from "views/parts/screen.ts"
import type { Chosen, StartProps } from "views/start/props.ts"
import { StartChoices, StartPage, StartPanel } from "views/start/start.tsx"
import { SilenceWarning, TemplateForm, TemplateGone } from "views/template/form.tsx"
import type { SessionUser } from "~/account/queries.ts"
import { skillsetsOfChannel } from "~/assignment/queries/overflow.ts"
import type { Reader } from "~/database/handles.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { found, refuse } from "~/kernel/step.ts"
import { silentTemplates } from "~/message/queries/silence.ts"
import { filledTemplate, type Recipient, recipientOf, templatePicks, titleOf } from "~/template/queries/picking.ts"
import type { Areas } from "~/web/areas.ts"
import { choice, id as idField, line, optional, text } from "~/web/form.ts"
import { InvalidForm, Problem } from "~/web/problem.ts"
import { TEMPLATE_FIELDS, valuesOf } from "~/web/template-fields.ts"
import type { Visit } from "~/web/visit.ts"
import { type Addressee, giveUp, start } from "../actions/starting.ts"
import { skillsetNameOf } from "../queries/refusal.ts"
import { mayStart, startChannels, startCustomerById, startNumber, startSearch } from "../queries/starting.ts"
import { type FirstMessage, skillsetOfStart } from "../rules/starting.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

const MOST_SEARCH = 100
const LONGEST_TYPED = 100_000

export const startRoutes = ({ desk }: Areas, { screenOf }: Parts) =>
  desk()
    .get("/start", (visit) => {
      const props = propsOf(visit, screenOf(visit.me, visit.read))
      if (visit.wantsPanel) return visit.html(<StartPanel {...props} />)
      return visit.page(props.screen.t("start.title"), <StartPage {...props} />)
    })
    .get("/start/choices", (visit) => {
      return visit.html(<StartChoices {...propsOf(visit, screenOf(visit.me, visit.read))} />)
    })
    .get("/start/templates/:template", (visit) => {
      const { me, read, actor, query, id, html } = visit
      allowed(visit)
      const screen = screenOf(me, read)
      const channel = found(parseId(query.get("channel") ?? ""))
      found(startChannels(read, actor).find((one) => one.id === channel))
      const chosen = found(chosenBy(visit, channel))
      const template = filledTemplate(read, me, channel, id("template"), recipientFor(read, chosen))
      if (!template) return html(<TemplateGone screen={screen} />)
      const silence = chosen.kind === "customer" ? { customer: chosen.customer.id, channel } : null
      const last = silence && silentTemplates(read, silence).last
      const warning = <SilenceWarning screen={screen} last={last && { ...last, name: titleOf(last.name) }} />
      return html(<TemplateForm screen={screen} template={template} warning={warning} />)
    })
    .post("/start", async (visit) => {
      allowed(visit)
      const asked = askedOf(visit)
      const conversation = await visit.act((tx) => start(tx, asked))
      return visit.redirect(`/conversations/${conversation}`)
    })
    .post("/templates-sent/:id/closing", async ({ id, act, redirect }) => {
      const conversation = id("id")
      await act((tx) => giveUp(tx, conversation))
      return redirect("/templates-sent")
    })

/** Only whoever the admin lets write first. */
function allowed({ read, me }: Visit): void {
  if (!mayStart(read, me.id)) throw new Problem(403, "access.denied")
}

function propsOf(visit: Visit, screen: Screen): StartProps {
  allowed(visit)
  const { read, actor, query } = visit
  const channels = startChannels(read, actor)
  const wanted = parseId(query.get("channel") ?? "")
  const channel = channels.find(({ id }) => id === wanted)?.id ?? channels[0]?.id ?? 0
  const words = (query.get("search") ?? "").slice(0, MOST_SEARCH)
  const chosen = channel === 0 ? null : chosenBy(visit, channel)
  const skillset = skillsetOfStart(skillsetsOfChannel(read, channel), actor.skillsets)
  return {
    screen,
    channels,
    channel,
    words,
    chosen,
    search: searchOf(visit, channel, words),
    picks: chosen === null ? [] : templatePicks(read, channel, recipientFor(read, chosen)),
    skillsetName: skillsetNameOf(read, skillset),
  }
}

const searchOf = ({ read, actor }: Visit, channel: Id, words: string) =>
  channel === 0 ? { customers: [], number: null } : startSearch(read, actor, channel, words)

/** `customer-17` or `number-393455550172`; null where that is nobody to write to. */
function chosenBy({ read, actor, query }: Visit, channel: Id): Chosen {
  const [kind, value = ""] = (query.get("to") ?? "").split("-")
  if (kind === "number") {
    const number = startNumber(read, actor, value, query.get("search"))
    return number && { kind, number }
  }
  const id = kind === "customer" ? parseId(value) : null
  const customer = id === null ? null : startCustomerById(read, actor, channel, id)
  return customer && customer.open === null && !customer.isBlocked ? { kind: "customer", customer } : null
}

const recipientFor = (read: Reader, chosen: NonNullable<Chosen>): Recipient =>
  chosen.kind === "customer" ? recipientOf(read, chosen.customer.id) : { name: null, phone: chosen.number.digits }

function askedOf({ form }: Visit): { to: Addressee; channel: Id; first: FirstMessage } {
  const {
    to,
    channel,
    name,
    kind,
    text: words,
    template,
    clientId,
    search: _,
    ...fields
  } = form({
    to: line({ most: 60 }),
    channel: idField,
    name: optional(line({ most: 100 })),
    kind: choice(["text", "template"]),
    text: text({ most: LONGEST_TYPED }),
    template: optional(idField),
    clientId: line({ most: 100 }),
    search: text({ most: MOST_SEARCH }),
    ...TEMPLATE_FIELDS,
  })
  if (kind === "text") return { to: addresseeOf(to, name), channel, first: { kind, text: words, clientId } }
  if (template === null) throw new InvalidForm({ template: refuse("start.choose_template") })
  return { to: addresseeOf(to, name), channel, first: { kind, template, clientId, values: valuesOf(fields) } }
}

function addresseeOf(to: string, name: string | null): Addressee {
  const [kind, value = ""] = to.split("-")
  const customer = kind === "customer" ? parseId(value) : null
  if (customer !== null) return { customer }
  if (kind === "number" && /^\d{5,20}$/.test(value)) return { phone: `+${value}`, name }
  throw new InvalidForm({ to: refuse("start.choose_whom") })
}
