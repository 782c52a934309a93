/**
 * The message field: grows, sends on Enter, keeps a draft per conversation until the server has the message, and counts
 * near the limit. A draft carries its own id, so that sending it twice is sending it once.
 */
;(() => {
  const $ = (selector) => document.querySelector(selector)
  const { content, say } = globalThis.sportello
  const NEAR_LIMIT = 200
  const keyOf = (form) => `draft:${content("user")}:${form.dataset.conversation}`
  const uuid = () =>
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")

  function draftOf(form) {
    const text = localStorage.getItem(keyOf(form))
    try {
      return JSON.parse(text) ?? { id: uuid(), text: "" }
    } catch {
      return { id: uuid(), text }
    }
  }
  const field = (form) => form.elements.namedItem("text")
  const note = (words, tone = "") => {
    const line = $("#composer-note")
    if (!line) return
    line.textContent = words
    line.dataset.tone = tone
  }

  /** Puts the draft of the conversation that is shown into its field: never another one's. */
  function restore() {
    const form = $("[data-composer]")
    if (!form) return
    gate(form)
    if (form.dataset.restored) return
    form.dataset.restored = "true"
    const draft = draftOf(form)
    form.elements.namedItem("clientId").value = draft.id
    field(form).value = draft.text
    count(form)
  }

  /** Whether the field may be used is the server's word; what is in it stays either way. */
  function gate(form) {
    const mode = $("#composer-gate")?.dataset.mode
    const isReady = mode === "ready"
    const hasDraft = field(form).value !== ""
    form.hidden = !isReady && !hasDraft
    field(form).readOnly = !isReady
    for (const button of form.querySelectorAll("button")) button.disabled = !isReady
  }

  function count(form) {
    const left = Number(field(form).dataset.limit) - field(form).value.length
    if (left < 0) note(say("composer.over", { count: -left }), "bad")
    else if (left < NEAR_LIMIT) note(say("composer.left", { count: left }), "warn")
    else note(field(form).value ? say("composer.draft") : "")
  }

  function keep(form) {
    const text = field(form).value
    const id = form.elements.namedItem("clientId").value
    if (text) localStorage.setItem(keyOf(form), JSON.stringify({ id, text }))
    else localStorage.removeItem(keyOf(form))
    count(form)
  }

  async function send(form) {
    const text = field(form).value
    const { attachments } = globalThis.sportello
    if (form.dataset.busy || (text.trim() === "" && !attachments.any(form))) return
    form.dataset.busy = "true"
    note(say("composer.sending"))
    const key = keyOf(form)
    const sent = () => {
      localStorage.removeItem(key)
      if (keyOf(form) === key) clear(form, text)
    }
    try {
      let isUsed = false
      const used = () => {
        isUsed = true
        sent()
      }
      const isThere = await attachments.send(form, text.trim(), used)
      if (!isThere || isUsed || text.trim() === "") return count(form)
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
      })
      if (!answer.ok) return await refused(form, answer)
      sent()
    } catch {
      note(say("composer.not_sent"), "bad")
    } finally {
      delete form.dataset.busy
    }
  }

  /** The words stay, with what the server says of them; whoever is signed out signs in again and finds them. */
  async function refused(form, answer) {
    const login = answer.headers.get("hx-redirect")
    if (login) return location.assign(login)
    const { refused: key, message } = await answer.json().catch(() => ({}))
    if (key === "message.sent_otherwise") {
      form.elements.namedItem("clientId").value = uuid()
      keep(form)
    }
    note(message ?? say("composer.not_sent"), "bad")
    // What the page shows was out of date: drawn anew, it says why and what can be done.
    htmx.trigger(document.body, `conversation-${form.dataset.conversation}`)
  }

  /** What was typed while it was on its way is the next draft. */
  function clear(form, sent) {
    const rest = field(form).value.startsWith(sent) ? field(form).value.slice(sent.length) : field(form).value
    form.elements.namedItem("clientId").value = uuid()
    field(form).value = rest.trimStart()
    keep(form)
    gate(form)
    $("#thread")?.scrollTo({ top: 0 })
  }

  addEventListener("input", ({ target }) => target.form?.matches?.("[data-composer]") && keep(target.form))
  addEventListener("keydown", (event) => {
    const form = event.target.form
    if (!form?.matches?.("[data-composer]") || event.key !== "Enter" || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send(form)
  })
  addEventListener("submit", (event) => {
    if (!event.target.matches("[data-composer]")) return
    event.preventDefault()
    send(event.target)
  })
  addEventListener("storage", ({ key }) => {
    const form = $("[data-composer]")
    if (!form || key !== keyOf(form) || document.activeElement === field(form)) return
    delete form.dataset.restored
    restore()
  })
  document.addEventListener("htmx:after:swap", restore)
  addEventListener("DOMContentLoaded", restore)
  restore()
})()
