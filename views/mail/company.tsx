/** Whose letter it is, at its top: the picture comes with the letter, so that reading it asks nobody for anything. */
import type { Look } from "~/brand/rules.ts"

const MOST_WIDTH = 200
const MOST_HEIGHT = 48

/** Its name stands below the picture, for programs that show none; `name` empty: it is said elsewhere. */
export const Company = ({ look, name = look.name }: { look: Look; name?: string }) => (
  <p class="company">
    {look.logo && <Picture logo={look.logo} />}
    {name}
  </p>
)

function Picture({ logo: { cid, width, height } }: { logo: NonNullable<Look["logo"]> }) {
  const scale = Math.min(1, MOST_WIDTH / width, MOST_HEIGHT / height)
  const size = { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
  return (
    <>
      <img src={`cid:${cid}`} {...size} alt="" />
      <br />
    </>
  )
}
