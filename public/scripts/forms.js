/** Small things of every page: dialogs where the browser lacks `command`, notices, the password's eye, signing out. */
;(() => {
  const within = (target, selector) => (target instanceof Element ? target.closest(selector) : null)

  const ACTIONS = {
    dismiss: (button) => button.closest(".notice")?.remove(),
    reveal(button) {
      const field =
        button.closest(".field, .password")?.querySelector("input") ?? document.querySelector("[type=password]")
      const shows = button.getAttribute("aria-pressed") === "true"
      if (field) field.type = shows ? "password" : "text"
      button.setAttribute("aria-pressed", String(!shows))
    },
    async copy(button) {
      const { text } = button.dataset
      try {
        await navigator.clipboard.writeText(text)
      } catch {
        copyByHand(text)
      }
      button
        .querySelector("use")
        ?.setAttribute("href", button.querySelector("use").getAttribute("href").replace(/#.*/, "#check"))
    },
    /** A shared machine keeps nothing of who was here. */
    logout() {
      for (const key of Object.keys(localStorage)) if (key !== "theme") localStorage.removeItem(key)
    },
  }

  /** Where the page is not a secure one, browsers have no clipboard to offer. */
  function copyByHand(text) {
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden" })
    document.body.append(field)
    field.select()
    document.execCommand("copy")
    field.remove()
  }

  addEventListener("click", (event) => {
    const button = within(event.target, "[data-action]")
    if (button) ACTIONS[button.dataset.action]?.(button)
    // What was chosen is chosen: the menu goes, and the focus is back on the button that opened it.
    within(event.target, '.menu-item[type="submit"]')?.closest("[popover]")?.hidePopover()
    const commander = within(event.target, "[commandfor]")
    if (commander && !("command" in HTMLButtonElement.prototype)) obey(commander)
  })

  function obey(button) {
    const dialog = document.getElementById(button.getAttribute("commandfor"))
    if (button.getAttribute("command") === "show-modal") dialog?.showModal()
    else dialog?.close()
  }

  for (const button of document.querySelectorAll('[data-action="reveal"]')) button.removeAttribute("hidden")
})()
