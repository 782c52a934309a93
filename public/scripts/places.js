/**
 * Places above the message field: the tenant's own are filtered as one types, addresses and coordinates are looked up by
 * the server, the map takes any point; what is chosen is shown before it is sent.
 */
;(() => {
  const { composer, content, folded, patience, say } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const LOOK_AFTER_MS = 250
  const panel = () => $("#places")
  const search = () => $("#place-search")
  const map = () => $("#places world-map")
  const options = () => [...document.querySelectorAll("#places .place-option")].filter(({ hidden }) => !hidden)
  const uuid = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  let chosen = null
  let looking = null
  let asked = 0

  async function open() {
    panel().hidden = false
    $('[data-opens="places"]')?.setAttribute("aria-expanded", "true")
    search().value = ""
    choose(null)
    search().focus()
    await htmx.ajax("GET", panel().dataset.from, { target: "#places-body", swap: "innerHTML" })
    const [first] = options()
    if (first) take(first)
  }

  function close() {
    if (!panel() || panel().hidden) return
    panel().hidden = true
    $('[data-opens="places"]')?.setAttribute("aria-expanded", "false")
    clearTimeout(looking)
  }
  function backToWriting() {
    close()
    composer.focus()
  }

  /** `place` is what would be sent; null: nothing is chosen. */
  function choose(place) {
    chosen = place && { ...place, id: uuid() }
    const line = $("#place-chosen")
    const name = $("#places .places-name")
    const isNamed = Boolean(place?.name)
    line.replaceChildren()
    if (isNamed)
      line.append(Object.assign(document.createElement("b"), { textContent: place.name, dir: "auto" }), " · ")
    line.append(place ? `${place.latitude}, ${place.longitude}` : say("places.nothing"))
    name.hidden = !place || isNamed
    if (isNamed || !place) $("#place-name").value = ""
    $('[data-sends="place"]').disabled = !place
  }

  /** One of the list; the map shows where it is. */
  function take(option) {
    for (const one of document.querySelectorAll("#places .place-option"))
      one.setAttribute("aria-selected", String(one === option))
    if (!option) return
    option.id ||= `place-option-${uuid()}`
    search().setAttribute("aria-activedescendant", option.id)
    option.scrollIntoView({ block: "nearest" })
    const { name, address, latitude, longitude, zoom } = option.dataset
    const place = { name, address, latitude: Number(latitude), longitude: Number(longitude) }
    choose(name ? place : { ...place, address: "" })
    map()?.show(place, Number(zoom ?? map().zoom))
  }

  function refine() {
    const words = folded(search().value)
      .split(/[\s,]+/)
      .filter(Boolean)
    for (const option of document.querySelectorAll("#place-list .place-option"))
      option.hidden = !words.every((word) => folded(`${option.dataset.name} ${option.dataset.address}`).includes(word))
    clearTimeout(looking)
    looking = setTimeout(look, LOOK_AFTER_MS)
  }

  async function look() {
    const words = search().value.trim()
    const mine = ++asked
    const target = $("#place-found")
    if (!target) return
    if (words === "") return target.replaceChildren()
    await htmx.ajax("GET", `/locations/search?${new URLSearchParams({ words })}`, {
      target: "#place-found",
      swap: "innerHTML",
    })
    if (mine !== asked || panel().hidden) return
    const own = document.querySelectorAll("#place-list .place-option:not([hidden])").length
    if (own === 0 && options()[0]) take(options()[0])
  }

  function move(step) {
    const all = options()
    const at = all.findIndex((one) => one.getAttribute("aria-selected") === "true")
    if (all.length > 0) take(all[(at + step + all.length) % all.length])
  }

  async function send() {
    const button = $('[data-sends="place"]')
    if (!chosen || button.disabled) return
    button.disabled = true
    const { id, name, address, latitude, longitude } = chosen
    const called = name || $("#place-name").value
    try {
      const answer = await fetch(panel().dataset.from, {
        method: "POST",
        headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
        body: new URLSearchParams({ clientId: id, latitude, longitude, name: called, address: address ?? "" }),
        signal: patience(),
      })
      const login = answer.headers.get("hx-redirect")
      if (login) return location.assign(login)
      if (!answer.ok) return refused((await answer.json().catch(() => ({}))).message)
      backToWriting()
      $("#thread")?.scrollTo({ top: 0 })
    } catch {
      refused()
    }
  }
  function refused(words) {
    $("#place-chosen").textContent = words ?? say("places.not_sent")
    $('[data-sends="place"]').disabled = false
  }

  const KEYS = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: send,
  }
  addEventListener(
    "keydown",
    (event) => {
      if (!panel()?.contains(event.target) || event.isComposing) return
      const key = event.key === "Escape" ? backToWriting : event.target === search() ? KEYS[event.key] : null
      if (!key) return
      event.preventDefault()
      event.stopPropagation()
      key()
    },
    true,
  )
  addEventListener("input", ({ target }) => target === search() && refine())
  addEventListener("pick", ({ target, detail }) => {
    if (target !== map()) return
    take(null)
    choose({ ...detail, name: "", address: "" })
  })
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    const option = target.closest("#places .place-option")
    if (option) take(option)
    else if (target.closest('[data-opens="places"]')) panel().hidden ? open() : backToWriting()
    else if (target.closest('[data-closes="places"]')) backToWriting()
    else if (target.closest('[data-sends="place"]')) send()
    else if (target.isConnected && !target.closest("#places")) close()
  })

  // The administration's form: the map writes into its two fields, and follows them.
  const fieldsOf = (form) => ["latitude", "longitude"].map((name) => form?.elements.namedItem(name))
  addEventListener("pick", ({ target, detail }) => {
    const [latitude, longitude] = fieldsOf(target.closest("form"))
    if (!latitude || !longitude) return
    latitude.value = detail.latitude
    longitude.value = detail.longitude
  })
  addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-place]")) return
    const [latitude, longitude] = fieldsOf(target.form)
    const pasted = /^\s*(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(target.value)
    if (target === latitude && pasted) [, latitude.value, longitude.value] = pasted
    const place = { latitude: Number(latitude.value), longitude: Number(longitude.value) }
    const isPlace = latitude.value !== "" && longitude.value !== "" && Math.abs(place.latitude) <= 90
    if (isPlace && Math.abs(place.longitude) <= 180) target.form.querySelector("world-map")?.show(place)
  })
})()
