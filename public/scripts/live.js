/**
 * The page's end of the live stream: a topic that rings becomes an event on the body, and every panel that shows it
 * fetches its own URL. When the stream is down for longer than a moment, a line says so; it heals by itself.
 */
;(() => {
  const content = (name) => document.querySelector(`meta[name="${name}"]`)?.content ?? ""
  const STREAM = "/events"
  const HIDDEN_TOO_LONG_MS = 60_000
  const PATIENCE_MS = 2_500

  const ring = (topic) => {
    for (const missed of underWay.values()) missed.add(topic)
    htmx.trigger(document.body, topic)
  }

  // What rings while an answer is on its way may not be in it, and the panels it brings are not there to hear: it rings
  // once more when they are. A panel that fetches itself is there, and queues.
  const underWay = new Map()
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (!ctx.sourceElement?.matches?.('[hx-trigger*="from:body"]')) underWay.set(ctx, new Set())
  })
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const missed = underWay.get(ctx) ?? []
    underWay.delete(ctx)
    for (const topic of missed) htmx.trigger(document.body, topic)
  })

  const hear = (message) => {
    if (message.kind === "bell") ring(message.topic)
    else if (message.kind === "reset") ring("refetch")
    else if (message.kind === "bye") location.assign(`/login?next=${encodeURIComponent(location.pathname)}`)
    else if (message.kind === "state") heard(message.state)
  }

  // A browser that knows of no network says so before the stream notices, which may take it half a minute.
  let ofStream = "open"
  function heard(state) {
    ofStream = state
    if (navigator.onLine) showState(state)
  }
  addEventListener("offline", () => showState("offline"))
  addEventListener("online", () => {
    if (canShare) reconnect()
    showState(ofStream)
  })

  let wasDown = false
  let complaint = null
  function showState(state) {
    document.documentElement.dataset.live = state
    const line = document.getElementById("connection")
    if (state !== "open") {
      // Not begun anew by every attempt: they may follow each other sooner than patience ends.
      complaint ??= setTimeout(() => {
        wasDown = true
        line?.removeAttribute("hidden")
      }, PATIENCE_MS)
      return
    }
    clearTimeout(complaint)
    complaint = null
    line?.setAttribute("hidden", "")
    if (wasDown) ring("refetch")
    wasDown = false
  }

  const scriptUrl = (url) =>
    window.trustedTypes?.createPolicy("htmx", { createScriptURL: (text) => text }).createScriptURL(url) ?? url

  /** Browsers without shared workers, and pages that are not a secure context, listen by themselves. */
  function listenAlone() {
    const stream = new EventSource(`${STREAM}?since=${encodeURIComponent(content("live"))}`)
    stream.onopen = () => heard("open")
    stream.onerror = () => heard("retrying")
    stream.addEventListener("bell", ({ data }) => hear({ kind: "bell", topic: JSON.parse(data).topic }))
    stream.addEventListener("reset", () => hear({ kind: "reset" }))
    stream.addEventListener("bye", () => {
      stream.close()
      hear({ kind: "bye" })
    })
    return () => location.reload()
  }

  function listenTogether() {
    const tab = crypto.randomUUID()
    const { port } = new SharedWorker(scriptUrl(content("live-worker")), { name: "live" })
    port.onmessage = ({ data }) => hear(data)
    port.start()
    const hello = { kind: "hello", tab, url: STREAM, cursor: content("live") }
    // The lock is held before the worker asks for it: the other way round the worker takes the tab for gone.
    navigator.locks.request(`tab:${tab}`, () => {
      port.postMessage(hello)
      return new Promise(() => {})
    })
    addEventListener("pagehide", () => port.postMessage({ kind: "leaving" }))
    addEventListener("pageshow", ({ persisted }) => persisted && port.postMessage(hello))
    return () => port.postMessage({ kind: "reconnect" })
  }

  const canShare = "SharedWorker" in window && navigator.locks && crypto.randomUUID
  let reconnect = () => location.reload()
  // Not before htmx, which starts in a timer of its own, has bound the panels: nobody would hear what rings until then.
  const listen = () => {
    reconnect = canShare ? listenTogether() : listenAlone()
  }
  addEventListener("DOMContentLoaded", () => setTimeout(listen))
  addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest('[data-action="reconnect"]')) reconnect()
  })

  let hiddenSince = 0
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hiddenSince = performance.now()
    else if (performance.now() - hiddenSince > HIDDEN_TOO_LONG_MS) ring("refetch")
  })
})()
