import type { Id } from "~/kernel/id.ts"
import type { MediaFormat } from "./anatomy.ts"

export type TemplateFact =
  /** An account's templates are to be asked for; something is to be told about one; a header's file has had its day. */
  | { type: "template.sync_wanted"; wabaId: string }
  | { type: "template.task_due" }
  | { type: "template.file_let_go"; file: Id }
  /** A file for the header of a template that a user is about to send. */
  | { type: "template.file_taken"; upload: Id; user: Id; file: Id; kind: MediaFormat; mimeType: string; name: string }
  /** What Meta has is known only by asking: it had a template before we told it. */
  | { type: "template.listing_due"; wabaId: string }
