import { StatusMark } from "../layout/status.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { Button, IconButton } from "../parts/button.tsx"
import { Chip } from "../parts/chip.tsx"
import { Count } from "../parts/count.tsx"
import { Sample } from "./sample.tsx"

export const ButtonSamples = () => (
  <>
    <Sample name="Kinds">
      <Button kind="primary" icon="send">
        Primary
      </Button>
      <Button>Plain</Button>
      <Button kind="quiet">Quiet</Button>
      <Button kind="danger" icon="trash-2">
        Danger…
      </Button>
      <Button kind="solid-danger">Erase for ever</Button>
      <IconButton icon="x" label="Only an icon" />
    </Sample>
    <Sample name="Disabled, busy, sizes">
      <Button kind="primary" disabled>
        Primary
      </Button>
      <Button disabled>Plain</Button>
      <Button isBusy>Saving…</Button>
      <Button size="small">Small</Button>
      <Button kind="primary" size="big">
        Big
      </Button>
    </Sample>
  </>
)

export const ChipSamples = () => (
  <>
    <Sample name="Chips">
      <Chip>plain</Chip>
      <Chip tone="ok" icon="check">
        ok
      </Chip>
      <Chip tone="info">info</Chip>
      <Chip tone="warn" icon="timer">
        warn
      </Chip>
      <Chip tone="bad">bad</Chip>
      <Chip tone="warn" icon="triangle-alert" isButton>
        as a button
      </Chip>
      <Count count={4} label="4 unread" />
      <Count count={140} label="140 unread" />
    </Sample>
    <Sample name="Status of a person">
      {(["ready", "back_office", "break"] as const).map((status) => (
        <span class="styleguide-pair">
          <StatusMark status={status} /> {status}
        </span>
      ))}
    </Sample>
    <Sample name="Avatars">
      <Avatar name="Giulia Lombardi" size="small" />
      <Avatar name="Tomás Ribeiro" />
      <Avatar name="+44 7700 900142" />
      <Avatar name="Katja Sommer" size="large" />
    </Sample>
  </>
)
