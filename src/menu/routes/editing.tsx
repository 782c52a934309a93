/** A3: the menu of a number: its form, and a phone that sends nothing to try it on. */
import { ChannelPage, channelPath } from "views/channel/page.tsx"
import { MenuForm } from "views/menu/editing.tsx"
import { PretendPhone } from "views/menu/pretend-phone.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { lastChange } from "~/audit/queries/last-change.ts"
import { channelFrame } from "~/channel/queries/administering.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import type { Areas } from "~/web/areas.ts"
import { type Conflict, changedSince, editing, refusalOf, unlessChanged } from "~/web/editing.ts"
import {
  checkbox,
  choice,
  type Field,
  type FieldErrors,
  line,
  optional,
  several,
  text,
  wholeNumber,
} from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { setMenu } from "../actions.ts"
import { everySkillset, menuOfChannel } from "../queries.ts"
import { changedDraft, draftOf, type MenuDraft, newDraft, placesOf, readDraft } from "../rules/editing.ts"
import { LONGEST_TITLE, MOST_CHOICES } from "../rules/question.ts"
import { type Said, walkThrough } from "../rules/trial.ts"
import type { Menu } from "../rules.ts"

type MenuParts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const menuEditingRoutes = ({ administration }: Areas, parts: MenuParts) =>
  administration()
    .get("/admin/channels/:id/menu", (visit) => menuPage(visit, parts, visit.id("id"), {}))
    .post("/admin/channels/:id/menu", (visit) => saveMenu(visit, parts, visit.id("id")))
    .post("/admin/channels/:id/menu/trial", (visit) => {
      const { id } = channelFrame(visit.read, visit.id("id"))
      const { said, answer, pressed, pressedWords, reply, restart, wait, ...given } = visit.form({
        ...shape,
        ...trialShape,
      })
      const before = restart ? [] : said.flatMap((one) => saidIn(one) ?? [])
      const now: Said[] =
        pressed !== null
          ? [{ words: pressedWords ?? "", pressed }]
          : reply && answer !== null
            ? [{ words: answer, pressed: null }]
            : wait
              ? [{ waited: true }]
              : []
      const props = phoneOf(visit, parts, id, draftFrom(given), [...before, ...now].slice(-MOST_SAID))
      return visit.html(<PretendPhone {...props} />)
    })

const MOST_ROWS = 300
const MOST_SAID = 50
const LONGEST_TYPED = 10_000
const rows = (most: number): Field<string[]> => several(text({ most }), { most: MOST_ROWS })

const shape = {
  ...editing,
  isOn: checkbox,
  style: choice(["text", "buttons", "list"]),
  do: optional(line({ most: 20 })),
  greeting: text({ most: LONGEST_TYPED }),
  opener: text({ most: 200 }),
  wrongAnswer: text({ most: LONGEST_TYPED }),
  wrongAnswersUntilPerson: wholeNumber({ least: 1, most: 10 }),
  timeoutSkillset: text({ most: 20 }),
  timeoutMinutes: wholeNumber({ least: 1, most: 1_440 }),
  depth: rows(2),
  title: rows(200),
  words: rows(500),
  skillset: rows(20),
  priority: rows(5),
  answerText: rows(LONGEST_TYPED),
  personTitle: text({ most: 200 }),
  personWords: text({ most: 500 }),
  personSkillset: text({ most: 20 }),
  personPriority: text({ most: 5 }),
  personAnswer: text({ most: LONGEST_TYPED }),
}
const trialShape = {
  said: several(line({ most: 1_000 }), { most: MOST_SAID }),
  answer: optional(line({ most: 500 })),
  pressed: optional(line({ most: 200 })),
  pressedWords: optional(line({ most: 200 })),
  reply: checkbox,
  restart: checkbox,
  wait: checkbox,
}

function saidIn(json: string): Said | null {
  try {
    const one = JSON.parse(json) as Record<string, unknown> | null
    if (one?.waited === true) return { waited: true }
    if (typeof one?.words !== "string") return null
    return { words: one.words, pressed: typeof one.pressed === "string" ? one.pressed : null }
  } catch {
    return null
  }
}

type Shown = { draft?: MenuDraft; errors?: FieldErrors; conflict?: Conflict }

const written = (menu: Menu | null) => ({ menu: menu ? [JSON.stringify(menu)] : [] })

