/** What stands around every page of a signed-in user: where one can go, how one stands, what wants attention. */
import type { Look } from "~/brand/rules.ts"
import { BrandMark } from "../brand/mark.tsx"
import { CallDock } from "../call/window.tsx"
import type { Child } from "../jsx-runtime.ts"
import type { Screen } from "../parts/screen.ts"
import { HeaderState, type HeaderStateProps } from "./header.tsx"
import { Notices } from "./notice.tsx"
import { Palette, PaletteButton } from "./palette.tsx"
import { Rail, type RailProps } from "./rail.tsx"
import { ServiceDialog } from "./service.tsx"
import { Shortcuts } from "./shortcuts.tsx"
import { LogoutItem, UserMenu, type UserMenuProps } from "./user-menu.tsx"

export type HeaderProps = HeaderStateProps & RailProps
export type ShellProps = HeaderProps &
  UserMenuProps & {
    /** How the company looks; null: as Sportello does. */
    look?: Look | null
    /** What the user was told since they last looked. */
    bell: Child
    /** Pop-ups for conversations that need the agent (S18). */
    popups: Child
    children: Child
  }

/**
 * `main` is the page. Notices and pop-ups stand outside of it, so that no swap of a panel takes them away; neither takes
 * the focus.
 */
export const Shell = ({ children, bell, popups, ...props }: ShellProps) => (
  <>
    <a class="skip-link" href="#main">
      {props.screen.t("shell.skip")}
    </a>
    <div class="shell">
      <header class="app-header">
        <BrandMark look={props.look ?? null} />
        <PaletteButton {...props.screen} />
        <HeaderState {...props} />
        {bell}
        <UserMenu {...props} />
      </header>
      <Rail {...props} />
      <Connection {...props.screen} />
      <main class="shell-main" id="main" tabindex="-1">
        {children}
      </main>
    </div>
    {popups}
    <Notices />
    <CallDock />
    <ServiceDialog {...props} />
    <Shortcuts {...props.screen} />
    <Palette {...props} />
    <div class="visually-hidden" role="status" id="announcements" />
  </>
)

/** The answer to `GET /header`: everything around the page that changes by itself. */
export const HeaderUpdate = (props: HeaderProps) => (
  <>
    <HeaderState {...props} />
    <hx-partial hx-target="#rail" hx-swap="outerMorph">
      <Rail {...props} />
    </hx-partial>
    <hx-partial hx-target="#service-status" hx-swap="outerMorph">
      <ServiceDialog {...props} />
    </hx-partial>
    <hx-partial hx-target="#logout-item" hx-swap="outerMorph">
      <LogoutItem {...props} />
    </hx-partial>
  </>
)

/** Shown by the script within seconds when the live stream is down. */
const Connection = ({ t }: Screen) => (
  <div class="connection" id="connection" role="status" hidden>
    <p>
      <strong>{t("live.lost")}</strong> {t("live.lost_detail")}
    </p>
    <button class="link-button" type="button" data-action="reconnect">
      {t("live.retry")}
    </button>
  </div>
)
