/** Tags, by the tenant's admin: called otherwise, put together, taken out of use. */
import { TAGS_PATH, TagDeletion, TagList, TagMerging, TagSheet, tagColumns } from "views/tag/admin.tsx"
import type { Id } from "~/kernel/id.ts"
import type { Refusal } from "~/kernel/step.ts"
import { type AdminNoun, type AdminParts, adminPages } from "~/web/admin-pages.tsx"
import type { Areas } from "~/web/areas.ts"
import { refusalOf, type Written } from "~/web/editing.ts"
import { statusOf } from "~/web/errors.ts"
import { checkbox, choice, id as idField, line } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { addTag, changeTag, mergeTag, removeTag, type TagDetails } from "../actions.ts"
import { oneTag, type TagListed, tags, tagUse } from "../queries/list.ts"
import { allTags } from "../queries.ts"
import { TAG_LIST } from "../rules/list.ts"
import { type KeptTag, LONGEST_TAG, TAG_TONES } from "../rules.ts"

export function tagAdminRoutes({ administration }: Areas, parts: AdminParts) {
  const pages = adminPages(noun, parts)
  const merging = (visit: Visit, id: Id, refusal: Refusal | null = null) => {
    const tag = oneTag(visit.read, id)
    const paths = {
      action: pages.href(visit, `${TAGS_PATH}/${id}/merging`),
      closePath: pages.href(visit, `${TAGS_PATH}/${id}`),
    }
    const others = allTags(visit.read).filter((other) => other.id !== id)
    const said = refusal && visit.t(`refused.${refusal.refused}`, refusal.detail)
    const common = { screen: parts.screenOf(visit.me, visit.read), refusal: said, use: tagUse(visit.read, id) }
    const sheet = <TagMerging {...common} {...paths} tag={tag} others={others} />
    return pages.list(visit, { sheet, current: id, ...(refusal ? { status: statusOf(refusal) } : {}) })
  }
  return administration()
    .get(TAGS_PATH, (visit) => pages.list(visit))
    .post(`${TAGS_PATH}/export`, (visit) => pages.file(visit))
    .get(`${TAGS_PATH}/new`, (visit) => pages.fresh(visit))
    .post(TAGS_PATH, (visit) => pages.create(visit))
    .get(`${TAGS_PATH}/:id`, (visit) => pages.one(visit, visit.id("id")))
    .post(`${TAGS_PATH}/:id`, (visit) => pages.save(visit, visit.id("id")))
    .get(`${TAGS_PATH}/:id/merging`, (visit) => merging(visit, visit.id("id")))
    .post(`${TAGS_PATH}/:id/merging`, async (visit) => {
      const id = visit.id("id")
      oneTag(visit.read, id)
      const { into } = visit.form({ into: idField })
      const refusal = await refusalOf(visit.act((tx) => mergeTag(tx, id, into)))
      return refusal ? merging(visit, id, refusal) : visit.redirect(pages.href(visit, `${TAGS_PATH}/${into}`, "saved"))
    })
    .get(`${TAGS_PATH}/:id/deletion`, (visit) => pages.deletion(visit, visit.id("id")))
    .post(`${TAGS_PATH}/:id/deletion`, (visit) => pages.remove(visit, visit.id("id")))
}

const writtenTag = ({ name, tone, retiredAt }: KeptTag): Written => ({
  name: [name],
  tone: [tone],
  isRetired: retiredAt === null ? [] : ["on"],
})

const noun: AdminNoun<TagListed, KeptTag, TagDetails> = {
  path: TAGS_PATH,
  kind: "tag",
  title: "tags_admin.title",
  shape: TAG_LIST,
  rows: tags,
  columns: tagColumns,
  fields: () => ({ name: line({ most: LONGEST_TAG }), tone: choice(TAG_TONES), isRetired: checkbox }),
  one: oneTag,
  written: writtenTag,
  blank: () => ({ tone: ["plain"] }),
  saidAt: { tag: "name", field: "name" },
  create: addTag,
  change: (tx, id, values) => void changeTag(tx, id, values),
  remove: removeTag,
  List: (props) => <TagList {...props} shape={TAG_LIST} />,
  Sheet: (props) => <TagSheet {...props} use={props.one && tagUse(props.read, props.one.id)} />,
  Deletion: (props) => <TagDeletion {...props} use={tagUse(props.read, props.one.id)} />,
}
