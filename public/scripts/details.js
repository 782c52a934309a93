/**
 * The details pane: which of its parts are open is remembered, an old conversation is read beside the one at hand, windows
 * close when what they asked for is done, tags are found by typing.
 */
;(() => {
  const $ = (selector) => document.querySelector(selector)
  const { folded } = globalThis.sportello

  // Parts that were folded away stay folded, in every conversation.
  const keyOf = ({ id }) => `section:${id}`
  function restoreSections() {
    for (const section of document.querySelectorAll("#details-pane details.section:not([data-restored])")) {
      const kept = localStorage.getItem(keyOf(section))
      if (kept) section.open = kept === "open"
      section.dataset.restored = "true"
    }
  }
  addEventListener(
    "toggle",
    ({ target }) => {
      if (!target.matches?.("#details-pane details.section[data-restored]")) return
      localStorage.setItem(keyOf(target), target.open ? "open" : "closed")
    },
    true,
  )

  // What is read beside takes the place of the details until it is put away, and gives the focus back.
  let cameFrom = ""
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    restoreSections()
    if (ctx?.target?.id !== "details-beside") return
    cameFrom = ctx.sourceElement?.closest("li")?.id ?? ""
    $("#beside-title")?.focus({ preventScroll: true })
    const items = $(".beside-items")
    if (items) items.scrollTop = items.scrollHeight
  })
  function closeBeside() {
    $("#details-beside")?.replaceChildren()
    document.getElementById(cameFrom)?.querySelector("a")?.focus()
  }
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !event.target.closest?.(".beside")) return
      event.stopPropagation()
      closeBeside()
    },
    true,
  )

  // Done: the window goes. What was wrong has been drawn into it instead.
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    const dialog = ctx?.sourceElement?.dataset?.closesWhenDone
    if (dialog && ctx.response?.status === 204) document.getElementById(dialog)?.close()
  })

  function filterTags() {
    const words = folded($("#tags-typed")?.value ?? "").trim()
    for (const tag of document.querySelectorAll(".tags-all > li")) tag.hidden = !folded(tag.dataset.tag).includes(words)
  }
  addEventListener("input", ({ target }) => target.matches?.("[data-filters-tags]") && filterTags())
  // What was put is put: the field is empty for the next one.
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx?.target?.id !== "tags-panel") return
    const field = $("#tags-typed")
    if (ctx.sourceElement?.matches(".tags-typing")) field.value = ""
    filterTags()
  })

  addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-closes-beside]")) closeBeside()
  })
  addEventListener("DOMContentLoaded", restoreSections)
  restoreSections()
})()
