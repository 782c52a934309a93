/**
 * Search in the thread that is shown: hits come from the server, the latest first; stepping to one that is not on the page
 * loads what lies between. Enter goes to earlier ones, Shift+Enter back, Escape leaves.
 */
;(() => {
  const { say, folded, highlight } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const bar = () => $("#thread-search")
  const field = () => $("#thread-search-words")
  const idOf = (hit) => {
    const [, id] = hit.split("-")
    return document.getElementById(`note-${id}`) ? `note-${id}` : `message-${id}`
  }
  const TYPING_MS = 200

  /** What is being looked for; a newer one makes an older one stop. */
  let search = null
  let typing = 0

  const begin = (words) => ({ words, bar: bar(), hits: [], place: 0, isDone: false })
  const isOver = (one) => one !== search || one.bar !== bar() || bar().hidden

  async function seek() {
    const words = field().value.trim()
    search = begin(words)
    const mine = search
    if (words === "") return show(mine)
    let before = ""
    do {
      const from = `${bar().dataset.from}/hits?words=${encodeURIComponent(words)}${before && `&before=${before}`}`
      const answer = await fetch(from, { headers: { Accept: "application/json" } }).catch(() => null)
      if (isOver(mine)) return
      const { hits, next } = answer?.ok ? await answer.json() : { hits: [], next: null }
      if (isOver(mine)) return
      const isFirst = mine.hits.length === 0
      mine.hits.push(...hits)
      mine.isDone = next === null
      before = next
      show(mine)
      if (isFirst && hits.length > 0) goTo(mine, 0)
    } while (before)
  }

  async function goTo(mine, place) {
    mine.place = place
    show(mine)
    const hit = mine.hits[place]
    if (!document.getElementById(idOf(hit))) {
      await globalThis.sportello.loadPast({ at: hit })
      if (isOver(mine) || mine.place !== place) return
    }
    mark(mine)
    document.getElementById(idOf(hit))?.scrollIntoView({ block: "center" })
  }

  function step(by) {
    if (!search || search.hits.length === 0) return
    goTo(search, (search.place + by + search.hits.length) % search.hits.length)
  }

  function show({ words, hits, place, isDone }) {
    const count = $(".thread-search-count")
    if (words === "") count.textContent = ""
    else if (hits.length > 0) count.textContent = say("search.count", { place: place + 1, count: hits.length })
    else count.textContent = say(isDone ? "search.none" : "search.looking")
    for (const button of bar().querySelectorAll("[data-steps]")) button.disabled = hits.length === 0
    if (hits.length === 0) mark(search)
  }

  /** Every hit on the page is marked, the one that was stepped to more than the others. */
  function mark({ words, hits, place }) {
    const shown = hits.map((hit) => document.getElementById(idOf(hit))).filter(Boolean)
    const texts = (messages) => messages.flatMap((message) => [...message.querySelectorAll(".message-text")])
    const here = hits[place] && document.getElementById(idOf(hits[place]))
    highlight("hits", texts(shown.filter((message) => message !== here)), words ? [folded(words)] : [])
    highlight("hit", here ? texts([here]) : [], words ? [folded(words)] : [])
    for (const old of document.querySelectorAll(".message.is-hit")) if (old !== here) old.classList.remove("is-hit")
    here?.classList.add("is-hit")
  }

  function open() {
    bar().hidden = false
    field().focus()
    field().select()
    if (field().value) seek()
  }
  function close() {
    bar().hidden = true
    search = null
    mark(begin(""))
    $("#composer-text")?.focus()
  }

  addEventListener(
    "keydown",
    (event) => {
      const isFind =
        event.key.toLowerCase() === "f" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
      if (isFind && bar()?.checkVisibility !== undefined && event.target !== field() && !$("dialog[open]")) {
        event.preventDefault()
        open()
      } else if (event.target !== field()) return
      else if (event.key === "Enter") step(event.shiftKey ? -1 : 1)
      else if (event.key === "Escape") {
        event.stopPropagation()
        close()
      }
    },
    true,
  )
  addEventListener("input", ({ target }) => {
    if (target !== field()) return
    clearTimeout(typing)
    typing = setTimeout(() => bar() && seek(), TYPING_MS)
  })
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    const steps = target.closest("[data-steps]")
    if (steps) step(Number(steps.dataset.steps))
    else if (target.closest('[data-opens="thread-search"]')) bar().hidden ? open() : close()
    else if (target.closest('[data-closes="thread-search"]')) close()
  })
  document.addEventListener("htmx:after:swap", () => search && !isOver(search) && mark(search))
})()
