/**
 * Emoji above the message field: fetched once, in the reader's language, when the panel first opens. What is typed
 * filters, arrows walk, Enter puts the emoji where the caret is; Escape goes back to writing.
 */
;(() => {
  const { composer, content, folded, say } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const panel = () => $("#emoji")
  const search = () => $("#emoji-search")
  const GROUPS = [
    ...["emoji.smileys", "emoji.people", "emoji.animals", "emoji.food", "emoji.travel"],
    ...["emoji.activities", "emoji.objects", "emoji.symbols", "emoji.flags"],
  ]
  const MOST_RECENT = 24
  const MOST_FOUND = 120
  /** More than two lines hold. */
  const NEAR = 60
  const recentKey = () => `emoji:${content("user")}`
  const toneKey = () => `emoji-tone:${content("user")}`
  const recent = () => JSON.parse(localStorage.getItem(recentKey()) ?? "[]")
  const tone = () => Number(localStorage.getItem(toneKey()) ?? 0)
  /** Groups of `[emoji, name, other words, skin tones]`. */
  let groups = null
  let loading = null

  function load() {
    loading ??= fetch(content("emoji"))
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
      .then((all) => {
        groups = all.map((group) => group.map((one) => ({ one, words: folded(`${one[1]} ${one[2]}`) })))
      })
      .catch(() => {
        loading = null
      })
    return loading
  }

  async function open() {
    panel().hidden = false
    $('[data-opens="emoji"]')?.setAttribute("aria-expanded", "true")
    for (const input of panel().querySelectorAll('[name="emoji-tone"]')) input.checked = Number(input.value) === tone()
    search().value = ""
    search().focus()
    await load()
    draw()
  }

  function close() {
    if (!panel() || panel().hidden) return
    panel().hidden = true
    $('[data-opens="emoji"]')?.setAttribute("aria-expanded", "false")
  }
  function backToWriting() {
    close()
    composer.focus()
  }

  const inTone = ([emoji, , , tones]) => (tones && tone() > 0 ? (tones[tone() - 1] ?? emoji) : emoji)

  function option(one) {
    const box = document.createElement("span")
    box.className = "emoji-one"
    box.setAttribute("role", "option")
    box.setAttribute("aria-selected", "false")
    box.setAttribute("aria-label", one[1])
    box.tabIndex = -1
    box.textContent = inTone(one)
    return box
  }

  function section(title, emoji) {
    const part = document.createElement("div")
    part.className = "emoji-group"
    part.setAttribute("role", "group")
    part.setAttribute("aria-label", title)
    part.append(Object.assign(document.createElement("h3"), { textContent: title }), ...emoji.map(option))
    part.querySelector("h3").setAttribute("aria-hidden", "true")
    return part
  }

  /** Recents first; with words in the field only what fits them, names before other words. */
  function draw() {
    if (!groups) {
      const none = $("#emoji-none")
      none.hidden = false
      none.textContent = say("emoji.failed")
      return
    }
    const words = folded(search().value).split(/\s+/).filter(Boolean)
    const all = groups.flat()
    const parts = words.length > 0 ? found(all, words) : browsed(all)
    $("#emoji-groups").replaceChildren(...parts)
    $("#emoji-none").textContent = say("emoji.none")
    $("#emoji-none").hidden = parts.length > 0
    const [first] = options()
    if (first) first.tabIndex = 0
    $("#emoji-groups").scrollTop = 0
    name(first)
  }

  function found(all, words) {
    const fits = all.filter((each) => words.every((word) => each.words.includes(word)))
    const begins = ({ words: known }) => (known.startsWith(words[0]) ? 0 : known.includes(` ${words[0]}`) ? 1 : 2)
    const best = fits.sort((a, b) => begins(a) - begins(b)).slice(0, MOST_FOUND)
    return best.length > 0
      ? [
          section(
            say("emoji.found"),
            best.map(({ one }) => one),
          ),
        ]
      : []
  }

  function browsed(all) {
    const known = new Map(all.flatMap(({ one }) => [one[0], ...(one[3] ?? [])].map((emoji) => [emoji, one])))
    const used = recent().flatMap((emoji) => (known.has(emoji) ? [[emoji, known.get(emoji)[1], ""]] : []))
    const parts = groups.map((group, index) =>
      section(
        say(GROUPS[index]),
        group.map(({ one }) => one),
      ),
    )
    return used.length > 0 ? [section(say("emoji.recent"), used), ...parts] : parts
  }

  const options = () => [...document.querySelectorAll(".emoji-one")]
  const name = (box) => {
    $("#emoji-name").textContent = box?.getAttribute("aria-label") ?? ""
  }

  function go(box) {
    if (!box) return
    for (const other of document.querySelectorAll('.emoji-one[tabindex="0"]')) other.tabIndex = -1
    box.tabIndex = 0
    box.focus()
    box.scrollIntoView({ block: "nearest" })
    name(box)
  }

  /** The one above or below: nearest across, on the next line that there is, whatever group it stands in. */
  function neighbour(all, box, step) {
    const { top, left } = box.getBoundingClientRect()
    const at = all.indexOf(box)
    const beyond = all
      .slice(Math.max(0, at - NEAR), at + NEAR)
      .map((one) => ({ one, place: one.getBoundingClientRect() }))
      .filter(({ place }) => (step > 0 ? place.top > top + 4 : place.top < top - 4))
    const line =
      step > 0 ? Math.min(...beyond.map(({ place }) => place.top)) : Math.max(...beyond.map(({ place }) => place.top))
    const onLine = beyond.filter(({ place }) => Math.abs(place.top - line) < 4)
    return onLine.sort((a, b) => Math.abs(a.place.left - left) - Math.abs(b.place.left - left))[0]?.one
  }

  function take(box) {
    const emoji = box?.textContent
    if (!emoji) return
    composer.insert(emoji)
    localStorage.setItem(
      recentKey(),
      JSON.stringify([emoji, ...recent().filter((one) => one !== emoji)].slice(0, MOST_RECENT)),
    )
  }

  const WALK = {
    ArrowRight: (all, box) => all[all.indexOf(box) + 1],
    ArrowLeft: (all, box) => all[all.indexOf(box) - 1],
    ArrowDown: (all, box) => neighbour(all, box, 1),
    ArrowUp: (all, box) => neighbour(all, box, -1) ?? search(),
    Home: (all) => all[0],
    End: (all) => all.at(-1),
  }

  function walk(event, box) {
    const next = WALK[event.key]?.(options(), box)
    if (next === search()) next.focus()
    else go(next)
    if (event.key === "Enter" || event.key === " ") take(box)
    return event.key in WALK || event.key === "Enter" || event.key === " "
  }

  function fromSearch({ key }) {
    if (key === "ArrowDown") go(options()[0])
    if (key === "Enter") take(options()[0])
    return key === "ArrowDown" || key === "Enter"
  }

  addEventListener(
    "keydown",
    (event) => {
      if (!panel()?.contains(event.target) || event.isComposing) return
      const box = event.target.closest(".emoji-one")
      const isOurs = box ? walk(event, box) : event.target === search() && fromSearch(event)
      if (event.key === "Escape") backToWriting()
      if (!isOurs && event.key !== "Escape") return
      event.preventDefault()
      event.stopPropagation()
    },
    true,
  )
  addEventListener("input", ({ target }) => target === search() && groups && draw())
  addEventListener("change", ({ target }) => {
    if (target.name !== "emoji-tone") return
    localStorage.setItem(toneKey(), target.value)
    draw()
  })
  addEventListener("focusin", ({ target }) => target.closest?.(".emoji-one") && name(target))
  addEventListener("pointerover", ({ target }) => target.closest?.(".emoji-one") && name(target))
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    const box = target.closest(".emoji-one")
    if (box) take(box)
    else if (target.closest('[data-opens="emoji"]')) panel().hidden ? open() : backToWriting()
    else if (!target.closest("#emoji")) close()
  })
})()
