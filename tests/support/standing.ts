/** Where things stand on a screen: styles that no longer meet their elements break this and nothing else. */
import type { Locator } from "playwright-core"

const boxOf = async (one: Locator) => {
  const box = await one.boundingBox()
  if (!box) throw new Error("it is not on the screen")
  return { top: box.y, bottom: box.y + box.height, left: box.x, right: box.x + box.width }
}

/** Whether `upper` is whole on the screen, and ends before `lower` begins. */
export async function standsAbove(upper: Locator, lower: Locator): Promise<boolean> {
  const above = await boxOf(upper)
  const below = await boxOf(lower)
  return above.top >= 0 && above.left >= 0 && above.bottom <= below.top
}

/** Whether `inner` lies within `outer`. */
export async function standsWithin(inner: Locator, outer: Locator): Promise<boolean> {
  const small = await boxOf(inner)
  const large = await boxOf(outer)
  return (
    small.top >= large.top && small.bottom <= large.bottom && small.left >= large.left && small.right <= large.right
  )
}
