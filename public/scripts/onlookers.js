/**
 * Tells the house that somebody has this conversation in front of them, and that they write: said again only while they use
 * the page, so that an open page alone keeps nobody present and no session alive. And what an answer was begun after, so that
 * two do not give the same one.
 */
;(() => {
  const { content } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const LOOK_AGAIN_MS = 45_000
  const WRITE_AGAIN_MS = 8_000

  const shown = () => $("#thread-pane")?.dataset.conversation ?? null
  let said = { conversation: null, doing: "", at: 0 }

  const tell = (conversation, doing) =>
    fetch(`/conversations/${conversation}/looking`, {
      method: "POST",
      keepalive: true,
      headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
      body: new URLSearchParams({ doing }),
    }).catch(() => {})

  function note(doing) {
    const conversation = shown()
    const again = doing === "looking" ? LOOK_AGAIN_MS : WRITE_AGAIN_MS
    const isNews = conversation !== said.conversation || doing !== said.doing
    if (!conversation || document.hidden || (!isNews && Date.now() - said.at < again)) return
    // Whoever pauses in writing is still writing, for a moment.
    if (doing === "looking" && said.conversation === conversation && said.doing !== "looking")
      if (Date.now() - said.at < 2 * WRITE_AGAIN_MS) return
    if (said.conversation && said.conversation !== conversation) tell(said.conversation, "gone")
    said = { conversation, doing, at: Date.now() }
    tell(conversation, doing)
  }
  function leave() {
    if (said.conversation) tell(said.conversation, "gone")
    said = { conversation: null, doing: "", at: 0 }
  }

  // What the answer was begun after: the newest message that was there when its first letter was typed.
  const newest = () =>
    [...document.querySelectorAll("#thread article.message")].at(-1)?.id.replace("message-", "") ?? ""
  function noteBeginning(field) {
    const begun = field.form?.elements.namedItem("begunAfter")
    if (!begun) return
    if (field.value === "") begun.value = ""
    else if (!begun.dataset.begun) begun.value = newest()
    begun.dataset.begun = field.value === "" ? "" : "true"
  }

  addEventListener("input", ({ target }) => {
    if (target.id === "composer-text") {
      noteBeginning(target)
      note("writing")
    } else if (target.id === "note-text") note("noting")
  })
  const arrive = () => {
    const field = $("#composer-text")
    if (field?.value && !field.form.elements.namedItem("begunAfter")?.dataset.begun) noteBeginning(field)
    if (shown() !== said.conversation) note("looking")
    if (!shown()) leave()
  }
  for (const sign of ["pointermove", "keydown", "wheel", "focus"])
    addEventListener(sign, () => note("looking"), { passive: true })
  document.addEventListener("visibilitychange", () => (document.hidden ? leave() : note("looking")))
  addEventListener("pagehide", leave)
  document.addEventListener("htmx:after:swap", arrive)
  addEventListener("DOMContentLoaded", arrive)
  arrive()
})()
