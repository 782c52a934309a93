/** The console: times that count, the keyboard, the details that can be put away. */
;(() => {
  const $ = (selector) => document.querySelector(selector)
  const { content } = globalThis.sportello

  // Waiting times and deadlines follow the server's clock, whatever this machine's says.
  const ahead = Number(content("now")) - Date.now()
  const language = document.documentElement.lang
  const unit = (name) =>
    new Intl.NumberFormat(language === "en" ? "en-GB" : language, { style: "unit", unit: name, unitDisplay: "narrow" })
  const [DAYS, HOURS, MINUTES, SECONDS] = [unit("day"), unit("hour"), unit("minute"), unit("second")]

  function span(length) {
    const seconds = Math.max(0, Math.floor(length / 1_000))
    if (seconds < 60) return SECONDS.format(seconds)
    if (seconds < 3_600) return MINUTES.format(Math.floor(seconds / 60))
    if (seconds >= 172_800) return DAYS.format(Math.floor(seconds / 86_400))
    const rest = Math.floor((seconds % 3_600) / 60)
    return `${HOURS.format(Math.floor(seconds / 3_600))}${rest > 0 ? ` ${MINUTES.format(rest)}` : ""}`
  }
  function stopwatch(length) {
    const seconds = Math.max(0, Math.floor(length / 1_000))
    return seconds >= 3_600 ? span(length) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
  }

  function tick() {
    const now = Date.now() + ahead
    for (const time of document.querySelectorAll("[data-since]")) {
      const waited = now - Number(time.dataset.since)
      time.textContent = stopwatch(waited)
      time.classList.toggle("is-late", waited > Number(time.dataset.lateAfter ?? Number.POSITIVE_INFINITY))
    }
    for (const time of document.querySelectorAll("[data-until]")) {
      const left = Number(time.dataset.until) - now
      time.textContent = time.dataset.format === "stopwatch" ? stopwatch(left) : span(left)
    }
    for (const chip of document.querySelectorAll("[data-window]")) {
      const left = Number(chip.dataset.window) - now
      chip.classList.toggle("is-bad", left < 3_600_000)
      if (chip.hasAttribute("data-soon-only")) chip.hidden = left >= 14_400_000
      chip.classList.toggle("is-warn", left >= 3_600_000 && left < 14_400_000)
    }
  }
  setInterval(tick, 1_000)

  // The keyboard. Panes by F6, conversations by Alt+arrows, rows and messages by arrows, `?` for help.
  const panes = () =>
    [...document.querySelectorAll("[data-pane]")].filter((pane) => pane.checkVisibility() && placeIn(pane))
  const labels = () => [...document.querySelectorAll(".conversation-label")]
  const typing = (element) => element?.matches("input, textarea, select, [contenteditable]")

  /** Where one comes to in a pane: what is open, the message field, or the first that can be used. */
  const PLACES = ["[aria-current]", "textarea", "a, button, summary, [tabindex='0']"]
  function placeIn(pane) {
    const usable = (element) => element.checkVisibility() && !element.disabled
    return PLACES.map((place) => [...pane.querySelectorAll(place)].find(usable)).find(Boolean)
  }
  function nextPane(step) {
    const all = panes()
    const here = all.findIndex((pane) => pane.contains(document.activeElement))
    const pane = all.at(Math.max(-1, here + step) % all.length)
    if (pane) placeIn(pane).focus()
  }
  let resumesTyping = false
  function nextConversation(step) {
    const all = labels()
    const here = all.findIndex((label) => label.hasAttribute("aria-current"))
    resumesTyping = document.activeElement?.id === "composer-text"
    all.at(here < 0 ? 0 : (here + step + all.length) % all.length)?.click()
  }
  /** Who changed conversation while writing goes on writing, in the other one; nobody is left without a place. */
  function keepPlace() {
    if (!resumesTyping || $("dialog[open]")) return
    resumesTyping = false
    const field = $("#composer-text")
    if (field?.checkVisibility() && !field.readOnly) field.focus()
    else $(".conversation-label[aria-current]")?.focus({ preventScroll: true })
  }
  function moveAmong(elements, event) {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -elements.length, End: elements.length }[event.key]
    const here = elements.indexOf(document.activeElement?.closest("a, article"))
    if (step === undefined || here < 0) return
    event.preventDefault()
    elements[Math.min(elements.length - 1, Math.max(0, here + step))]?.focus()
  }
  addEventListener("keydown", (event) => {
    if (event.key === "F6") {
      event.preventDefault()
      nextPane(event.shiftKey ? -1 : 1)
    } else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault()
      nextConversation(event.key === "ArrowDown" ? 1 : -1)
    } else if (event.key === "?" && !typing(event.target)) {
      $("#shortcuts")?.showModal?.()
    } else if (event.key === "Escape" && !$("dialog[open], :popover-open")) {
      $("#composer-text")?.focus()
    } else if (event.target.closest?.(".conversation-labels")) moveAmong(labels(), event)
    else if (event.target.closest?.("#thread")) moveAmong([...document.querySelectorAll("#thread article")], event)
  })

  // Details can be put away, which is remembered; where there is no room for them they wait until they are asked for.
  const isPhone = () => matchMedia("(max-width: 760px)").matches
  const isNarrow = () => matchMedia("(max-width: 1180px)").matches
  let overThread = false
  const detailsState = () => {
    if (isNarrow()) return overThread ? "shown" : "hidden"
    return localStorage.getItem("details") ?? "shown"
  }
  function showDetails() {
    const panes = $("#console")
    if (panes) panes.dataset.details = detailsState()
  }
  addEventListener("click", ({ target }) => {
    const toggle = target instanceof Element && target.closest('[data-toggle="details"]')
    if (!toggle) return
    const panes = $("#console")
    if (isPhone()) panes.dataset.screen = panes.dataset.screen === "details" ? "thread" : "details"
    else if (isNarrow()) overThread = !overThread
    else localStorage.setItem("details", detailsState() === "shown" ? "hidden" : "shown")
    showDetails()
  })
  addEventListener("resize", showDetails)

  // On a phone the panes are screens: a thread that has come takes the place of the list.
  const threadShown = () => $("#thread-pane")?.dataset.conversation
  let shown = threadShown()
  function showThread() {
    if (threadShown() === shown) return
    shown = threadShown()
    const panes = $("#console")
    if (panes) panes.dataset.screen = shown ? "thread" : "list"
  }

  function refresh() {
    showThread()
    showDetails()
    tick()
  }
  document.addEventListener("htmx:after:swap", refresh)
  // Only then has the field been told whether it may be used.
  document.addEventListener("htmx:after:swap", () => requestAnimationFrame(keepPlace))
  addEventListener("DOMContentLoaded", refresh)
  refresh()
})()
