/** Pictures for whoever looks at a screen while building it: in both themes, into the folder that is named. */
import { mkdirSync } from "node:fs"
import type { Page } from "playwright-core"

const FOLDER = Bun.env.SPORTELLO_TEST_PICTURES

/** Nothing unless somebody asked for pictures. */
export async function look(page: Page, name: string): Promise<void> {
  if (!FOLDER) return
  mkdirSync(FOLDER, { recursive: true })
  for (const colorScheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme })
    await page.screenshot({ path: `${FOLDER}/${name}-${colorScheme}.png` })
  }
}
