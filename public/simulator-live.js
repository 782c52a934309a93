// Keeps the phones page fresh: fetches it again when the simulator says that something changed, and replaces only the
// parts marked data-live, so that typing, focus and open lists survive.

export const find = (selector, within = document) => within.querySelector(selector)
export const all = (selector, within = document) => [...within.querySelectorAll(selector)]

let paused = false
/** Keeps the parts marked data-pausable as they are. */
export const setPaused = (on) => {
  paused = on
}

/** What each live part was last filled with. */
const seen = new WeakMap()
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

let running = null
let queued = null

/** Resolves when the page shows a state that is newer than the call; many calls at once cost two fetches. */
export function refresh() {
  if (running === null) {
    running = load().finally(() => {
      running = null
    })
    return running
  }
  const next = () => {
    queued = null
    return refresh()
  }
  queued ??= running
    .catch(() => {})
    .then(() => pause(150))
    .then(next)
  return queued
}

async function load() {
  const text = await (await fetch(location.href)).text()
  take(new DOMParser().parseFromString(text, "text/html"))
}

function take(fresh) {
  takePhones(fresh)
  for (const part of all("[data-live]")) {
    if (paused && part.matches("[data-pausable]")) continue
    const next = find(`[data-live="${part.dataset.live}"]`, fresh)
    if (!next || next.innerHTML === seen.get(part)) continue
    if (part.contains(document.activeElement) && document.activeElement.matches("input[type=number]")) continue
    replace(part, next)
  }
}

/** Puts the new content in, and the focus and the open details back. */
function replace(part, next) {
  const open = all("details[open]", part).map((details) => details.dataset.keep)
  const focused = part.contains(document.activeElement) ? nameOf(document.activeElement) : null
  seen.set(part, next.innerHTML)
  part.replaceChildren(...next.childNodes)
  for (const details of all("details", part)) details.open = open.includes(details.dataset.keep)
  if (focused)
    all("button, input, a, summary", part)
      .find((element) => nameOf(element) === focused)
      ?.focus()
}

const nameOf = (element) => {
  const { dataset } = element
  return [element.closest("[data-message]")?.dataset.message, ...Object.values(dataset), element.textContent].join("|")
}

function takePhones(fresh) {
  const place = find("[data-phones]")
  const wanted = all("[data-phone]", fresh)
  const ids = wanted.map((unit) => unit.dataset.phone)
  for (const unit of all("[data-phone]", place)) if (!ids.includes(unit.dataset.phone)) unit.remove()
  for (const unit of wanted) {
    const present = find(`#${CSS.escape(unit.id)}`, place)
    if (!present) place.append(unit.cloneNode(true))
    else if (present.dataset.line !== unit.dataset.line) present.replaceWith(unit.cloneNode(true))
  }
  const notice = find(":scope > .notice", place)
  if (wanted.length > 0) notice?.remove()
  else if (!notice) place.append(find(".phones > .notice", fresh))
}

const news = new EventSource("/events")
for (const kind of ["phone", "phones", "wire", "controls"]) news.addEventListener(kind, refresh)
news.addEventListener("open", refresh)
