/** A place on a map: what it is called, where it is, and its coordinates for whoever wants to go there. */
import type { InboundContent } from "~/whatsapp/payload.ts"
import { Button } from "../parts/button.tsx"
import { Icon } from "../parts/icon.tsx"
import { MapPicture } from "../parts/map.tsx"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; place: Extract<InboundContent, { kind: "location" }> }

export function Place({ screen: { t, format }, place }: Props) {
  const { name, address, latitude, longitude } = place
  const written = `${latitude}, ${longitude}`
  return (
    <div class="place">
      <MapPicture place={place} label={t("message.location_picture", { name: name ?? written })} />
      <p class="place-words">
        <Icon name="map-pin" />
        <strong class="message-text" dir="auto">
          {name ?? t("place.shared")}
        </strong>
        {address !== null && (
          <span class="message-text" dir="auto">
            {address}
          </span>
        )}
        <small>
          {t("place.coordinates", { latitude: format.degrees(latitude), longitude: format.degrees(longitude) })}
        </small>
      </p>
      <div class="in-acts">
        <Button kind="quiet" size="small" icon="copy" more={{ "data-copies": written }}>
          {t("place.copy")}
        </Button>
      </div>
    </div>
  )
}
