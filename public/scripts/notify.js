/** A conversation needs this agent: sound once for all tabs, a desktop notification, the tab's title and icon. */
;(() => {
  const { content, say, announce } = globalThis.sportello
  const ONCE_MS = 10_000
  const REMEMBERED_MS = 86_400_000

  for (const key of Object.keys(localStorage))
    if (key.startsWith("told:") && Date.now() - Number(localStorage[key]) > REMEMBERED_MS) localStorage.removeItem(key)

  /** Runs `work` in one tab only, whichever is first. */
  function inOneTab(name, work) {
    if (!navigator.locks) return work()
    return navigator.locks.request(`once:${name}`, { ifAvailable: true }, async (lock) => {
      if (!lock || localStorage.getItem(`told:${name}`)) return
      localStorage.setItem(`told:${name}`, String(Date.now()))
      await work()
      await new Promise((done) => setTimeout(done, ONCE_MS))
    })
  }

  const sound = new Audio(content("sound"))
  const play = () => sound.play().catch(() => announce(say("user.sound_blocked")))

  const seen = new Set()
  function look() {
    for (const popup of document.querySelectorAll("[data-popup]")) {
      const key = `${popup.dataset.popup}:${popup.querySelector("[data-until]")?.dataset.until ?? ""}`
      if (hidden.has(key)) popup.hidden = true
      if (seen.has(key)) continue
      seen.add(key)
      const words = say("notify.conversation", { name: popup.dataset.name })
      announce(words)
      inOneTab(key, async () => {
        await play()
        showOnDesktop(words, popup.dataset.popup)
      })
    }
  }

  function showOnDesktop(title, conversation) {
    if (!("Notification" in window) || Notification.permission !== "granted" || document.hasFocus()) return
    const notification = new Notification(title, { tag: `conversation-${conversation}` })
    notification.onclick = () => {
      focus()
      location.assign(`/conversations/${conversation}`)
    }
  }

  /** Hiding a pop-up changes nothing else: the conversation stays in the list. */
  const hidden = new Set()
  addEventListener("click", async ({ target }) => {
    const button = target instanceof Element && target.closest("[data-hide-popup], [data-action]")
    if (!button) return
    if (button.dataset.hidePopup) {
      const popup = button.closest("[data-popup]")
      hidden.add(`${popup.dataset.popup}:${popup.querySelector("[data-until]")?.dataset.until ?? ""}`)
      popup.hidden = true
    }
    if (button.dataset.action === "test-sound") play()
    if (button.dataset.action === "allow-notifications" && "Notification" in window) {
      const answer = await Notification.requestPermission()
      announce(say(answer === "granted" ? "user.notifications_on" : "user.notifications_blocked"))
    }
  })

  const icon = document.querySelector("link[data-unread]")
  const plainTitle = () => document.title.replace(/^\(\d+\) /, "")
  function showUnread() {
    const count = Number(document.getElementById("header-state")?.dataset.unread ?? 0)
    document.title = count > 0 ? `(${count}) ${plainTitle()}` : plainTitle()
    if (icon) icon.href = count > 0 ? icon.dataset.unread : icon.dataset.read
    navigator.setAppBadge?.(count).catch(() => {})
  }

  const refresh = () => {
    look()
    showUnread()
  }
  addEventListener("DOMContentLoaded", refresh)
  document.addEventListener("htmx:after:swap", refresh)
  refresh()
})()
