/** Customer properties and tags of the file: properties in their order, known by name. */
import { allChannels } from "~/channel/store.ts"
import { setProperty } from "~/customer-property/actions.ts"
import {
  LONGEST_CHOICE,
  LONGEST_PROPERTY_NAME,
  PROPERTY_KINDS,
  type PropertyKind,
  refuseProperty,
} from "~/customer-property/rules.ts"
import type { Tx } from "~/database/handles.ts"
import { setTag } from "~/tag/actions.ts"
import { foldedTag, LONGEST_TAG, TAG_TONES, type TagTone } from "~/tag/rules.ts"
import { refusalLine } from "../wording.ts"
import type { Application } from "./provision.ts"
import { unlessRefused } from "./refusing.ts"
import { listOf, object, oneOf, type Shape, tell, text, yesOrNo } from "./shape.ts"

const line = (most: number) => text(most, (value) => (/\p{Cc}/u.test(value) ? "must be one line" : null))
const propertyFields = object(
  { name: line(LONGEST_PROPERTY_NAME) },
  { kind: oneOf(PROPERTY_KINDS), choices: listOf(line(LONGEST_CHOICE)), channels: listOf(text(80)), enabled: yesOrNo },
)

/** `channels` names the numbers beside which it is shown; none: beside all. */
export type CustomerPropertyEntry = {
  name: string
  kind: PropertyKind
  choices: readonly string[]
  channels: readonly string[]
  enabled: boolean
}

export const customerPropertyShape: Shape<CustomerPropertyEntry> = (given, path, problems) => {
  const before = problems.length
  const read = propertyFields(given, path, problems)
  if (!read || problems.length > before) return undefined
  const { name, kind = "text", choices = [], channels = [], enabled = true } = read
  const refusal = refuseProperty({ name, kind, choices })
  return refusal ? tell(problems, path, refusalLine(refusal)) : { name, kind, choices, channels, enabled }
}

export type TagEntry = { name: string; tone: TagTone }
const tagFields = object({ name: line(LONGEST_TAG) }, { tone: oneOf(TAG_TONES) })

/** In short, a tag is its name. */
export const tagShape: Shape<TagEntry> = (given, path, problems) => {
  const read = tagFields(typeof given === "string" ? { name: given } : given, path, problems)
  return read && { name: read.name, tone: read.tone ?? "plain" }
}
export const tagKey = ({ name }: TagEntry): string => foldedTag(name)

type Where = { slug: string; path: string }

export function applyCustomerProperties(
  { report, problems }: Application,
  tx: Tx,
  entries: readonly CustomerPropertyEntry[],
  { slug, path }: Where,
): void {
  for (const [index, { channels: names, ...entry }] of entries.entries()) {
    const channels = names.flatMap((name, place) => {
      const channel = allChannels(tx).find((one) => one.name === name)?.id ?? null
      if (channel === null)
        tell(
          problems,
          `${path}.customerProperties[${index}].channels[${place}]`,
          `names a number that does not exist: ${name}`,
        )
      return channel === null ? [] : [channel]
    })
    unlessRefused(problems, `${path}.customerProperties[${index}]`, () =>
      report.push({
        object: `customer property ${entry.name} of ${slug}`,
        outcome: setProperty(tx, { ...entry, channels }, index),
      }),
    )
  }
}

export function applyTags({ report }: Application, tx: Tx, entries: readonly TagEntry[], { slug }: Where): void {
  for (const { name, tone } of entries)
    report.push({ object: `tag ${name} of ${slug}`, outcome: setTag(tx, name, tone) })
}
