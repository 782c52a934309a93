/**
 * Answering one message of many: a bar above the message field says which. It belongs to the draft: it is there again
 * with it, goes out with it, and Escape takes it away.
 */
;(() => {
  const { say } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const form = () => $("[data-composer]")
  const bar = () => $("#composer-reply")

  /** `{ id, name, text }` of what is answered in a form, the one that is shown unless said; null when nothing is. */
  const current = (within = form()) => JSON.parse(within?.dataset.reply || "null")

  function show(reply) {
    if (!form() || !bar()) return
    form().dataset.reply = reply ? JSON.stringify(reply) : ""
    form().elements.namedItem("replyTo").value = reply?.id ?? ""
    bar().hidden = !reply
    if (!reply) return
    bar().querySelector("b").textContent = reply.name
    bar().querySelector("span").textContent = reply.text
  }

  function begin(message) {
    if (!message) return
    const bubble = message.querySelector(".bubble")
    const text = [...bubble.querySelectorAll(".message-text, strong, .file-card b")].map((part) =>
      part.textContent.trim(),
    )
    const name = message.classList.contains("is-ours") ? say("thread.you") : ($(".thread-who h2")?.textContent ?? "")
    const label = bubble.querySelector("[aria-label]:not(.message-act)")?.getAttribute("aria-label") ?? ""
    show({ id: message.id.replace("message-", ""), name, text: (text.find(Boolean) ?? label).slice(0, 200) })
    globalThis.sportello.composer.keep()
    globalThis.sportello.composer.focus()
  }
  /** In the form of a conversation that is no longer shown as well: its answer went out meanwhile. */
  function end(within = form()) {
    if (!current(within)) return
    if (within === form()) {
      show(null)
      return globalThis.sportello.composer.keep()
    }
    within.dataset.reply = ""
    within.elements.namedItem("replyTo").value = ""
  }

  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    if (target.closest('[data-removes="reply"]')) {
      end()
      globalThis.sportello.composer.focus()
    } else if (target.closest("#composer-reply button[data-shows-reply]"))
      globalThis.sportello.showMessage(`0-${current()?.id}`)
  })
  addEventListener("keydown", (event) => {
    const isField = event.target.form?.matches?.("[data-composer]")
    if (event.key !== "Escape" || !isField || !current() || event.defaultPrevented) return
    event.preventDefault()
    end()
  })
  globalThis.sportello.replying = { begin, end, show, current }
})()
