/**
 * The way to a message that may be far from what is loaded: a stretch around it comes by itself, and what lies between it
 * and the present as one scrolls there.
 */
;(() => {
  const $ = (selector) => document.querySelector(selector)

  /** What was loaded from the end on without a gap begins here; a stretch with a gap behind it gives way to the next. */
  const begin = () =>
    $("#thread-older .thread-past:has(> .newer-link)") ?? $("#thread-older .older-link:not(.newer-link)")

  /** Loads the stretch that `wanted` (`{ at }` or `{ day }`) names, where it is not on the page. */
  async function loadPast(wanted) {
    const place = begin()
    if (!place) return
    const query = new URLSearchParams({ ...wanted, before: place.dataset.begins })
    await htmx.ajax("GET", `/conversations/${$("#thread").dataset.conversation}/thread?${query}`, {
      target: place,
      swap: "outerHTML",
    })
  }

  function show(element) {
    if (!element) return
    element.scrollIntoView({ block: "center" })
    if (element.matches("article")) element.focus({ preventScroll: true })
    element.classList.remove("is-found")
    void element.offsetWidth
    element.classList.add("is-found")
  }

  const messageAt = (cursor) => document.getElementById(`message-${cursor.split("-")[1]}`)
  async function showMessage(cursor) {
    if (!messageAt(cursor)) await loadPast({ at: cursor })
    show(messageAt(cursor))
  }

  const days = () => [...document.querySelectorAll("#thread .day-line")]
  const from = (day) => days().find(({ dataset }) => dataset.day >= day)
  async function showDay(day) {
    // What the page begins with may have begun earlier that day.
    if ((days()[0]?.dataset.day ?? "") >= day && begin()) await loadPast({ day })
    else if (!days().some(({ dataset }) => dataset.day === day) && begin()) await loadPast({ day })
    const line = from(day)
    line?.scrollIntoView({ block: "start" })
    ;(line?.nextElementSibling ?? $("#thread"))?.focus({ preventScroll: true })
  }

  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-shows]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    showMessage(link.dataset.shows)
  })
  addEventListener("change", ({ target }) => {
    if (target.id === "thread-day" && target.value !== "") showDay(target.value)
  })

  // Come from another conversation: the address says to which message.
  const arrived = () => /^#message-\d+$/.test(location.hash) && show($(location.hash))
  addEventListener("DOMContentLoaded", arrived)
  Object.assign(globalThis.sportello, { loadPast, showMessage })
})()
