/**
 * A conversation needs this agent: sound once for all tabs, a desktop notification, the tab's title and icon. On a break
 * only customers one is talking with are heard.
 */
;(() => {
  const { content, say, announce } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const ONCE_MS = 10_000
  const REMEMBERED_MS = 86_400_000
  const AGAIN_MS = 10_000

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

  // Choices of this browser: how loud, whether it goes on until somebody opens, whether a shared screen may show names.
  const volume = () => Number(localStorage.getItem("volume") ?? 100) / 100
  const hidesNames = () => localStorage.getItem("hide-names") === "yes"
  const repeats = () => localStorage.getItem("repeat-sound") === "yes"
  const sound = new Audio(content("sound"))
  const play = () => {
    sound.volume = volume()
    localStorage.setItem("sounded", String(Date.now()))
    return sound.play().catch(() => announce(say("user.sound_blocked")))
  }

  // The desktop. A worker shows it, so that a click brings the page back whichever tab asked.
  const scriptUrl = (url) =>
    window.trustedTypes?.createPolicy("htmx", { createScriptURL: (text) => text }).createScriptURL(url) ?? url
  const canNotify = () => "Notification" in window && Notification.permission === "granted"
  let registration = null
  const worker = () => {
    if (!navigator.serviceWorker || !content("notify-worker")) return Promise.resolve(null)
    registration ??= navigator.serviceWorker.register(scriptUrl(content("notify-worker"))).then(whenActive, () => null)
    return registration
  }
  const whenActive = (made) => {
    const coming = made.installing ?? made.waiting
    if (made.active || !coming) return made
    return new Promise((done) => {
      coming.addEventListener("statechange", () => coming.state === "activated" && done(made))
    })
  }
  async function showOnDesktop(title, { path, tag }) {
    if (!canNotify() || document.hasFocus()) return
    const words = hidesNames() ? say("notify.hidden") : title
    const options = { tag, data: { path }, icon: "/assets/icon-192.png" }
    const shown = await worker()
    if (shown) return shown.showNotification(words, options).catch(() => {})
    const notification = new Notification(words, options)
    notification.onclick = () => {
      focus()
      go(path)
    }
  }
  /** The thread takes the place of the one before, where there is a list to choose it from. */
  function go(path) {
    const label = $(`.conversation-label[href="${CSS.escape(path)}"]`) ?? $(`.conversation-label[href="${path}"]`)
    if (label) label.click()
    else location.assign(path)
  }
  navigator.serviceWorker?.addEventListener("message", ({ data }) => {
    if (data?.kind === "go" && /^\/(?!\/)/.test(data.path)) go(data.path)
  })

  const UNREAD = ".conversation-label.is-unread:not(.is-new)"
  const isOnBreak = () => $("#header-state")?.dataset.status === "break"
  const seen = new Set()
  function tell(key, words, path, isHeard = true) {
    if (seen.has(key)) return
    seen.add(key)
    announce(words)
    if (!isHeard) return
    inOneTab(key, async () => {
      await play()
      await showOnDesktop(words, { path, tag: path })
      if (!calling.has(path)) await closeOnDesktop([path])
    })
  }

  function lookAtOffers() {
    for (const popup of document.querySelectorAll("[data-popup]")) {
      const key = `${popup.dataset.popup}:${popup.querySelector("[data-until]")?.dataset.until ?? ""}`
      if (hidden.has(key)) popup.hidden = true
      const words = say("notify.conversation", { name: popup.dataset.name })
      tell(key, words, `/conversations/${popup.dataset.popup}`, !isOnBreak())
    }
  }

  /** What nobody waits for any more leaves the desktop: opened, read, or somebody else's by now. */
  let calling = new Set()
  function takeBack() {
    const offers = [...document.querySelectorAll("[data-popup]")].map(
      ({ dataset }) => `/conversations/${dataset.popup}`,
    )
    const answers = [...document.querySelectorAll(UNREAD)].map((label) => label.getAttribute("href"))
    const now = new Set([...offers, ...answers])
    const over = [...calling].filter((path) => !now.has(path))
    calling = now
    if (over.length > 0) closeOnDesktop(over)
  }
  async function closeOnDesktop(paths) {
    if (!canNotify()) return
    for (const one of (await (await worker())?.getNotifications()) ?? []) if (paths.includes(one.tag)) one.close()
  }

  /** Where it was asked for: as long as an offer is neither opened nor hidden, all tabs together sound again. */
  function soundAgain() {
    const isQuiet = () => Date.now() - Number(localStorage.getItem("sounded") ?? 0) >= AGAIN_MS
    if (!repeats() || isOnBreak() || !isQuiet() || !$("[data-popup]:not([hidden])")) return
    if (!navigator.locks) return play()
    return navigator.locks.request("sounded", { ifAvailable: true }, (lock) => lock && isQuiet() && play())
  }
  setInterval(soundAgain, 1_000)

  /** A customer one is talking with has written, and it is not on screen: heard on a break too. */
  let first = true
  function lookAtAnswers() {
    for (const label of document.querySelectorAll(UNREAD)) {
      const path = label.getAttribute("href")
      const key = `answer:${path}:${label.dataset.unread}:${label.querySelector("[data-since]")?.dataset.since ?? ""}`
      const isOnScreen = label.hasAttribute("aria-current") && document.hasFocus() && !document.hidden
      if (first || isOnScreen) seen.add(key)
      else tell(key, say("notify.message", { name: label.querySelector(".label-title")?.textContent ?? "" }), path)
    }
    if ($(".conversation-labels")) first = false
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
    if (button.dataset.action === "test-sound") await test()
    if (button.dataset.action === "allow-notifications") await allow()
  })

  /** Asked in a click, never by itself; a refusal is explained, and the page goes on telling by itself. */
  async function allow() {
    if (!("Notification" in window)) return explain("user.notifications_none")
    const answer = await Notification.requestPermission()
    explain(answer === "granted" ? "user.notifications_on" : "user.notifications_blocked")
    if (answer === "granted") await worker()
  }
  /** Everything as it would be, now: the sound, and the desktop's own notification even though the page is in front. */
  async function test() {
    await play()
    if (!canNotify()) return explain("user.notifications_off")
    const shown = await worker()
    await shown
      ?.showNotification(say("notify.test"), { tag: "test", data: { path: location.pathname } })
      .catch(() => {})
    explain("notify.tested")
  }
  function explain(key) {
    announce(say(key))
    const line = $("#notification-state")
    if (line) line.textContent = say(key)
  }

  // What this browser was told is kept by it; signing out forgets it.
  function showChoices() {
    const range = $("#notification-volume")
    const box = $("#notification-hides")
    const again = $("#notification-repeats")
    if (range) range.value = String(Math.round(volume() * 100))
    if (box) box.checked = hidesNames()
    if (again) again.checked = repeats()
  }
  addEventListener("change", ({ target }) => {
    if (target.id === "notification-volume") {
      localStorage.setItem("volume", target.value)
      play()
    } else if (target.id === "notification-repeats") localStorage.setItem("repeat-sound", target.checked ? "yes" : "no")
    else if (target.id === "notification-hides") localStorage.setItem("hide-names", target.checked ? "yes" : "no")
  })

  const icon = document.querySelector("link[data-unread]")
  const plainTitle = () => document.title.replace(/^\(\d+\) /, "")
  function showUnread() {
    const count = Number($("#header-state")?.dataset.unread ?? 0)
    document.title = count > 0 ? `(${count}) ${plainTitle()}` : plainTitle()
    if (icon) icon.href = count > 0 ? icon.dataset.unread : icon.dataset.read
    navigator.setAppBadge?.(count).catch(() => {})
  }

  const refresh = () => {
    lookAtOffers()
    lookAtAnswers()
    takeBack()
    showUnread()
  }
  addEventListener("DOMContentLoaded", () => {
    showChoices()
    refresh()
    if (canNotify()) worker()
  })
  document.addEventListener("htmx:after:swap", refresh)
  refresh()
})()
