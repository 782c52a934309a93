/** Lists and sheets: a sheet that opens takes the focus, Escape closes it, a filter's menu sends its form. */
;(() => {
  const sheet = () => document.querySelector("[data-sheet]")

  /** What was wrong with a form that was sent: its first wrong field has the focus, or what else is said comes into view. */
  function showTrouble() {
    const place = sheet() ?? document.querySelector(".admin-page")
    const wrong = place?.querySelector('[aria-invalid="true"]')
    const said = place?.querySelector('.conflict, .banner[role="alert"], form .field-error:not(:empty)')
    if (wrong) wrong.focus()
    else said?.scrollIntoView({ block: "center" })
    return Boolean(wrong)
  }

  /** What was sent says what is wrong with it; another sheet takes the focus; whatever else comes by itself takes none. */
  let shown = sheet()?.getAttribute("aria-labelledby") ? location.pathname : ""
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    const open = sheet()
    const isOther = location.pathname !== shown
    shown = open ? location.pathname : ""
    if (ctx?.sourceElement instanceof HTMLFormElement && showTrouble()) return
    if (open && isOther) open.querySelector("h2")?.focus?.()
  })
  showTrouble()

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return
    if (document.querySelector("dialog[open], [popover]:popover-open")) return
    const open = sheet()
    if (open?.contains(event.target)) open.querySelector("[data-sheet-close]")?.click()
  })

  /** Where one is stands in sight, also in a row of pages that is wider than a telephone. */
  for (const row of document.querySelectorAll(".admin-nav, .channel-sections, .rail")) {
    const here = row.querySelector("[aria-current]")
    if (here && row.scrollWidth > row.clientWidth)
      row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2
  }

  /** A file that is its own form: kept as it is chosen, or said why not. */
  addEventListener("change", async ({ target }) => {
    const [file] = (target instanceof HTMLInputElement && target.dataset.uploads && target.files) || []
    if (!file) return
    const headers = { "x-csrf-token": document.querySelector('meta[name="csrf"]').content, accept: "application/json" }
    const answer = await fetch(target.dataset.uploads, { method: "POST", body: file, headers }).catch(() => null)
    if (answer?.ok) return location.assign(target.dataset.then)
    const trouble = answer && (await answer.json().catch(() => null))
    document.getElementById(`${target.id}-error`).textContent =
      trouble?.message ?? globalThis.sportello.say("live.lost")
    target.value = ""
  })

  /** What was done is said once: not again when the page is loaded anew. */
  const address = new URL(location.href)
  if (address.searchParams.has("done")) {
    address.searchParams.delete("done")
    history.replaceState(history.state, "", address)
  }
})()
