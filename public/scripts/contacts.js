/** Sending somebody's card: the list comes when the window opens, a press sends that card, as an answer where one was begun. */
;(() => {
  const { content, patience } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const dialog = () => $("#contact-dialog")
  let [clientId, isBusy] = ["", false]

  document.addEventListener(
    "toggle",
    ({ target, newState }) => {
      if (target.id !== "contact-dialog" || newState !== "open") return
      clientId = globalThis.sportello.composer.newId()
      const field = target.querySelector("[name=words]")
      field.value = ""
      htmx.trigger(field, "load-contacts")
      field.focus()
    },
    true,
  )

  async function send({ dataset: { source, id } }) {
    const form = dialog().querySelector("form")
    isBusy = true
    const replyTo = globalThis.sportello.replying.current()?.id ?? ""
    const answer = await fetch(form.action, {
      method: "POST",
      headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
      body: new URLSearchParams({ source, id, clientId, replyTo }),
      signal: patience(),
    }).catch(() => null)
    isBusy = false
    const { message } = answer?.ok ? {} : ((await answer?.json().catch(() => null)) ?? {})
    if (answer?.ok) globalThis.sportello.replying.end()
    else globalThis.sportello.composer.tell(message ?? globalThis.sportello.say("composer.not_sent"))
    dialog().close()
    globalThis.sportello.composer.focus()
    $("#thread")?.scrollTo({ top: 0 })
  }
  addEventListener("click", ({ target }) => {
    const choice = target instanceof Element && target.closest(".contact-choice")
    if (choice && !isBusy) send(choice)
  })
  addEventListener("submit", (event) => {
    if (!event.target.matches("[data-picks-contact]")) return
    event.preventDefault()
    event.target.querySelector(".contact-choice")?.focus()
  })
  // Down from the field into the list, and along it.
  addEventListener("keydown", (event) => {
    const { target, key } = event
    if (!(target instanceof Element && target.closest("[data-picks-contact]")) || !/^Arrow(Up|Down)$/.test(key)) return
    const stops = [target.closest("form").elements.namedItem("words"), ...dialog().querySelectorAll(".contact-choice")]
    event.preventDefault()
    stops.at(Math.min(stops.length - 1, Math.max(0, stops.indexOf(target) + (key === "ArrowDown" ? 1 : -1))))?.focus()
  })
})()
