/**
 * The thread that is shown: where unread messages began stays marked, what is new below is counted and spoken, and what
 * the owner has on screen is reported as read.
 */
;(() => {
  const { content, say, announce } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const messages = () => [...document.querySelectorAll("#thread article.message")]

  // Reading takes the unread line away on the server: here it stays until we have answered.
  document.addEventListener("htmx:before:swap", ({ detail }) => {
    for (const { fragment } of detail.tasks ?? []) {
      const [shown, next] = [$("#thread-items"), fragment?.querySelector?.("#thread-items")]
      if (!shown || !next || panelOf(shown) !== panelOf(next)) continue
      keepUnreadLine(shown, next)
      keepEarlier(shown, next)
    }
  })
  const panelOf = (panel) => panel.getAttribute("hx-get").split("?")[0]

  /** What is drawn anew has a bound: what falls out of it at the top stays on the page as it is. */
  function keepEarlier(shown, next) {
    const first = [...next.children].find(({ id }) => id)
    const place = [...shown.children].findIndex(({ id }) => id !== "" && id === first?.id)
    // So much came at once that nothing joins: what lies between is loaded from the server.
    if (first && place < 0 && shown.querySelector("[id]")) return loadBetween(next)
    if (place <= 0) return
    const earlier = Object.assign(document.createElement("div"), { className: "thread-items" })
    earlier.append(...[...shown.children].slice(0, place))
    $("#thread-older")?.append(earlier)
  }
  const loadBetween = (next) =>
    htmx.ajax("GET", next.getAttribute("hx-get").replace("?from=", "?before="), {
      target: "#thread-older",
      swap: "innerHTML",
    })

  function keepUnreadLine(shown, next) {
    const line = shown.querySelector("#unread-line")
    const below = line?.nextElementSibling?.id
    const place = below && [...next.children].find(({ id }) => id === below)
    const isAnswered = next.lastElementChild?.matches(".is-ours")
    if (place && !isAnswered && !next.querySelector("#unread-line")) place.before(line.cloneNode(true))
  }

  /** An older page may end on the day that the page below it begins with. */
  function oneLinePerDay() {
    let day = ""
    for (const line of document.querySelectorAll("#thread .day-line")) {
      if (line.textContent === day) line.remove()
      else day = line.textContent
    }
  }

  // Reading: only what the owner has on screen, focused and at its end, counts as read.
  const NEAR_END_PX = 60
  const atEnd = (thread) => Math.abs(thread.scrollTop) < NEAR_END_PX
  let reported = ""
  function readIfSeen() {
    const [thread, items] = [$("#thread"), $("#thread-items")]
    if (!thread || !items || document.hidden || !document.hasFocus() || !atEnd(thread) || $("dialog[open]")) return
    const newest = items.lastElementChild?.id ?? ""
    if (items.dataset.mine !== "true" || items.dataset.unread === "0" || reported === newest) return
    reported = newest
    fetch(`/conversations/${thread.dataset.conversation}/read`, {
      method: "POST",
      headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
    }).catch(() => {
      reported = ""
    })
  }

  // A message that arrives while one is about to close is not among those that were seen.
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element && target.closest('[commandfor="close-dialog"][command="show-modal"]'))) return
    const shown = $('#close-dialog [name="seenUnread"]')
    if (shown) shown.value = $("#thread-items")?.dataset.unread ?? "0"
  })
  document.addEventListener("close", readIfSeen, true)

  /** Who opens a conversation begins where they have not read yet, where that is further up than the end. */
  let opened = null
  function beginAtUnread() {
    const [thread, line] = [$("#thread"), $("#unread-line")]
    const conversation = thread?.dataset.conversation ?? null
    if (conversation === opened) return
    opened = conversation
    if (!line || /^#message-/.test(location.hash)) return
    if (line.getBoundingClientRect().top < thread.getBoundingClientRect().top) line.scrollIntoView({ block: "start" })
  }

  const FAR_PX = 2_000
  let seen = null
  function noticeNew() {
    const thread = $("#thread")
    if (!thread) return
    const all = messages()
    const { conversation } = thread.dataset
    const latest = all.at(-1)?.id
    if (seen?.conversation !== conversation)
      seen = { conversation, latest, below: Number($("#thread-items")?.dataset.unread ?? 0) }
    const last = all.findIndex(({ id }) => id === seen.latest)
    const came = last < 0 ? [] : all.slice(last + 1)
    const theirs = came.filter((message) => !message.classList.contains("is-ours"))
    if (theirs.length > 0) speak(theirs.at(-1))
    seen = { conversation, latest, below: atEnd(thread) ? 0 : seen.below + theirs.length }
    showPill(thread)
  }

  function speak(message) {
    const name = $(".thread-who h2")?.textContent ?? ""
    announce(say("thread.said", { name, text: message.querySelector(".bubble")?.textContent ?? "" }))
  }

  function showPill(thread) {
    const shown = $("#new-pill")
    if (seen.below === 0) return shown?.remove()
    const pill =
      shown ??
      Object.assign(document.createElement("button"), { id: "new-pill", type: "button", className: "new-pill" })
    pill.onclick = () => {
      thread.focus()
      thread.scrollTo({ top: 0, behavior: Math.abs(thread.scrollTop) < FAR_PX ? "smooth" : "instant" })
    }
    pill.textContent = say("thread.new", { count: seen.below })
    if (!shown) $("#composer")?.prepend(pill)
  }

  function refresh() {
    oneLinePerDay()
    beginAtUnread()
    noticeNew()
    readIfSeen()
  }
  addEventListener("focus", readIfSeen)
  document.addEventListener("visibilitychange", readIfSeen)
  addEventListener("scroll", ({ target }) => target.id === "thread" && refresh(), true)
  document.addEventListener("htmx:after:swap", refresh)
  refresh()
})()
