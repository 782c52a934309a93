/** The command palette: filters what the page can do, asks the house for people, and presses the page's own buttons. */
;(() => {
  const { folded } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const palette = () => $("#palette")
  const field = () => $("#palette-words")
  const options = () => [...document.querySelectorAll("#palette-list [role=option]")].filter((one) => !one.hidden)
  const TYPING_MS = 150
  let asked = 0
  let typing = 0

  /** In a menu that is shut it is a press away; in a pane that is put away its window could not be seen. */
  const isReachable = (button) => button.closest("[popover]") !== null || button.checkVisibility()
  const isThere = ({ dataset: { presses } }) =>
    !presses || ($(presses) !== null && !$(presses).disabled && isReachable($(presses)))

  function filter() {
    const words = folded(field().value).split(/\s+/).filter(Boolean)
    for (const option of document.querySelectorAll("#palette-list [role=option]:not([data-found])"))
      option.hidden = !isThere(option) || !words.every((word) => folded(option.textContent).includes(word))
    choose(0)
  }
  async function find() {
    const mine = ++asked
    const words = field().value.trim()
    if (words.length < 2) return $("#palette-finds").replaceChildren()
    await htmx.ajax("GET", `/palette?words=${encodeURIComponent(words)}`, {
      target: "#palette-finds",
      swap: "innerHTML",
    })
    if (mine === asked) choose(Math.max(0, chosen()))
  }

  function choose(index) {
    const all = options()
    const at = all.length === 0 ? -1 : (index + all.length) % all.length
    for (const option of document.querySelectorAll("#palette-list [role=option]")) {
      option.id ||= `palette-option-${crypto.getRandomValues(new Uint32Array(1))[0]}`
      option.setAttribute("aria-selected", String(option === all[at]))
    }
    if (at < 0) return field().removeAttribute("aria-activedescendant")
    field().setAttribute("aria-activedescendant", all[at].id)
    all[at].scrollIntoView({ block: "nearest" })
  }
  const chosen = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true")

  function open() {
    if (!palette() || palette().open) return
    field().value = ""
    $("#palette-finds").replaceChildren()
    palette().showModal()
    filter()
    field().focus()
  }
  function take(option) {
    if (!option) return
    palette().close()
    const { goes, presses } = option.dataset
    const row = goes && $(`.conversation-label[href="${goes}"]`)
    if (row) row.click()
    else if (goes) location.assign(goes)
    else $(presses)?.click()
  }

  addEventListener(
    "keydown",
    (event) => {
      if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
        if (!palette()) return
        event.preventDefault()
        palette().open ? palette().close() : open()
      } else if (event.target === field()) {
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
          event.preventDefault()
          choose(chosen() + (event.key === "ArrowDown" ? 1 : -1))
        } else if (event.key === "Enter" && !event.isComposing) {
          event.preventDefault()
          take(options()[chosen()])
        }
      }
    },
    true,
  )
  addEventListener("input", ({ target }) => {
    if (target !== field()) return
    filter()
    clearTimeout(typing)
    typing = setTimeout(find, TYPING_MS)
  })
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    if (target.closest("[data-opens-palette]")) open()
    const option = target.closest("#palette-list [role=option]")
    if (option) take(option)
  })
})()
