/**
 * The message field: grows, sends on Enter, keeps a draft per conversation until the server has the message, and counts
 * near the limit. A draft carries its own id, so that sending it twice is sending it once.
 */
;(() => {
  const $ = (selector) => document.querySelector(selector)
  const { content, patience, say } = globalThis.sportello
  const NEAR_LIMIT = 200
  /** After so long it is said that it is the line that is slow. */
  const SLOW_MS = 4_000
  const { drafts } = globalThis.sportello
  const keyOf = (form) => drafts.keyOf(form.dataset.conversation)
  const uuid = () =>
    crypto.randomUUID?.() ??
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")

  const draftOf = (form) => drafts.read(form.dataset.conversation) ?? { id: uuid(), text: "" }
  const field = (form) => form.elements.namedItem("text")
  const hidden = (form, name) => form.elements.namedItem(name)
  const note = (words, tone = "") => {
    const line = $("#composer-note")
    if (!line) return
    line.textContent = words
    line.dataset.tone = tone
  }
  const shown = () => $("[data-composer]")
  /** About a conversation: whoever looks at another one meanwhile reads nothing of it there. */
  const isShown = (form) => shown() && keyOf(shown()) === keyOf(form)
  const noteOn = (form, words, tone) => isShown(form) && note(words, tone)
  const noteUnsent = (form, words) =>
    isShown(form) ? note(words, "bad") : drafts.keepUnsent(form.dataset.conversation, words)

  /** Conversations whose answer is on its way, by their key: the form may be drawn anew in between. */
  const busy = new Set()
  const showBusy = (form) =>
    form.querySelector("[type=submit]")?.setAttribute("aria-busy", String(busy.has(keyOf(form))))
  function setBusy(form, isBusy) {
    if (isBusy) busy.add(keyOf(form))
    else busy.delete(keyOf(form))
    if (shown()) showBusy(shown())
  }

  /** Puts the draft of the conversation that is shown into its field: never another one's. */
  function restore() {
    const form = $("[data-composer]")
    if (!form) return
    gate(form)
    showBusy(form)
    if (form.dataset.restored) return
    form.dataset.restored = "true"
    const draft = draftOf(form)
    hidden(form, "clientId").value = draft.id
    field(form).value = draft.text
    begunFrom(form, draft.predefined ?? "", draft.choices ?? null)
    globalThis.sportello.replying.show(draft.reply ?? null)
    count(form)
    if (draft.unsent) note(draft.unsent, "bad")
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

  /** The predefined message it began as, and the choices that go along under it. */
  function begunFrom(form, predefined, choices) {
    hidden(form, "predefined").value = predefined
    hidden(form, "withChoices").value = choices ? "on" : ""
    form.dataset.choices = choices ? JSON.stringify(choices) : ""
    field(form).dataset.limit = choices?.style === "buttons" ? "1024" : "4096"
    form.querySelector(".composer-choices").hidden = !choices
    if (!choices) return
    const { style, titles, opener = "" } = choices
    form.querySelector(".composer-choices-words").textContent =
      style === "list" ? say("composer.list", { opener }) : say("composer.buttons")
    const items = titles.map((title) =>
      Object.assign(document.createElement("span"), { textContent: title, dir: "auto" }),
    )
    form.querySelector(".composer-choices-list").replaceChildren(...items)
  }

  const PLACEHOLDER = /\{[a-z][\w.]*\}/gi
  /** What of a predefined message still wants a value; braces that somebody typed by themselves are nobody's business. */
  const unfilled = (form) => (hidden(form, "predefined").value ? (field(form).value.match(PLACEHOLDER) ?? []) : [])

  /** Stands behind the field, letter on letter, and shows what wants a value. */
  function mark(form) {
    const marks = form.querySelector(".composer-marks")
    marks.hidden = unfilled(form).length === 0
    if (marks.hidden) return
    const { value } = field(form)
    const parts = [...value.matchAll(PLACEHOLDER)].flatMap(({ 0: text, index }, place, all) => {
      const from = place === 0 ? 0 : all[place - 1].index + all[place - 1][0].length
      return [value.slice(from, index), Object.assign(document.createElement("mark"), { textContent: text })]
    })
    marks.replaceChildren(
      ...parts,
      value.slice(value.lastIndexOf(unfilled(form).at(-1)) + unfilled(form).at(-1).length),
    )
    marks.scrollTop = field(form).scrollTop
  }
  function selectUnfilled(form) {
    const [first] = unfilled(form)
    const at = field(form).value.indexOf(first)
    field(form).focus()
    field(form).setSelectionRange(at, at + first.length)
  }

  function count(form) {
    mark(form)
    const note = (...words) => noteOn(form, ...words)
    const left = Number(field(form).dataset.limit) - field(form).value.length
    const [placeholder] = unfilled(form)
    if (placeholder) note(say("composer.unfilled", { placeholder }), "bad")
    else if (left < 0) note(say("composer.over", { count: -left }), "bad")
    else if (left < NEAR_LIMIT) note(say("composer.left", { count: left }), "warn")
    else note(field(form).value ? say("composer.draft") : "")
  }

  function keep(form) {
    const text = field(form).value
    const { choices } = form.dataset
    if (!text && !choices) hidden(form, "predefined").value = ""
    const [id, predefined] = [hidden(form, "clientId").value, hidden(form, "predefined").value]
    const reply = globalThis.sportello.replying.current(form)
    const begun = { ...(predefined && { predefined }), ...(choices && { choices: JSON.parse(choices) }) }
    const draft = { id, text, ...begun, ...(reply && { reply }) }
    if (text || choices || reply) localStorage.setItem(keyOf(form), JSON.stringify(draft))
    else localStorage.removeItem(keyOf(form))
    drafts.mark()
    count(form)
  }

  async function send(form) {
    const text = field(form).value
    const { attachments } = globalThis.sportello
    if (busy.has(keyOf(form)) || (text.trim() === "" && !attachments.any(form))) return
    if (unfilled(form).length > 0) return selectUnfilled(form)
    if (!navigator.onLine) return note(say("composer.offline"), "bad")
    setBusy(form, true)
    note(say("composer.sending"))
    const slow = setTimeout(() => attachments.any(form) || noteOn(form, say("composer.slow"), "warn"), SLOW_MS)
    const sent = () => clear(form, text)
    try {
      let isUsed = false
      const used = () => {
        isUsed = true
        sent()
      }
      const isThere = await attachments.send(form, form.dataset.choices ? "" : text.trim(), used)
      if (!isThere || isUsed || text.trim() === "") return count(form)
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
        body: new URLSearchParams(new FormData(form)),
        signal: patience(),
      })
      if (!answer.ok) return await refused(form, answer)
      sent()
    } catch ({ name }) {
      noteUnsent(form, say(name === "TimeoutError" ? "composer.no_answer" : "composer.not_sent"))
    } finally {
      clearTimeout(slow)
      setBusy(form, false)
    }
  }

  /** The words stay, with what the server says of them; whoever is signed out signs in again and finds them. */
  async function refused(form, answer) {
    const login = answer.headers.get("hx-redirect")
    if (login) return location.assign(login)
    const { refused: key, message } = await answer.json().catch(() => ({}))
    if (key === "message.sent_otherwise") {
      hidden(form, "clientId").value = uuid()
      keep(form)
    }
    // Said once: whoever sends again has read it.
    if (key === "message.answered_meanwhile") hidden(form, "begunAfter").value = ""
    noteUnsent(form, message ?? say("composer.not_sent"))
    // What the page shows was out of date: drawn anew, it says why and what can be done.
    htmx.trigger(document.body, `conversation-${form.dataset.conversation}`)
  }

  /** What was typed while it was on its way is the next draft. */
  function clear(form, sent) {
    keepRest(form, sent)
    if (!form.isConnected) return clearElsewhere(form, sent)
    const rest = field(form).value.startsWith(sent) ? field(form).value.slice(sent.length) : field(form).value
    hidden(form, "clientId").value = uuid()
    field(form).value = rest.trimStart()
    begunFrom(form, "", null)
    globalThis.sportello.replying.show(null)
    keep(form)
    gate(form)
    $("#thread")?.scrollTo({ top: 0 })
  }

  function keepRest(form, sent) {
    const { text } = draftOf(form)
    const rest = text.startsWith(sent) ? text.slice(sent.length).trimStart() : text
    if (rest) localStorage.setItem(keyOf(form), JSON.stringify({ id: uuid(), text: rest }))
    else localStorage.removeItem(keyOf(form))
    drafts.mark()
  }
  /** It arrived while one looked at another conversation; who is back has its words in a field drawn anew. */
  function clearElsewhere(form, sent) {
    hidden(form, "clientId").value = uuid()
    field(form).value = ""
    if (shown() && keyOf(shown()) === keyOf(form)) clear(shown(), sent)
  }

  /** What other tools put into the field of the conversation that is shown. */
  function insert(text) {
    const target = field(shown())
    target.setRangeText(text, target.selectionStart, target.selectionEnd, "end")
    keep(shown())
  }
  /** What was said, at the caret; into the draft of a conversation that is no longer shown. */
  function speak(conversation, words) {
    if (words === "") return
    if (shown()?.dataset.conversation === conversation) return speakHere(field(shown()), words)
    const draft = draftOf({ dataset: { conversation } })
    const text = draft.text ? `${draft.text.trimEnd()} ${words}` : words
    localStorage.setItem(drafts.keyOf(conversation), JSON.stringify({ ...draft, text }))
    drafts.mark()
  }
  function speakHere(target, words) {
    const at = target.selectionEnd
    const [before, after] = [target.value.slice(0, at), target.value.slice(at)]
    const [left, right] = [/\S$/.test(before) ? " " : "", /^[\p{L}\p{N}]/u.test(after) ? " " : ""]
    target.setRangeText(`${left}${words}${right}`, at, at, "end")
    target.dispatchEvent(new Event("input", { bubbles: true }))
  }
  globalThis.sportello.composer = {
    insert,
    speak,
    /** What stands before the caret. */
    before(conversation) {
      const isShown = shown()?.dataset.conversation === conversation
      return isShown ? field(shown()).value.slice(0, field(shown()).selectionEnd) : ""
    },
    focus: () => field(shown()).focus(),
    tell: (words) => note(words, "bad"),
    keep: () => keep(shown()),
    newId: uuid,
    isReady: () => shown() !== null && !field(shown()).readOnly,
    clear() {
      field(shown()).value = ""
      keep(shown())
    },
    /** A predefined message, to be edited; the choices of the one before stay unless it brings its own. */
    pick({ id, text, choices }) {
      const before = JSON.parse(shown().dataset.choices || "null")
      if (choices || !before) begunFrom(shown(), id, choices)
      insert(text)
      field(shown()).focus()
      if (unfilled(shown()).length > 0) selectUnfilled(shown())
    },
  }
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element && target.closest('[data-removes="choices"]'))) return
    begunFrom(shown(), hidden(shown(), "predefined").value, null)
    keep(shown())
    field(shown()).focus()
  })
  addEventListener("scroll", ({ target }) => target.form?.matches?.("[data-composer]") && mark(target.form), true)

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
