/** What can happen to the files that messages carry. */
import type { Instant } from "~/kernel/clock.ts"
import type { Id } from "~/kernel/id.ts"
import type { MediaReference } from "~/whatsapp/payload.ts"
import type { OutgoingKind } from "./kinds.ts"

export type MediaFact =
  /** A message came whose file WhatsApp keeps for a while. */
  | {
      type: "media.announced"
      message: Id
      media: Pick<MediaReference, "mediaId" | "mimeType" | "sha256">
      name: string | null
      sentAt: Instant
    }
  /** An agent sends a file that is here; the message with this id follows from it. */
  | {
      type: "media.attached"
      message: Id
      conversation: Id
      clientId: string
      caption: string
      file: Id
      kind: OutgoingKind
      mimeType: string
      name: string
      /** Spoken into the conversation: WhatsApp shows it as a voice note. */
      voice: boolean
      /** The message it answers. */
      replyTo: Id | null
    }
  /** A message of ours shows a file that is here. */
  | { type: "media.carried"; message: Id; file: Id; name: string; mimeType: string }
  /** Somebody asks for a file that did not come. */
  | { type: "media.wanted"; message: Id }
  | { type: "media.changed"; conversation: Id }
  /** A file has come that the virus scanner is to look at, and what it said is written down. */
  | { type: "media.scan_due"; file: Id }
  | { type: "media.scanned"; file: Id }
