/**
 * While something runs that a new page would end (a video call), links and forms change only the page inside the shell:
 * the same addresses, fetched as panels. Otherwise the browser does what it always does.
 */
;(() => {
  const { isCalling } = globalThis.sportello
  const isPlain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
  const hasOwnWay = (element) => [...element.attributes].some(({ name }) => name.startsWith("hx-"))

  async function go(address, { isBack = false } = {}) {
    const url = new URL(address, location.href)
    if (!isBack) history.pushState({ htmx: true }, "", url)
    await htmx.ajax("GET", url.pathname + url.search, { target: "#main", swap: "innerHTML" })
    htmx.trigger(document.body, "status")
    document.getElementById("main")?.focus({ preventScroll: true })
  }

  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]")
    if (!link || !isCalling() || event.defaultPrevented || !isPlain(event)) return
    const isElsewhere = link.origin !== location.origin || link.target || link.hasAttribute("download")
    const isPart = link.pathname === location.pathname && link.hash !== ""
    if (isElsewhere || isPart || hasOwnWay(link)) return
    event.preventDefault()
    go(link.href)
  })

  addEventListener("submit", async (event) => {
    const form = event.target
    if (
      !isCalling() ||
      event.defaultPrevented ||
      hasOwnWay(form) ||
      form.method === "dialog" ||
      form.matches("[data-composer]")
    )
      return
    const action = new URL(event.submitter?.formAction || form.action, location.href)
    if (action.origin !== location.origin || action.pathname === "/logout") return
    event.preventDefault()
    const fields = new FormData(form, event.submitter)
    if (form.method === "get") return go(`${action.pathname}?${new URLSearchParams(fields)}`)
    const answer = await fetch(action, {
      method: "POST",
      body: form.enctype === "multipart/form-data" ? fields : new URLSearchParams(fields),
      headers: { "hx-request": "true", "hx-current-url": location.href },
    })
    const next = answer.headers.get("hx-redirect")
    await go(next ?? location.href, { isBack: next === null })
  })

  // Back and forward, before htmx, which would put another body in place of this one.
  function travel(event, address) {
    if (!isCalling()) return
    event.stopImmediatePropagation()
    if (event.intercept) event.intercept({ handler: () => go(address, { isBack: true }) })
    else go(address, { isBack: true })
  }
  if (globalThis.navigation)
    navigation.addEventListener(
      "navigate",
      (event) => {
        if (event.navigationType === "traverse" && event.canIntercept && !event.hashChange)
          travel(event, event.destination.url)
      },
      { capture: true },
    )
  else addEventListener("popstate", (event) => travel(event, location.href), { capture: true })
})()
