/** Lists and sheets: a sheet that opens takes the focus, Escape closes it, a filter's menu sends its form. */
;(() => {
  const sheet = () => document.querySelector("[data-sheet]")

  /** The first field that is wrong, else the first one, when another sheet has come. */
  let shown = sheet()?.getAttribute("aria-labelledby") ? location.pathname : ""
  document.addEventListener("htmx:after:swap", () => {
    const open = sheet()
    const wrong = (open ?? document.querySelector(".settings-page"))?.querySelector('[aria-invalid="true"]')
    const isOther = location.pathname !== shown
    shown = open ? location.pathname : ""
    if (wrong) wrong.focus()
    else if (open && isOther) open.querySelector("h2")?.focus?.()
  })

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return
    if (document.querySelector("dialog[open], [popover]:popover-open")) return
    const open = sheet()
    if (open?.contains(event.target)) open.querySelector("[data-sheet-close]")?.click()
  })

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
