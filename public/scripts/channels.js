/** The pages of a service number: placeholders go into their text where the caret stands, a file's text into its field. */
;(() => {
  addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-inserts]") : null
    const field = button && document.getElementById(button.dataset.into)
    if (!field) return
    field.setRangeText(button.dataset.inserts, field.selectionStart, field.selectionEnd, "end")
    field.focus()
    field.dispatchEvent(new Event("input", { bubbles: true }))
  })

  /** Hours by the week or around the clock: what follows from it stands below, and is asked for at once. */
  addEventListener("change", ({ target }) => {
    if (target instanceof Element && target.matches('[name="kind"], [name="timezone"]'))
      target.closest("form")?.querySelector(".hours-outlook button")?.click()
  })

  addEventListener("change", async ({ target }) => {
    const field = target instanceof HTMLInputElement && document.getElementById(target.dataset.fills)
    const [file] = (field && target.files) || []
    if (file) field.value = await file.text()
  })
})()
