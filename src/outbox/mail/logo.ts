/** The picture of a company within its letters: it leaves with them, as it is now. */
import { LETTER_LOGO_CID, logoPicture } from "~/brand/queries.ts"
import type { Reader } from "~/database/handles.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import type { Letter } from "~/mail/rules.ts"

type Body = Pick<Letter, "html" | "attachments">

/** A letter that shows it gets it; where it is gone meanwhile the place of it goes, too. */
export async function withLogo(read: Reader, body: Body, log: Log): Promise<Body> {
  if (!body.html.includes(`"cid:${LETTER_LOGO_CID}"`)) return body
  const picture = logoPicture(read)
  const shown = picture && (await forMail(picture, log))
  if (!shown) return { ...body, html: body.html.replace(PLACE, "") }
  const attachment = { name: `logo.${shown.mimeType.slice("image/".length)}`, cid: LETTER_LOGO_CID, ...shown }
  return { ...body, attachments: [attachment, ...body.attachments] }
}

const PLACE = new RegExp(`<img src="cid:${LETTER_LOGO_CID}"[^>]*>(?:<br>)?`)

type Shown = { mimeType: string; bytes: Uint8Array }

/** Many mail programs know no WebP. */
async function forMail({ type, bytes }: { type: string; bytes: Uint8Array }, log: Log): Promise<Shown | null> {
  if (type !== "image/webp") return { mimeType: type, bytes }
  try {
    return { mimeType: "image/png", bytes: await new Bun.Image(Buffer.from(bytes)).png().bytes() }
  } catch (error) {
    log.warn("the picture of a company cannot be put into a letter", describeError(error))
    return null
  }
}
