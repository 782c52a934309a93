/** Whom one may choose, as they stand now: shape, colour and word, load, skillsets. */
import type { SkillsetTarget, UserTarget } from "~/conversation/queries/targets.ts"
import { StatusMark } from "../layout/status.tsx"
import { Avatar } from "../parts/avatar.tsx"
import { Chip } from "../parts/chip.tsx"
import type { Screen } from "../parts/screen.ts"
import { Since } from "../parts/time.tsx"
import type { TransferProps } from "./transfer.tsx"

export const UserPicks = ({ screen, dialog }: TransferProps) => (
  <fieldset class="picks is-users">
    <legend class="visually-hidden">{screen.t("transfer.user")}</legend>
    <div class="picks-head" aria-hidden="true">
      <span />
      <span />
      <span>{screen.t("transfer.user")}</span>
      <span>{screen.t("transfer.status")}</span>
      <span>{screen.t("transfer.load")}</span>
      <span>{screen.t("transfer.skillsets")}</span>
    </div>
    {dialog.users.length === 0 && <p class="picks-none">{screen.t("transfer.none_found")}</p>}
    {dialog.users.map((user) => (
      <UserPick screen={screen} dialog={dialog} user={user} />
    ))}
    {dialog.unlisted > 0 && <p class="picks-none">{screen.t("transfer.unlisted", { count: dialog.unlisted })}</p>}
  </fieldset>
)

function UserPick({ screen, dialog, user }: TransferProps & { user: UserTarget }) {
  const hasIt = user.id === dialog.owner
  const hint = hasIt ? screen.t(user.id === dialog.me ? "transfer.you" : "transfer.has_it") : user.username
  return (
    <label class="pick" id={`target-user-${user.id}`}>
      <input type="radio" name="user" value={user.id} checked={user.id === dialog.choice.user} disabled={hasIt} />
      <Avatar name={user.name} size="small" />
      <span class="pick-name">
        <strong>{user.name}</strong>
        <small>{hint}</small>
      </span>
      <Standing screen={screen} user={user} />
      <Load screen={screen} user={user} />
      <span class="pick-skillsets">
        {user.skillsets.map(({ id, name }) => (
          <Chip tone={id === dialog.skillset ? "info" : "plain"}>{name}</Chip>
        ))}
      </span>
    </label>
  )
}

type UserProps = { screen: Screen; user: UserTarget }

const Standing = ({ screen, user: { appearance } }: UserProps) => (
  <span class={`pick-standing is-${appearance}`}>
    <StatusMark status={appearance} />
    {screen.t(`status.${appearance}`)}
  </span>
)

const Load = ({ screen, user: { load, maximum } }: UserProps) => (
  <span class={load >= maximum ? "pick-load is-full" : "pick-load"}>
    <span aria-hidden="true">
      <b>{load}</b>/{maximum}
    </span>
    <span class="visually-hidden">{screen.t("status.active_title", { load, maximum })}</span>
  </span>
)

export const SkillsetPicks = ({ screen, dialog }: TransferProps) => (
  <fieldset class="picks is-skillsets">
    <legend class="visually-hidden">{screen.t("transfer.skillset")}</legend>
    <div class="picks-head" aria-hidden="true">
      <span />
      <span>{screen.t("transfer.skillset")}</span>
      <span>{screen.t("transfer.ready")}</span>
      <span>{screen.t("transfer.waiting")}</span>
      <span>{screen.t("transfer.longest")}</span>
    </div>
    {dialog.skillsets.length === 0 && <p class="picks-none">{screen.t("transfer.none_found")}</p>}
    {dialog.skillsets.map((skillset) => (
      <SkillsetPick screen={screen} dialog={dialog} skillset={skillset} />
    ))}
  </fieldset>
)

function SkillsetPick({ screen, dialog, skillset }: TransferProps & { skillset: SkillsetTarget }) {
  const { id, name, ready, members, waiting, longestSince } = skillset
  const isHere = id === dialog.skillset
  const readyWords = screen.t("transfer.ready_of", { ready, members })
  return (
    <label class="pick" id={`target-skillset-${id}`}>
      <input type="radio" name="skillset" value={id} checked={id === dialog.choice.skillset} disabled={isHere} />
      <span class="pick-name">
        <strong>{name}</strong>
        {isHere && <small>{screen.t("transfer.here")}</small>}
      </span>
      <span class="pick-number">{ready === 0 ? <Chip tone="warn">{readyWords}</Chip> : readyWords}</span>
      <span class="pick-number">
        <span aria-hidden="true">{waiting}</span>
        <span class="visually-hidden">{screen.t("transfer.waiting_count", { count: waiting })}</span>
      </span>
      <span class="pick-number">{longestSince === null ? "–" : <Since at={longestSince} screen={screen} />}</span>
    </label>
  )
}
