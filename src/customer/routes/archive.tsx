/** Whoever asks what is kept of them gets one archive: their data, every conversation to be read, every file. */
import { TranscriptLetter } from "views/conversation/transcript.tsx"
import { ArchivePage } from "views/customer/archive.tsx"
import { customerFacts } from "views/customer/page.tsx"
import type { Screen } from "views/parts/screen.ts"
import type { SessionUser } from "~/account/queries.ts"
import { conversationHead, titleOf } from "~/conversation/queries/console.ts"
import { transcriptOf, WHOLE } from "~/conversation/queries/transcript.ts"
import type { Reader } from "~/database/handles.ts"
import type { Id } from "~/kernel/id.ts"
import { found } from "~/kernel/step.ts"
import { piecesOf } from "~/media/queries.ts"
import { tenantProfile } from "~/tenant/queries.ts"
import { type ArchiveEntry, archiveResponse } from "~/web/archive.ts"
import type { Areas } from "~/web/areas.ts"
import { proven } from "~/web/proof.tsx"
import type { Visit } from "~/web/visit.ts"
import { noteArchive } from "../actions/archiving.ts"
import { conversationsOf } from "../queries/archive.ts"
import { customerCard, customerFor, knownSince, phoneOf } from "../queries.ts"

type Parts = { screenOf: (me: SessionUser, read: Reader) => Screen }

export const customerArchiveRoutes = ({ supervision }: Areas, { screenOf }: Parts) =>
  supervision().post(
    "/customers/:id/archive",
    proven({ screenOf }, async (visit) => {
      const customer = found(customerFor(visit.read, visit.actor, visit.id("id")))
      await visit.act((tx) => noteArchive(tx, customer.id))
      const screen = screenOf(visit.me, visit.read)
      return archiveResponse(titleOf(customer), entriesOf(visit, screen, customer.id))
    }),
  )

/** Conversation by conversation, as somebody takes them; the page that leads to them comes last. */
function* entriesOf({ read, actor }: Visit, screen: Screen, id: Id): Generator<ArchiveEntry> {
  const companyName = tenantProfile(read).name
  const conversations: { path: string; words: string; files: readonly string[] }[] = []
  for (const [index, conversation] of conversationsOf(read, id).entries()) {
    const head = conversationHead(read, actor, conversation)
    const transcript = transcriptOf(read, conversation, actor.id, true, WHOLE)
    const path = `${index + 1}.html`
    const folder = `${index + 1}-files`
    yield page(path, `${TranscriptLetter({ screen, head, transcript, companyName, look: null, words: "" })}`)
    for (const { file, name, size } of transcript.files)
      yield { path: `${folder}/${name}`, pieces: piecesOf(read, file, 0, size), isPacked: true }
    const words = `${screen.format.dateTime(head.openedAt)} · ${head.channelName}`
    conversations.push({ path, words, files: transcript.files.map(({ name }) => `${folder}/${name}`) })
  }
  const customer = found(customerFor(read, actor, id))
  const facts = customerFacts({
    screen,
    customer,
    phone: phoneOf(customer),
    createdAt: knownSince(read, id),
    card: customerCard(read, id, null),
  })
  yield page("index.html", `${ArchivePage({ screen, title: titleOf(customer), companyName, facts, conversations })}`)
}

const page = (path: string, html: string): ArchiveEntry => ({
  path,
  pieces: [new TextEncoder().encode(`<!doctype html>${html}`)],
})
