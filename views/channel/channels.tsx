/** A3: the service numbers of a tenant. */
import type { ChannelFrame, ChannelLine } from "~/channel/queries/administering.ts"
import type { CHANNEL_LIST } from "~/channel/rules/channels-list.ts"
import type { ListAsk, ListPage } from "~/kernel/list.ts"
import type { Child } from "../jsx-runtime.ts"
import { List, type ListColumn, panelLink } from "../list/list.tsx"
import type { Translate } from "../locales/index.ts"
import { Button } from "../parts/button.tsx"
import { Chip, type Tone } from "../parts/chip.tsx"
import type { Screen } from "../parts/screen.ts"
import { CHANNELS_PATH, OpeningChip } from "./page.tsx"

export const CHANNELS_PANEL = "channels"

type Frames = ReadonlyMap<number, ChannelFrame>
export type ChannelsProps = {
  screen: Screen
  shape: typeof CHANNEL_LIST
  ask: ListAsk
  page: ListPage<ChannelLine>
  frames: Frames
  skillsets: readonly { id: number; name: string }[]
  newPath: string
  sheet: Child
}

export const Channels = ({ screen, shape, ask, page, frames, skillsets, newPath, sheet }: ChannelsProps) => (
  <div class="split" id={CHANNELS_PANEL}>
    <List
      screen={screen}
      shape={shape}
      ask={ask}
      page={page}
      panel={CHANNELS_PANEL}
      path={CHANNELS_PATH}
      exports
      title={screen.t("channels.title")}
      searchLabel={screen.t("channels.search")}
      columns={channelColumns(screen, frames)}
      filters={channelFilters(screen, skillsets)}
      rowPath={({ id }) => `${CHANNELS_PATH}/${id}`}
      rowTarget="page"
      isPale={({ enabled }) => !enabled}
      actions={<NewNumber screen={screen} path={newPath} />}
      empty={{
        icon: "phone",
        title: screen.t("channels.empty"),
        text: screen.t("channels.empty_detail"),
        actions: <NewNumber screen={screen} path={newPath} />,
      }}
    />
    {sheet}
  </div>
)

const NewNumber = ({ screen, path }: { screen: Screen; path: string }) => (
  <Button kind="primary" icon="plus" href={path} more={panelLink(CHANNELS_PANEL, path)}>
    {screen.t("channels.new")}
  </Button>
)

const channelFilters = ({ t }: Screen, skillsets: ChannelsProps["skillsets"]) => [
  {
    name: "standing",
    label: t("channels.standing"),
    options: [
      { value: "on", label: t("channels.standing_well") },
      { value: "held", label: t("channels.standing_held") },
      { value: "off", label: t("channels.off") },
    ],
  },
  {
    name: "skillset",
    label: t("waiting.skillset"),
    options: skillsets.map(({ id, name }) => ({ value: String(id), label: name })),
  },
]

const TONES: Readonly<Record<ChannelFrame["standing"], Tone>> = {
  well: "ok",
  unheard: "warn",
  silent: "warn",
  held: "bad",
  off: "plain",
}

const standingWords = (t: Translate, standing: ChannelFrame["standing"]): string =>
  standing === "off" ? t("channels.off") : t(`channels.standing_${standing}`)

/** What a list shows, and a file of it. */
export function channelColumns(screen: Screen, frames: Frames): ListColumn<ChannelLine>[] {
  const { t, format, now } = screen
  const of = ({ id }: ChannelLine) => frames.get(id)
  const standing = (line: ChannelLine) => of(line)?.standing ?? "off"
  const isOpen = (line: ChannelLine) => (of(line)?.open ? t("channels.open") : t("channels.closed"))
  return [
    { key: "name", label: t("channels.name"), draw: ({ name }) => name, cell: ({ name }) => name },
    {
      key: "number",
      label: t("channels.number"),
      draw: ({ displayPhoneNumber }) => displayPhoneNumber,
      cell: ({ displayPhoneNumber }) => displayPhoneNumber,
    },
    {
      key: "standing",
      label: t("channels.standing"),
      cell: (line) => standingWords(t, standing(line)),
      draw: (line) => <Chip tone={TONES[standing(line)]}>{standingWords(t, standing(line))}</Chip>,
    },
    {
      key: "hours",
      label: t("channels.now"),
      cell: isOpen,
      draw: (line) => {
        const frame = of(line)
        return frame && frame.standing !== "off" && <OpeningChip screen={screen} frame={frame} />
      },
    },
    {
      key: "skillsets",
      label: t("users.skillsets"),
      cell: ({ skillsets }) => skillsets.join(", "),
      draw: ({ skillsets }) => skillsets.map((name) => <Chip tone="info">{name}</Chip>),
    },
    {
      key: "heard",
      label: t("channels.heard"),
      draw: (line) => momentOf(of(line)?.lastHeardAt ?? null),
      cell: (line) => cellOf(of(line)?.lastHeardAt ?? null),
    },
    {
      key: "wabaId",
      label: t("channels.waba_id"),
      draw: ({ wabaId }) => wabaId,
      cell: ({ wabaId }) => ({ digits: wabaId }),
    },
    {
      key: "phoneNumberId",
      label: t("channels.phone_number_id"),
      draw: ({ phoneNumberId }) => phoneNumberId,
      cell: ({ phoneNumberId }) => ({ digits: phoneNumberId }),
    },
    {
      key: "createdAt",
      label: t("users.created"),
      draw: ({ createdAt }) => format.date(createdAt),
      cell: ({ createdAt }) => ({ at: createdAt, zone: format.timeZone }),
    },
  ]

  function momentOf(at: number | null) {
    return at === null ? t("channels.never_heard") : format.moment(at, now)
  }
  function cellOf(at: number | null) {
    return at === null ? null : { at, zone: format.timeZone }
  }
}
