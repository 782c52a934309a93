/**
 * Private notes: the field beside the answer's, with a draft of its own for each conversation, and colleagues who are called
 * by `@`. What is written here never gets into the field of an answer.
 */
;(() => {
  const $ = (selector) => document.querySelector(selector)
  const { content, patience, say } = globalThis.sportello
  const uuid = () =>
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  const form = () => $("[data-note-form]")
  const field = () => form()?.elements.namedItem("text")
  const keyOf = (one) => `note:${content("user")}:${one.dataset.conversation}`
  const status = (words) => {
    const line = $("#note-status")
    if (line) line.textContent = words
  }

  /** Which of the two is written; an answer unless told. */
  function write(what, takesFocus = false) {
    const composer = $("#composer")
    if (!composer) return
    composer.dataset.writes = what
    for (const tab of composer.querySelectorAll("[data-writes]"))
      tab.setAttribute("aria-pressed", String(tab.dataset.writes === what))
    form().hidden = what !== "note"
    if (takesFocus) (what === "note" ? field() : $("#composer-text"))?.focus()
  }

  function restore() {
    const shown = form()
    if (!shown || shown.dataset.restored) return
    shown.dataset.restored = "true"
    const kept = JSON.parse(localStorage.getItem(keyOf(shown)) ?? "null")
    shown.elements.namedItem("clientId").value = kept?.id ?? uuid()
    field().value = kept?.text ?? ""
    write(kept?.text ? "note" : "reply")
    status(kept?.text ? say("note.draft") : "")
  }
  function keep() {
    const { value: text } = field()
    const id = form().elements.namedItem("clientId").value
    if (text) localStorage.setItem(keyOf(form()), JSON.stringify({ id, text }))
    else localStorage.removeItem(keyOf(form()))
    status(text ? say("note.draft") : "")
  }

  async function save() {
    const shown = form()
    const text = field().value
    if (shown.dataset.busy || text.trim() === "") return
    shown.dataset.busy = "true"
    status(say("note.saving"))
    try {
      const answer = await fetch(shown.action, {
        method: "POST",
        headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
        body: new URLSearchParams(new FormData(shown)),
        signal: patience(),
      })
      const login = answer.headers.get("hx-redirect")
      if (login) return location.assign(login)
      if (!answer.ok) return status((await answer.json().catch(() => ({}))).message ?? say("note.not_saved"))
      localStorage.removeItem(keyOf(shown))
      if (form() !== shown) return
      shown.elements.namedItem("clientId").value = uuid()
      field().value = field().value.startsWith(text) ? field().value.slice(text.length).trimStart() : field().value
      keep()
      $("#thread")?.scrollTo({ top: 0 })
    } catch {
      status(say("note.not_saved"))
    } finally {
      delete shown.dataset.busy
    }
  }

  // Calling somebody: what stands behind the last @ before the caret is looked up, arrows choose, Enter or Tab takes.
  const list = () => $("#note-colleagues")
  const options = () => [...list().querySelectorAll("[role=option]")]
  const CALLING = /(?:^|[\s(])@([\p{L}\p{N}._-]*)$/u
  const typed = () => CALLING.exec(field().value.slice(0, field().selectionStart))?.[1] ?? null
  let asked = 0
  async function offer() {
    const words = typed()
    const mine = ++asked
    if (words === null) return close()
    const from = `${form().dataset.colleagues}?words=${encodeURIComponent(words)}`
    const answer = await fetch(from, { headers: { Accept: "application/json" } }).catch(() => null)
    if (mine !== asked || !answer?.ok) return
    const colleagues = await answer.json()
    if (mine !== asked || colleagues.length === 0) return close()
    const items = colleagues.map(({ username, name }, index) => {
      const option = Object.assign(document.createElement("div"), { id: `colleague-${index}`, role: "option" })
      option.dataset.username = username
      const called = Object.assign(document.createElement("b"), { textContent: name })
      const as = Object.assign(document.createElement("small"), { textContent: `@${username}` })
      option.append(called, as)
      return option
    })
    list().replaceChildren(...items)
    list().hidden = false
    field().setAttribute("aria-expanded", "true")
    choose(0)
  }
  function choose(index) {
    const all = options()
    const at = (index + all.length) % all.length
    for (const [place, option] of all.entries()) option.setAttribute("aria-selected", String(place === at))
    field().setAttribute("aria-activedescendant", all[at].id)
    all[at].scrollIntoView({ block: "nearest" })
  }
  function close() {
    if (!list()) return
    list().hidden = true
    list().replaceChildren()
    field().setAttribute("aria-expanded", "false")
    field().removeAttribute("aria-activedescendant")
  }
  function take(option) {
    const target = field()
    const end = target.selectionStart
    target.setRangeText(`@${option.dataset.username} `, end - typed().length - 1, end, "end")
    close()
    keep()
    target.focus()
  }
  /** Answers whether the key was for the list. */
  function keyInList({ key }) {
    if (!list() || list().hidden) return false
    const here = options().findIndex((option) => option.getAttribute("aria-selected") === "true")
    if (key === "ArrowDown" || key === "ArrowUp") choose(here + (key === "ArrowDown" ? 1 : -1))
    else if (key === "Enter" || key === "Tab") take(options()[here])
    else if (key === "Escape") close()
    else return false
    return true
  }

  addEventListener("input", ({ target }) => {
    if (target !== field()) return
    keep()
    offer()
  })
  addEventListener(
    "keydown",
    (event) => {
      if (event.target !== field() || event.isComposing) return
      if (keyInList(event)) {
        event.preventDefault()
        event.stopPropagation()
      } else if (event.key === "Enter" && !event.shiftKey) {
        event.preventDefault()
        save()
      }
    },
    true,
  )
  addEventListener("submit", (event) => {
    if (event.target !== form()) return
    event.preventDefault()
    save()
  })
  // Pressed, not clicked: the field keeps the focus, and the caret with it.
  addEventListener("pointerdown", (event) => {
    const option = event.target instanceof Element && event.target.closest("#note-colleagues [role=option]")
    if (!option) return
    event.preventDefault()
    take(option)
  })
  addEventListener("focusout", ({ target }) => target === field() && close())
  addEventListener("click", ({ target }) => {
    const tab = target instanceof Element && target.closest(".writing-tabs [data-writes]")
    if (tab) write(tab.dataset.writes, true)
  })
  document.addEventListener("htmx:after:swap", restore)
  addEventListener("DOMContentLoaded", restore)
  restore()
})()
