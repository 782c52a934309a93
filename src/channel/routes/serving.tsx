/** A3: who serves a number, in which order, and how it behaves. */
import type { Editing } from "views/admin/sheet.tsx"
import { ChannelPage, channelPath } from "views/channel/page.tsx"
import { ChannelBehaviour, ChannelSkillsets } from "views/channel/serving.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import type { Id } from "~/kernel/id.ts"
import { refuse } from "~/kernel/step.ts"
import { skillsetChoices } from "~/skillset/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { changedSince, editing, errorsFor, refusalOf, unlessChanged, type Written } from "~/web/editing.ts"
import { checkbox, choice, type Field, id as idField, line, optional, several, text, wholeNumber } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { type ChannelChanges, updateChannel } from "../actions.ts"
import { channelById, channelFrame } from "../queries/administering.ts"
import { CHANNEL_FIELDS, writtenBehaviour, writtenSkillsets } from "../rules/channels-list.ts"
import { CHANNEL_SETTINGS, type ChannelSettings } from "../rules/settings.ts"
import type { Channel } from "../rules.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen; secrets: Secrets }

export const channelServingRoutes = ({ administration }: Areas, parts: Parts) =>
  administration()
    .get("/admin/channels/:id/skillsets", (visit) => skillsetsPage(visit, parts, visit.id("id"), {}))
    .post("/admin/channels/:id/skillsets", (visit) => saveSkillsets(visit, parts, visit.id("id")))
    .get("/admin/channels/:id/behaviour", (visit) => behaviourPage(visit, parts, visit.id("id"), {}))
    .post("/admin/channels/:id/behaviour", (visit) => saveBehaviour(visit, parts, visit.id("id")))

type Shown = { chosen?: readonly Id[]; written?: Written } & Partial<Pick<Editing, "errors" | "conflict">>

/** What both pages are made of. */
function surroundings(visit: Visit, { screenOf }: Parts, id: Id, { errors = {}, conflict = null }: Shown) {
  const { me, read, query, t } = visit
  return {
    screen: screenOf(me, read),
    frame: channelFrame(read, id),
    errors,
    conflict,
    done: query.get("done") === "saved" ? { sentence: t("admin.done_saved") } : null,
    status: conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200,
  }
}

function skillsetsPage(visit: Visit, parts: Parts, id: Id, shown: Shown): Response {
  const { read, page } = visit
  const channel = channelById(read, id)
  const { screen, frame, errors, conflict, done, status } = surroundings(visit, parts, id, shown)
  const all = skillsetChoices(read)
  const ids = shown.chosen ?? channel.skillsets
  const props = {
    chosen: ids.flatMap((one) => all.find((skillset) => skillset.id === one) ?? []),
    others: all.filter((one) => !ids.includes(one.id)),
    editing: { written: {}, errors, conflict, before: writtenSkillsets(channel) },
  }
  const inside = <ChannelSkillsets screen={screen} frame={frame} done={done} {...props} />
  return page(
    channel.name,
    <ChannelPage screen={screen} frame={frame} section="skillsets">
      {inside}
    </ChannelPage>,
    status,
  )
}

const MOST_SKILLSETS = 100
const skillsetsShape = {
  ...editing,
  skillsets: several(idField, { most: MOST_SKILLSETS }),
  adding: optional(idField),
  do: optional(line({ most: 20 })),
}

async function saveSkillsets(visit: Visit, parts: Parts, id: Id): Promise<Response> {
  const { before, skillsets, adding, do: deed } = visit.form(skillsetsShape)
  const known = new Set(skillsetChoices(visit.read).map((one) => one.id))
  const chosen = [...new Set(skillsets)].filter((one) => known.has(one))
  if (deed !== null) return skillsetsPage(visit, parts, id, { chosen: moved(chosen, deed, adding) })
  const again = (shown: Shown) => skillsetsPage(visit, parts, id, { chosen, ...shown })
  return save(visit, parts, {
    id,
    before,
    changes: { skillsets: chosen },
    writing: writtenSkillsets,
    to: "skillsets",
    again,
  })
}

