/** The transfer window: what was typed for the customer may go along as a note, if its writer says so. */
;(() => {
  const { drafts } = globalThis.sportello
  const field = () => document.querySelector("[data-draft-note]")
  const button = () => document.querySelector('[data-action="draft-as-note"]')

  const draft = () => document.querySelector('[data-composer] [name="text"]')?.value ?? keptDraft()
  /** On the window's own page there is no message field: what it keeps is. */
  function keptDraft() {
    const conversation = field()?.form?.getAttribute("action")?.split("/")[2]
    return drafts.read(conversation)?.text ?? ""
  }

  function refresh() {
    const shown = button()
    if (shown) shown.hidden = draft().trim() === ""
  }

  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element) || target.closest("button") !== button() || !button()) return
    const note = field()
    note.value = [note.value.trim(), draft().trim()].filter(Boolean).join("\n").slice(0, note.maxLength)
    note.focus()
  })
  document.addEventListener("htmx:after:swap", refresh)
  addEventListener("DOMContentLoaded", refresh)
})()
