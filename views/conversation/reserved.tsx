/** What waits for somebody only: who it is, until when, and how it is released; and giving back what was offered. */
import type { ComposerState, ConversationHead } from "~/conversation/queries/console.ts"
import { Banner } from "../parts/banner.tsx"
import { Button } from "../parts/button.tsx"
import { FormToken } from "../parts/field.tsx"
import type { Screen } from "../parts/screen.ts"

type Props = { screen: Screen; head: ConversationHead }
type ReservedProps = Props & Omit<ComposerState & { mode: "reserved" }, "mode">

export const Reserved = ({ screen, head, name, until, mayRelease, mayTake }: ReservedProps) => (
  <Banner
    tone="info"
    icon="hourglass"
    title={screen.t("transfer.reserved", { name })}
    actions={
      <>
        {mayRelease && <ReleaseButton screen={screen} id={head.id} />}
        {mayTake && (
          <Deed screen={screen} path={`/conversations/${head.id}/taking`} kind="primary">
            {screen.t("composer.take")}
          </Deed>
        )}
      </>
    }
  >
    {until === null
      ? screen.t("transfer.reserved_for")
      : screen.t("transfer.reserved_until", { time: screen.format.moment(until, screen.now) })}
  </Banner>
)

/** Ends the wait for somebody only. */
export const ReleaseButton = ({ screen, id }: { screen: Screen; id: number }) => (
  <Deed screen={screen} path={`/conversations/${id}/releasing`} kind="plain">
    {screen.t("transfer.release")}
  </Deed>
)

/** Folded away: most open what they are given. */
export const Decline = ({ screen, head }: Props) => (
  <details class="decline">
    <summary class="button is-quiet">{screen.t("transfer.decline")}</summary>
    <form
      method="post"
      action={`/conversations/${head.id}/declining`}
      hx-post={`/conversations/${head.id}/declining`}
      hx-swap="none"
    >
      <FormToken csrfToken={screen.csrfToken} />
      <input class="input" name="reason" maxlength={200} aria-label={screen.t("transfer.decline_reason")} />
      <Button type="submit">{screen.t("transfer.decline")}</Button>
    </form>
  </details>
)

type DeedProps = { screen: Screen; path: string; kind: "plain" | "primary"; children: string }

const Deed = ({ screen, path, kind, children }: DeedProps) => (
  <form method="post" action={path} hx-post={path} hx-swap="none">
    <FormToken csrfToken={screen.csrfToken} />
    <Button kind={kind} type="submit">
      {children}
    </Button>
  </form>
)