function menuPage(visit: Visit, parts: MenuParts, id: Id, shown: Shown): Response {
  const { me, read, query, t, page } = visit
  const screen = parts.screenOf(me, read)
  const frame = channelFrame(read, id)
  const menu = menuOfChannel(read, id)
  const { draft = menu ? draftOf(menu) : beginning(visit), errors = {}, conflict = null } = shown
  const props = {
    screen,
    frame,
    draft,
    places: placesOf(draft.rows),
    skillsets: everySkillset(read),
    limits: LIMITS,
    editing: { written: {}, errors, conflict, before: written(menu) },
    done: query.get("done") === "saved" ? { sentence: t("admin.done_saved") } : null,
    phone: phoneOf(visit, parts, id, draft, []),
  }
  const status = conflict ? 409 : Object.keys(errors).length > 0 ? 422 : 200
  return page(
    frame.name,
    <ChannelPage screen={screen} frame={frame} section="menu">
      {<MenuForm {...props} />}
    </ChannelPage>,
    status,
  )
}

/** A number without a menu has one to begin with, switched off. */
function beginning({ t }: Visit): MenuDraft {
  const words = {
    greeting: t("menu_admin.first_greeting"),
    opener: t("menu_admin.first_opener"),
    wrongAnswer: t("menu_admin.first_wrong_answer"),
    person: t("menu_admin.first_person"),
  }
  return { ...newDraft(words), isOn: false }
}

const LIMITS = {
  text: { choices: MOST_CHOICES.text, title: LONGEST_TITLE.text },
  buttons: { choices: MOST_CHOICES.buttons, title: LONGEST_TITLE.buttons },
  list: { choices: MOST_CHOICES.list, title: LONGEST_TITLE.list },
} as const

const knownSkillsets = (read: Reader) => new Set(everySkillset(read).map((one) => one.id))

function phoneOf(visit: Visit, { screenOf }: MenuParts, id: Id, draft: MenuDraft, said: readonly Said[]) {
  const { me, read, t } = visit
  const menu = readDraft(draft, knownSkillsets(read))
  return {
    screen: screenOf(me, read),
    name: channelFrame(read, id).name,
    said,
    skillsets: everySkillset(read),
    bubbles: "menu" in menu ? walkThrough(menu.menu, t("menu_admin.first_words"), said) : null,
    timeoutMinutes: draft.timeoutMinutes,
    action: `${channelPath(id, "menu")}/trial`,
  }
}

/** Small buttons change the form alone; nothing is kept before «Save». */
async function saveMenu(visit: Visit, parts: MenuParts, id: Id): Promise<Response> {
  const form = visit.checkForm(shape)
  if (!form.valid) return menuPage(visit, parts, id, { errors: form.errors })
  const { before, do: deed, ...given } = form.values
  const draft = draftFrom(given)
  if (deed !== null) return menuPage(visit, parts, id, { draft: changedDraft(draft, deed) ?? draft })
  const read = draft.isOn ? readDraft(draft, knownSkillsets(visit.read)) : { menu: null }
  if ("errors" in read) return menuPage(visit, parts, id, { draft, errors: read.errors })
  const refusal = await refusalOf(
    visit.act((tx) => {
      channelFrame(tx, id)
      unlessChanged(before, written(menuOfChannel(tx, id)))
      setMenu(tx, id, read.menu)
    }),
  )
  if (refusal === null) return visit.redirect(`${channelPath(id, "menu")}?done=saved`)
  if (refusal.refused !== "form.conflict") return menuPage(visit, parts, id, { draft, errors: { form: refusal } })
  const fields = changedSince(before, written(menuOfChannel(visit.read, id)))
  return menuPage(visit, parts, id, { draft, conflict: { by: lastChange(visit.read, "channel", id), fields } })
}

type Given = Omit<MenuDraft, "person" | "rows"> &
  Record<"depth" | "title" | "words" | "skillset" | "priority" | "answerText", string[]> &
  Record<"personTitle" | "personWords" | "personSkillset" | "personPriority" | "personAnswer", string>

function draftFrom({ depth, title, words, skillset, priority, answerText, ...given }: Given): MenuDraft {
  const { personTitle, personWords, personSkillset, personPriority, personAnswer, ...rest } = given
  return {
    ...rest,
    person: {
      depth: 0,
      title: personTitle,
      words: personWords,
      skillset: personSkillset,
      priority: personPriority,
      answer: personAnswer,
    },
    rows: title.map((one, index) => ({
      depth: Number(depth[index] ?? 0) || 0,
      title: one,
      words: words[index] ?? "",
      skillset: skillset[index] ?? "",
      priority: priority[index] ?? "",
      answer: answerText[index] ?? "",
    })),
  }
}
