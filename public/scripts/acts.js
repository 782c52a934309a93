/**
 * What is done with one message: its menu (copy, times, reply, react), copying what a bubble offers to copy, and the way
 * to a message that is quoted, which may be beyond what is loaded.
 */
;(() => {
  const { announce, content, patience, say } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const menu = () => $("#message-acts")

  /** The bubble that the menu was opened from, found again by its id: it may have been drawn anew. */
  let opened = null
  const message = () => opened && document.getElementById(`message-${opened}`)

  function open(button) {
    opened = button.dataset.acts
    const isOwners = $("#thread-items")?.dataset.mine === "true" && $("#composer-gate")?.dataset.mode === "ready"
    for (const part of menu().querySelectorAll('[data-for="owner"]')) part.hidden = !isOwners
    for (const each of menu().querySelectorAll("[data-reacts]"))
      each.ariaPressed = String(each.dataset.reacts === button.dataset.reacted)
    menu().querySelector("[data-copies-message]").hidden = textOf(message()) === ""
    menu().showPopover({ source: button })
    menu().querySelector("button:not([hidden]):not([data-for][hidden] *)")?.focus()
  }

  const textOf = (bubble) =>
    [...(bubble?.querySelectorAll(".bubble .message-text") ?? [])].map(({ textContent }) => textContent).join("\n")

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      copyByHand(text)
    }
    announce(say("acts.copied"))
  }
  /** Where the page is not a secure one, browsers have no clipboard to offer. */
  function copyByHand(text) {
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" })
    document.body.append(field)
    field.select()
    document.execCommand("copy")
    field.remove()
  }

  async function post(path, body) {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
      body: new URLSearchParams(body),
      signal: patience(),
    }).catch(() => null)
    if (answer?.ok) return true
    const { message: words } = (await answer?.json().catch(() => null)) ?? {}
    globalThis.sportello.composer.tell(words ?? say("composer.not_sent"))
    return false
  }
  const conversation = () => $("#thread").dataset.conversation
  const react = (emoji) => post(`/conversations/${conversation()}/messages/${opened}/reaction`, { emoji })

  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    const act = target.closest("[data-acts]")
    if (act) return open(act)
    const copied = target.closest("[data-copies]")
    if (copied) return copy(copied.dataset.copies)
    const item = target.closest("#message-acts button")
    if (!item) return
    menu().hidePopover()
    if (item.dataset.reacts) react(item.ariaPressed === "true" ? "" : item.dataset.reacts)
    else if (item.matches("[data-copies-message]")) copy(textOf(message()))
    else if (item.matches("[data-shows-times]")) message()?.querySelector(".message-times")?.click()
    else if (item.matches("[data-replies]")) globalThis.sportello.replying.begin(message())
  })

  // The message that the keyboard is on: R answers it, Enter opens its menu.
  addEventListener("keydown", (event) => {
    const { target, key, ctrlKey, metaKey, altKey } = event
    if (!(target instanceof Element && target.matches("article.message")) || ctrlKey || metaKey || altKey) return
    const button = target.querySelector("[data-acts]")
    if (!button || (key !== "Enter" && key.toLowerCase() !== "r")) return
    event.preventDefault()
    if (key === "Enter") return open(button)
    opened = button.dataset.acts
    if ($("#composer-gate")?.dataset.mode === "ready") globalThis.sportello.replying.begin(message())
  })
})()
