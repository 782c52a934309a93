/**
 * Predefined messages above the message field: `/` in an empty field or the button opens them, what is typed filters,
 * arrows choose, Enter puts the text into the field.
 */
;(() => {
  const { composer, folded, highlight } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const panel = () => $("#predefined")
  const filter = () => $("#predefined-filter")
  const picks = () => [...document.querySelectorAll(".predefined-pick")]
  const shown = () => picks().filter(({ hidden }) => !hidden)
  const chosen = () => $('.predefined-pick[aria-selected="true"]')
  let bySlash = false

  async function open(slash = false) {
    bySlash = slash
    panel().hidden = false
    $('[data-opens="predefined"]')?.setAttribute("aria-expanded", "true")
    filter().value = ""
    filter().focus()
    await htmx.ajax("GET", panel().dataset.from, { target: "#predefined-body", swap: "innerHTML" })
    refine()
  }

  function close() {
    if (!panel() || panel().hidden) return
    panel().hidden = true
    $('[data-opens="predefined"]')?.setAttribute("aria-expanded", "false")
    highlight("filter", [])
  }
  /** Whoever wanted to write a slash has it. */
  function backToWriting() {
    close()
    if (bySlash) composer.insert("/")
    composer.focus()
  }

  /** Categories count what the words leave of them; the first that is left is chosen. */
  function refine() {
    const words = folded(filter().value).split(/\s+/).filter(Boolean)
    const fits = (pick) => {
      const all = folded(`${pick.textContent} ${pick.dataset.category}`)
      return words.every((word) => all.includes(word))
    }
    const category = $('[name="predefined-category"]:checked')?.value ?? ""
    const fitting = picks().filter(fits)
    for (const label of document.querySelectorAll(".predefined-category")) {
      const { value } = label.querySelector("input")
      const count = fitting.filter(({ dataset }) => value === "" || dataset.category === value).length
      label.querySelector("small").textContent = String(count)
    }
    for (const pick of picks())
      pick.hidden = !fitting.includes(pick) || (category !== "" && pick.dataset.category !== category)
    $("#predefined-none")?.toggleAttribute("hidden", shown().length > 0)
    choose(shown()[0])
    highlight(
      "filter",
      shown().flatMap((pick) => [...pick.querySelectorAll("strong, :scope > small")]),
      words,
    )
  }

  function choose(pick) {
    for (const one of picks()) one.setAttribute("aria-selected", String(one === pick))
    for (const preview of document.querySelectorAll(".predefined-preview"))
      preview.hidden = preview.id !== `predefined-preview-${pick?.dataset.id}`
    if (!pick) return filter()?.removeAttribute("aria-activedescendant")
    filter().setAttribute("aria-activedescendant", pick.id)
    pick.scrollIntoView({ block: "nearest" })
  }

  function take(pick) {
    if (!pick) return
    const { id, text, choices } = pick.dataset
    close()
    composer.pick({ id, text, choices: choices ? JSON.parse(choices) : null })
  }

  function move(step) {
    const all = shown()
    if (all.length > 0) choose(all[(all.indexOf(chosen()) + step + all.length) % all.length])
  }
  const KEYS = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => take(chosen()),
    Escape: backToWriting,
  }

  addEventListener(
    "keydown",
    (event) => {
      const key = panel()?.contains(event.target) && !event.isComposing && KEYS[event.key]
      const isElsewhere = event.key !== "Escape" && event.target !== filter()
      if (!key || isElsewhere) return
      event.preventDefault()
      event.stopPropagation()
      key()
    },
    true,
  )
  addEventListener("input", ({ target }) => {
    if (target === filter()) refine()
    else if (target.id === "composer-text" && target.value === "/" && composer.isReady()) {
      composer.clear()
      open(true)
    }
  })
  addEventListener("change", ({ target }) => {
    if (target.name !== "predefined-category") return
    refine()
    filter().focus()
  })
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    const pick = target.closest(".predefined-pick")
    if (pick) take(pick)
    else if (target.closest('[data-opens="predefined"]')) panel().hidden ? open() : backToWriting()
    else if (target.closest('[data-closes="predefined"]')) backToWriting()
    else if (!target.closest("#predefined")) close()
  })
  addEventListener("pointermove", ({ target }) => {
    const pick = target instanceof Element && target.closest(".predefined-pick")
    if (pick && pick !== chosen()) choose(pick)
  })
})()