/** The list after a press of one of its buttons. */
function moved(chosen: readonly Id[], deed: string, adding: Id | null): Id[] {
  const [verb, place = ""] = deed.split(":")
  const index = Number(place)
  const one = chosen[index]
  if (verb === "add") return adding === null ? [...chosen] : [...chosen, adding]
  if (one === undefined) return [...chosen]
  const others = chosen.filter((other) => other !== one)
  if (verb === "drop") return others
  return others.toSpliced(Math.max(0, verb === "up" ? index - 1 : index + 1), 0, one)
}

function behaviourPage(visit: Visit, parts: Parts, id: Id, shown: Shown): Response {
  const { read, page } = visit
  const channel = channelById(read, id)
  const { screen, frame, errors, conflict, done, status } = surroundings(visit, parts, id, shown)
  const before = writtenBehaviour(channel)
  const form = { written: shown.written ?? before, errors, conflict, before }
  const inside = (
    <ChannelBehaviour screen={screen} frame={frame} done={done} editing={form} kinds={CHANNEL_SETTINGS.choices} />
  )
  return page(
    channel.name,
    <ChannelPage screen={screen} frame={frame} section="behaviour">
      {inside}
    </ChannelPage>,
    status,
  )
}

const NAMES = Object.keys(CHANNEL_SETTINGS.choices) as (keyof ChannelSettings)[]

const behaviourShape = {
  ...editing,
  ...(Object.fromEntries(NAMES.map((name) => [name, fieldFor(name)])) as Record<
    keyof ChannelSettings,
    Field<number | string | boolean>
  >),
}

function fieldFor(name: keyof ChannelSettings): Field<number | string | boolean> {
  const kind = CHANNEL_SETTINGS.choices[name]
  if ("least" in kind) return wholeNumber(kind)
  if ("words" in kind) return choice(kind.words)
  return "longest" in kind ? text({ most: 500 }) : checkbox
}

async function saveBehaviour(visit: Visit, parts: Parts, id: Id): Promise<Response> {
  const form = visit.checkForm(behaviourShape)
  if (!form.valid) return behaviourPage(visit, parts, id, form)
  const { before, ...values } = form.values
  const { written } = form
  const settings = CHANNEL_SETTINGS.read(values)
  if ("problems" in settings) {
    const errors = Object.fromEntries(settings.problems.map(({ path }) => [path.slice(1), refuse("field.malformed")]))
    return behaviourPage(visit, parts, id, { written, errors })
  }
  const changes = { settings: { ...channelById(visit.read, id).settings, ...settings } }
  const again = (shown: Shown) => behaviourPage(visit, parts, id, { written, ...shown })
  return save(visit, parts, { id, before, changes, writing: writtenBehaviour, to: "behaviour", again })
}

type Saving = {
  id: Id
  before: string
  changes: ChannelChanges
  /** The fields of this page, to tell what others have changed. */
  writing: (channel: Channel) => Written
  to: "skillsets" | "behaviour"
  again: (shown: Shown) => Response
}

async function save(visit: Visit, parts: Parts, saving: Saving): Promise<Response> {
  const { id, before, changes, writing, to, again } = saving
  const refusal = await refusalOf(
    visit.act((tx) => {
      unlessChanged(before, writing(channelById(tx, id)))
      updateChannel(tx, parts.secrets, id, changes)
    }),
  )
  if (refusal === null) return visit.redirect(`${channelPath(id, to)}?done=saved`)
  if (refusal.refused !== "form.conflict") return again({ errors: errorsFor(refusal, CHANNEL_FIELDS) })
  const fields = changedSince(before, writing(channelById(visit.read, id)))
  return again({ conflict: { by: lastChange(visit.read, "channel", id), fields } })
}
