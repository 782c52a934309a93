/**
 * The reasons of contact in the closing window: what stands under a reason appears beside it, a search lists whole paths,
 * arrows go from column to column. On a phone one column is shown at a time.
 */
;(() => {
  const { say, folded, highlight } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const box = () => $(".profiling")
  const search = () => $("#profiling-search")
  const column = (parent) => $(parent ? `.profiling-column[data-parent="${parent}"]` : ".profiling-column")
  const checkedIn = (place) => place?.querySelector("input:checked") ?? null
  const dialog = () => box().closest("dialog") ?? box().closest("form")
  const setOpen = (place, open) => Object.assign(place, { hidden: !open, disabled: !open })

  /** Shows what stands under the choices made, and only that. */
  function unfold() {
    const open = [column()]
    for (let choice = checkedIn(column()); choice && column(choice.value); choice = checkedIn(open.at(-1)))
      open.push(column(choice.value))
    for (const one of document.querySelectorAll(".profiling-column")) {
      setOpen(one, open.includes(one))
      if (!open.includes(one) && checkedIn(one)) checkedIn(one).checked = false
    }
    box().dataset.level = String(open.length)
    const words = open.map((one) => checkedIn(one)?.parentElement.querySelector("span").textContent).filter(Boolean)
    $(".profiling-chosen").textContent = words.join(" › ")
  }

  /** What is typed lists whole paths in place of the columns. */
  function seek() {
    const words = folded(search().value).split(/\s+/).filter(Boolean)
    const paths = [...document.querySelectorAll(".profiling-paths .profiling-choice")]
    for (const path of paths) path.hidden = !words.every((word) => folded(path.textContent).includes(word))
    const fitting = paths.filter(({ hidden }) => !hidden)
    setOpen($(".profiling-paths"), words.length > 0)
    $(".profiling-columns").hidden = words.length > 0
    $(".profiling-found").textContent = words.length > 0 ? say("profiling.found", { count: fitting.length }) : ""
    if (words.length === 0) for (const path of paths) path.querySelector("input").checked = false
    highlight("filter", fitting, words)
  }

  /** A path that was found is the same as its choices in the columns. */
  function follow(path) {
    for (const id of path.dataset.line.split(" ")) {
      const choice = $(`.profiling-column input[value="${id}"]`)
      choice.closest("fieldset").disabled = false
      choice.checked = true
    }
    unfold()
  }

  const firstPath = () => $(".profiling-paths .profiling-choice:not([hidden]) input")
  function keyInSearch(event) {
    const first = firstPath()
    if (search().value === "" && event.key === "ArrowDown") column().querySelector("input").focus()
    else if ((event.key === "ArrowDown" || event.key === "Enter") && search().value !== "" && first) first.click()
    else if (event.key !== "ArrowDown") return
    event.preventDefault()
    if (event.key === "ArrowDown" && search().value !== "") first?.focus()
    else if (event.key === "Enter") ($("#profiling-notes") ?? dialog().querySelector('[type="submit"]')).focus()
  }
  function keyInColumn(event) {
    const here = event.target.closest(".profiling-column")
    const all = [...document.querySelectorAll(".profiling-column:not([hidden])")]
    const next = all.sort((a, b) => a.dataset.level - b.dataset.level)[
      all.indexOf(here) + { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    ]
    event.preventDefault()
    if (!next) return
    const place = checkedIn(next) ?? next.querySelector("input")
    place.focus()
    if (event.key === "ArrowRight" && !place.checked) place.click()
  }

  /** On a phone: the column before, with its choice given up. */
  function back(button) {
    const parent = $(`.profiling-column input[value="${button.closest(".profiling-column").dataset.parent}"]`)
    parent.checked = false
    unfold()
    parent.focus()
  }

  addEventListener("change", ({ target }) => {
    if (!target.closest?.(".profiling")) return
    if (target.name === "path") follow(target)
    else if (target.name.startsWith("level")) unfold()
  })
  addEventListener("input", ({ target }) => target === search() && seek())
  addEventListener("keydown", (event) => {
    if (event.target === search()) keyInSearch(event)
    else if (event.target.closest?.(".profiling-column") && /^Arrow(Left|Right)$/.test(event.key)) keyInColumn(event)
  })
  addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-profiling-back]")
    if (button) back(button)
  })
  document.addEventListener("htmx:after:swap", () => {
    if (
      search() &&
      document.activeElement?.closest("dialog[open]")?.contains(search()) &&
      !document.activeElement.closest(".profiling")
    )
      search().focus()
  })
})()
