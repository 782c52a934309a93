/** The console: times that count, the keyboard, reading what is on screen, what is new below. */
;(() => {
  const $ = (selector) => document.querySelector(selector)
  const content = (name) => $(`meta[name="${name}"]`)?.content ?? ""
  const phrases = JSON.parse(content("phrases") || "{}")
  const plural = new Intl.PluralRules(document.documentElement.lang)
  const say = (key, blanks) => {
    const entry = phrases[key] ?? key
    const words = typeof entry === "string" ? entry : (entry[plural.select(blanks.count)] ?? entry.other)
    return words.replace(/\{(\w+)\}/g, (_, name) => String(blanks[name] ?? ""))
  }

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

  const LATE_MS = 120_000
  function tick() {
    const now = Date.now() + ahead
    for (const time of document.querySelectorAll("[data-since]")) {
      const waited = now - Number(time.dataset.since)
      time.textContent = stopwatch(waited)
      time.classList.toggle("is-late", waited > LATE_MS)
    }
    for (const time of document.querySelectorAll("[data-until]")) {
      const left = Number(time.dataset.until) - now
      time.textContent = time.dataset.format === "stopwatch" ? stopwatch(left) : span(left)
    }
  }
  setInterval(tick, 1_000)

  // Reading: only what the owner has on screen, focused and at its end, counts as read.
  const NEAR_END_PX = 60
  const atEnd = (thread) => Math.abs(thread.scrollTop) < NEAR_END_PX
  let reported = ""
  function readIfSeen() {
    const [thread, items] = [$("#thread"), $("#thread-items")]
    if (!thread || !items || document.hidden || !document.hasFocus() || !atEnd(thread) || $("dialog[open]")) return
    const unread = Number(items.dataset.unread)
    const newest = items.lastElementChild?.id ?? ""
    if (items.dataset.mine !== "true" || unread === 0 || reported === newest) return
    reported = newest
    fetch(`/conversations/${thread.dataset.conversation}/read`, {
      method: "POST",
      headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
    }).catch(() => {
      reported = ""
    })
  }
  addEventListener("focus", readIfSeen)
  document.addEventListener("visibilitychange", readIfSeen)

  // «n new»: messages of the customer that came while reading further up; each is spoken once, wherever one reads.
  let known = { conversation: "", id: "", count: 0 }
  function noticeNew() {
    const thread = $("#thread")
    if (!thread) return
    const messages = [...thread.querySelectorAll("article.message")]
    const conversation = thread.dataset.conversation
    const fresh = known.conversation === conversation ? after(messages, known.id) : []
    const theirs = fresh.filter((message) => !message.classList.contains("is-ours"))
    for (const message of theirs) speak(message)
    const count = known.conversation !== conversation || atEnd(thread) ? 0 : known.count + theirs.length
    known = { conversation, id: messages.at(-1)?.id ?? "", count }
    showPill(thread)
  }
  /** What follows the message that was the last one; nothing when it is no longer there. */
  function after(messages, id) {
    const index = messages.findIndex((message) => message.id === id)
    return index < 0 ? [] : messages.slice(index + 1)
  }
  function speak(message) {
    const region = $("#announcements")
    const name = $(".thread-who h2")?.textContent ?? ""
    if (region)
      region.textContent = say("thread.said", { name, text: message.querySelector(".bubble")?.textContent ?? "" })
  }
  function showPill(thread) {
    let pill = $("#new-pill")
    if (known.count === 0) return pill?.remove()
    if (!pill) {
      pill = Object.assign(document.createElement("button"), { id: "new-pill", type: "button", className: "new-pill" })
      pill.addEventListener("click", () => thread.scrollTo({ top: 0, behavior: "smooth" }))
      thread.after(pill)
    }
    pill.textContent = say("thread.new", { count: known.count })
  }
  addEventListener(
    "scroll",
    ({ target }) => {
      if (target.id !== "thread") return
      noticeNew()
      readIfSeen()
    },
    true,
  )

  // The keyboard. Panes by F6, conversations by Alt+arrows, rows and messages by arrows, `?` for help.
  const panes = () => [...document.querySelectorAll("[data-pane]")].filter((pane) => pane.checkVisibility())
  const labels = () => [...document.querySelectorAll(".conversation-label")]
  const typing = (element) => element?.matches("input, textarea, select, [contenteditable]")

  function nextPane(step) {
    const all = panes()
    const here = all.findIndex((pane) => pane.contains(document.activeElement))
    const pane = all.at((here + step + all.length) % all.length)
    pane?.querySelector("[aria-current], textarea, a, button, [tabindex]")?.focus()
  }
  function nextConversation(step) {
    const all = labels()
    const here = all.findIndex((label) => label.hasAttribute("aria-current"))
    all.at(here < 0 ? 0 : (here + step + all.length) % all.length)?.click()
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
    } else if (event.target.closest?.(".conversation-labels")) moveAmong(labels(), event)
    else if (event.target.closest?.("#thread")) moveAmong([...document.querySelectorAll("#thread article")], event)
  })

  // A message that arrives while one is about to close is not among those that were seen.
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element && target.closest('[commandfor="close-dialog"][command="show-modal"]'))) return
    const seen = $('#close-dialog [name="seenUnread"]')
    if (seen) seen.value = $("#thread-items")?.dataset.unread ?? "0"
  })
  document.addEventListener("close", readIfSeen, true)

  // Details can be put away; remembered.
  const showDetails = () => {
    const console_ = $("#console")
    if (console_) console_.dataset.details = localStorage.getItem("details") ?? "shown"
  }
  addEventListener("click", ({ target }) => {
    const toggle = target instanceof Element && target.closest('[data-toggle="details"]')
    if (!toggle) return
    const isPhone = matchMedia("(max-width: 760px)").matches
    if (isPhone) $("#console").dataset.screen = $("#console").dataset.screen === "details" ? "thread" : "details"
    else localStorage.setItem("details", $("#console")?.dataset.details === "hidden" ? "shown" : "hidden")
    showDetails()
  })

  function refresh() {
    showDetails()
    tick()
    noticeNew()
    readIfSeen()
  }
  document.addEventListener("htmx:after:swap", refresh)
  addEventListener("DOMContentLoaded", refresh)
  refresh()
})()
