import { formatters } from "../locales/formatters.ts"
import { Avatar } from "../parts/avatar.tsx"
import { opens } from "../parts/dialog.tsx"
import { FormToken } from "../parts/field.tsx"
import { Menu, MenuItem, MenuLine, MenuTitle } from "../parts/menu.tsx"
import type { Screen } from "../parts/screen.ts"

export type UserMenuProps = {
  screen: Screen
  me: { name: string; username: string }
  language: string
  languages: readonly string[]
  openCount: number
}

export const UserMenu = ({ screen, me, language, languages, openCount }: UserMenuProps) => (
  <>
    <button class="avatar-button" type="button" popovertarget="user-menu" aria-label={screen.t("user.menu", me)}>
      <Avatar name={me.name} size="small" />
    </button>
    <Menu id="user-menu" label={screen.t("user.menu", me)}>
      <p class="menu-note">
        <strong>{me.name}</strong>
        <br />
        {me.username}
      </p>
      <MenuItem icon="user-round" href="/profile">
        {screen.t("user.profile")}
      </MenuItem>
      <MenuLine />
      <NotificationItems {...screen} />
      <MenuItem icon="keyboard" more={opens("shortcuts")}>
        {screen.t("user.shortcuts")}
      </MenuItem>
      <MenuLine />
      <MenuTitle>{screen.t("user.theme")}</MenuTitle>
      <ThemeChoice {...screen} />
      <MenuTitle>{screen.t("user.language")}</MenuTitle>
      <LanguageChoice screen={screen} language={language} languages={languages} />
      <MenuLine />
      <LogoutItem screen={screen} openCount={openCount} />
    </Menu>
  </>
)

/** At once, or by the page that says what stays behind. */
export const LogoutItem = ({ screen, openCount }: Pick<UserMenuProps, "screen" | "openCount">) => (
  <div id="logout-item">
    {openCount > 0 ? (
      <MenuItem icon="log-out" href="/logout">
        {screen.t("user.logout")}
      </MenuItem>
    ) : (
      <form class="menu-form" method="post" action="/logout">
        <FormToken csrfToken={screen.csrfToken} />
        <MenuItem icon="log-out" type="submit" more={{ "data-action": "logout" }}>
          {screen.t("user.logout")}
        </MenuItem>
      </form>
    )}
  </div>
)

/** Permission is asked in a click, never by itself; the script says how it stands. */
const NotificationItems = ({ t }: Screen) => (
  <>
    <MenuItem icon="bell" more={{ "data-action": "allow-notifications" }}>
      {t("user.notifications")}
    </MenuItem>
    <MenuItem icon="volume-2" more={{ "data-action": "test-sound" }}>
      {t("user.sound_test")}
    </MenuItem>
    <label class="menu-choice">
      <span>{t("user.volume")}</span>
      <input type="range" id="notification-volume" min="0" max="100" step="10" value="100" />
    </label>
    <label class="menu-choice">
      <span>{t("user.repeat_sound")}</span>
      <input type="checkbox" id="notification-repeats" />
    </label>
    <label class="menu-choice">
      <span>{t("user.hide_names")}</span>
      <input type="checkbox" id="notification-hides" />
    </label>
    <p class="menu-note" id="notification-state" role="status" />
  </>
)

const ThemeChoice = ({ t }: Screen) => (
  <div class="segments">
    {(["light", "dark", "system"] as const).map((theme) => (
      <button type="button" data-theme-choice={theme} aria-pressed={theme === "system" ? "true" : "false"}>
        {t(`user.theme_${theme}`)}
      </button>
    ))}
  </div>
)

const LanguageChoice = ({ screen, language, languages }: Omit<UserMenuProps, "me" | "openCount">) => (
  <form class="segments" method="post" action="/profile/language">
    <FormToken csrfToken={screen.csrfToken} />
    {languages.map((each) => (
      <button
        type="submit"
        name="language"
        value={each}
        lang={each}
        aria-pressed={each === language ? "true" : "false"}
      >
        {languageName(each)}
      </button>
    ))}
  </form>
)

/** A language as its speakers call it. */
export const languageName = (language: string): string => formatters(language, "UTC").languageName(language)
