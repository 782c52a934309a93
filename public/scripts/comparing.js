/**
 * A ring that was lost would leave a page wrong until somebody reloads it: now and then what is shown is compared with what
 * there is, by one short sum each, and only what differs is fetched.
 */
;(() => {
  const EVERY_MS = 120_000
  const sumIn = (selector) => document.querySelector(selector)?.dataset.sum
  const shown = () => ({ list: sumIn("#conversation-list"), thread: sumIn("#thread-items") })

  async function compare() {
    const before = shown()
    if (!before.list || document.hidden || !navigator.onLine) return
    const open = document.querySelector("#thread-pane")?.dataset.conversation ?? ""
    const answer = await fetch(`/conversations/sums?open=${open}`, { headers: { Accept: "application/json" } }).catch(
      () => null,
    )
    if (!answer?.ok) return
    const [{ list, thread }, now] = [await answer.json(), shown()]
    // What was drawn anew in the meantime has heard.
    const differs = (there, was, is) => there !== null && was === is && there !== is
    if (differs(list, before.list, now.list) || differs(thread, before.thread, now.thread))
      htmx.trigger(document.body, "refetch")
  }
  setInterval(compare, EVERY_MS)
})()
