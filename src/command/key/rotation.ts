/** Every secret of the database under a new key, in one transaction; then the files change places. */
import { resealFactors } from "~/account/actions/second-factor.ts"
import { resealWaysIn } from "~/account/actions/ways-in.ts"
import { resealCallServers } from "~/call/actions/servers.ts"
import { resealChannels } from "~/channel/actions/resealing.ts"
import type { ApplianceTx, Tx } from "~/database/handles.ts"
import { resealCanary } from "~/database/key-file.ts"
import { prepareNextKey, putNextInPlace } from "~/database/key-rotation.ts"
import { type Reseal, Secrets } from "~/database/secrets.ts"
import { OPERATOR } from "~/facts.ts"
import { resealMail } from "~/mail/actions/resealing.ts"
import { resealSpeech } from "~/speech/actions.ts"
import { tenantIds, tenantProfile } from "~/tenant/queries.ts"
import { CommandFailed } from "../command.ts"
import type { Workplace } from "../operations.ts"

export type RotationPlace = Workplace & { keyFile: string }
export type Rotated = { secrets: number; kept: string }

/** Whoever keeps something sealed; tests/database/key-rotation.test.ts finds what is missing here. */
const RESEALING: readonly ((tx: Tx, reseal: Reseal) => void)[] = [
  resealChannels,
  resealCallServers,
  resealMail,
  resealFactors,
  resealWaysIn,
  resealSpeech,
]

/** Throws CommandFailed when the new key cannot be written; then nothing has changed. */
export async function rotateKey(at: RotationPlace): Promise<Rotated> {
  const key = newKey(at)
  const secrets = await sealAnew(at, key)
  return { secrets, kept: putNextInPlace(at.keyFile, at.clock.now()) }
}

function newKey({ keyFile, chance, clock }: RotationPlace): Uint8Array {
  try {
    return prepareNextKey(keyFile, chance, clock.now())
  } catch (error) {
    throw new CommandFailed([
      `A new key cannot be written beside ${keyFile}: ${(error as Error).message}. Nothing has changed.`,
    ])
  }
}

/** From its end on everything of this process seals and opens with `key`; when it fails, with the old one as before. */
export async function sealAnew({ database, chance }: RotationPlace, key: Uint8Array): Promise<number> {
  const { secrets } = database
  let goBack = () => {}
  try {
    return await database.appliance.act((tx) => {
      const count = resealEverything(tx, secrets, new Secrets(key, chance))
      goBack = secrets.become(key)
      return count
    })
  } catch (error) {
    goBack()
    throw error
  }
}

function resealEverything(tx: ApplianceTx, before: Secrets, after: Secrets): number {
  let count = 0
  const reseal: Reseal = (sealed, place) => {
    count += 1
    return after.seal(before.open(sealed, place), place)
  }
  for (const tenant of tenantIds(tx))
    tx.within(tenant, OPERATOR, (inside) => {
      for (const each of RESEALING) each(inside, reseal)
      const subject = { kind: "settings", id: null, name: tenantProfile(inside).name } as const
      inside.raise({ type: "audit.due", act: "key.rotated", subject, changes: {} })
    })
  resealCanary(tx, after)
  return count
}
