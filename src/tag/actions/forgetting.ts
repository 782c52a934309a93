import type { Tx } from "~/database/handles.ts"
import type { TagPlace } from "../rules.ts"
import { detachAll } from "../store/forgetting.ts"

/** What the tags stand on goes. */
export const forgetTagsOn = (tx: Tx, place: TagPlace): void => detachAll(tx, place)
