/** A voice note: taken from whoever may write in the conversation, put into Ogg, sent. */
import { scarcityOf } from "~/kernel/disk.ts"
import { type Id, parseId } from "~/kernel/id.ts"
import { Refused } from "~/kernel/step.ts"
import { refusalToAttach, sentBefore } from "~/message/queries.ts"
import type { Areas } from "~/web/areas.ts"
import { readBody } from "~/web/form.ts"
import type { Visit } from "~/web/visit.ts"
import { receiveFile } from "../actions/receiving.ts"
import { voiceNoteOf } from "../actions/speaking.ts"
import { attach } from "../actions.ts"
import { mayBeTaken, type RoomParts } from "../rules/room.ts"

/** Three minutes are half a megabyte; what is far longer was not recorded by our page. */
const MOST_RECORDED_BYTES = 4_000_000

export const voiceNoteRoutes = ({ desk }: Areas, { room }: RoomParts) =>
  desk().receive("/conversations/:id/voice-notes", async (visit) => {
    const conversation = visit.id("id")
    const refusal = mayBeTaken("audio", scarcityOf(room()))
    if (refusal) throw new Refused(refusal)
    await takeVoiceNote(visit, conversation)
    return visit.done(`/conversations/${conversation}`)
  })

async function takeVoiceNote({ request, query, read, actor, act }: Visit<"id">, conversation: Id): Promise<void> {
  const clientId = (query.get("clientId") ?? "").slice(0, 100)
  const refusal = refusalToAttach(read, actor, conversation, "")
  if (refusal) throw new Refused(refusal)
  if (sentBefore(read, conversation, clientId)) return
  const recorded = await readBody(request, MOST_RECORDED_BYTES)
  const { bytes, mimeType, voice } = await voiceNoteOf(new Uint8Array(recorded))
  const receiver = receiveFile(act)
  try {
    await receiver.write(bytes)
    const { keep } = await receiver.end()
    const name = mimeType === "audio/ogg" ? "voice.ogg" : "voice.m4a"
    const replyTo = parseId(query.get("replyTo") ?? "")
    const sent = { conversation, clientId, caption: "", kind: "audio", mimeType, name, voice, replyTo } as const
    await act((tx) => attach(tx, { ...sent, file: keep(tx) }))
  } catch (error) {
    await receiver.abandon()
    throw error
  }
}
