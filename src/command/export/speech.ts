import type { Reader } from "~/database/handles.ts"
import type { Secrets } from "~/database/secrets.ts"
import { placeOfKey } from "~/speech/rules.ts"
import { loadEngine } from "~/speech/store.ts"

/** Where nothing was ever set there is nothing to say. */
export function speechEntry(reader: Reader, secrets: Secrets | null) {
  const { kind: engine, url, model, key, languages } = loadEngine(reader)
  if (engine === "off" && url === "") return {}
  const opened = key && secrets ? { key: secrets.open(key, placeOfKey(reader.tenant)) } : {}
  return {
    speech: { engine, ...(url && { url }), ...(model && { model }), languages: [...languages], ...opened },
  }
}
