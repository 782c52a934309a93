/**
 * What was typed and is not sent shows in the list of conversations: a draft that waits, and, in red, what the server did
 * not take while one looked at another conversation. The reason is kept with the draft, for whoever comes back to it.
 */
;(() => {
  const { announce, content } = globalThis.sportello
  const keyOf = (conversation) => `draft:${content("user")}:${conversation}`

  /** Null: there is none, or what is there is none of ours. */
  function read(conversation) {
    try {
      return JSON.parse(localStorage.getItem(keyOf(conversation)))
    } catch {
      return null
    }
  }

  function mark() {
    for (const place of document.querySelectorAll("[data-draft-of]")) {
      const draft = read(place.dataset.draftOf)
      const isOpen = place.closest("[aria-current]") !== null
      const state = draft?.unsent ? "unsent" : draft?.text?.trim() && !isOpen ? "kept" : ""
      for (const words of place.children) words.hidden = words.dataset.draft !== state
    }
  }

  globalThis.sportello.drafts = {
    keyOf,
    read,
    mark,
    /** Not taken by the server, for the reason that is said. */
    keepUnsent(conversation, reason) {
      const draft = read(conversation)
      if (!draft) return
      localStorage.setItem(keyOf(conversation), JSON.stringify({ ...draft, unsent: reason }))
      mark()
      const title = document.querySelector(`#label-${conversation} .label-title`)?.textContent ?? ""
      announce(`${title}: ${reason}`)
    },
  }
  addEventListener("storage", ({ key }) => key?.startsWith("draft:") && mark())
  document.addEventListener("htmx:after:swap", mark)
  addEventListener("DOMContentLoaded", mark)
})()
