/** The pages of a service number: placeholders go into their text where the caret stands. */
;(() => {
  addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-inserts]") : null
    const field = button && document.getElementById(button.dataset.into)
    if (!field) return
    field.setRangeText(button.dataset.inserts, field.selectionStart, field.selectionEnd, "end")
    field.focus()
    field.dispatchEvent(new Event("input", { bubbles: true }))
  })
})()
