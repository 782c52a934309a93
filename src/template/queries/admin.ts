/** Templates as their admin sees them. */
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { anatomyOf } from "../rules/anatomy.ts"
import type { Template } from "../rules.ts"
import { allTemplates } from "../store.ts"

export type AdminTemplate = Pick<
  Template,
  "name" | "language" | "category" | "status" | "quality" | "rejectedReason" | "enabled" | "task" | "problem"
> & { id: Id; wabaId: string; body: string; problemDetails: string | null; isSupported: boolean }

/** By name and language, whatever their standing. */
export const adminTemplates = (reader: Reader): AdminTemplate[] =>
  allTemplates(reader).map((template) => {
    const anatomy = anatomyOf(template)
    return { ...template, body: anatomy?.body ?? "", isSupported: anatomy !== null || template.components.length === 0 }
  })
