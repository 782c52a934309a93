// The phones page: does what is tapped and sends what is typed. What comes back is simulator-live.js's affair.
import { all, find, refresh, setPaused } from "./simulator-live.js"

// ---- asking the simulator -------------------------------------------------------------------------------------

async function ask(method, path, body = {}) {
  const headers = { "content-type": "application/json" }
  const response = await fetch(`/api/${path}`, { method, headers, body: JSON.stringify(body) })
  const answer = await response.json()
  if (response.ok) return answer
  toast(`${document.body.dataset.refused} ${answer.error}`)
  throw new Error(answer.error)
}

const unitOf = (element) => element.closest("[data-phone]")
const customer = (unit, body) => ask("POST", `customers/${unit.dataset.phone}`, { number: unit.dataset.line, ...body })

/** Sends from the phone, as an answer when one was begun. */
async function write(unit, content) {
  const { quote = "" } = unit.dataset
  await ask("POST", `customers/${unit.dataset.phone}/messages`, { number: unit.dataset.line, quote, ...content })
  endReply(unit)
}

let toastEnds
function toast(words) {
  const place = find("[data-toast]")
  place.textContent = words
  clearTimeout(toastEnds)
  toastEnds = setTimeout(() => place.replaceChildren(), 6000)
}

// ---- which phones are shown, kept in the address ----------------------------------------------------------------

const shown = () => all("[data-phone]").map((unit) => unit.dataset.phone)

function show(ids, chats = {}) {
  const address = new URL(location.href)
  address.searchParams.set("phones", ids.join(","))
  for (const [id, number] of Object.entries(chats)) address.searchParams.set(`chat.${id}`, number)
  history.replaceState(null, "", address)
  return refresh()
}

const toggle = (id) => show(shown().includes(id) ? shown().filter((other) => other !== id) : [...shown(), id])

// ---- what a tap does ------------------------------------------------------------------------------------------

const acts = {
  hide: (button) => toggle(unitOf(button).dataset.phone),
  menu: openActions,
  reply: () => beginReply(target),
  edit: () => edit(target),
  delete: () => write(unitOf(target), { kind: "delete", message: target.dataset.message, quote: "" }),
  "cancel-reply": (button) => endReply(unitOf(button)),
  "close-sheet": (button) => button.closest(".sheet").remove(),
  "close-dialog": (button) => button.closest("dialog").close(),
  "new-customer": () => find("#new-customer").showModal(),
  "start-over": async (button) => {
    if (!confirm(button.dataset.ask)) return
    await ask("POST", "start-over")
    history.replaceState(null, "", location.pathname)
    await refresh()
  },
  "change-number": async (button) => {
    const phone = prompt(button.dataset.ask)
    if (phone) await customer(unitOf(button), { phone })
  },
  pause: (button) => {
    const paused = button.ariaPressed !== "true"
    setPaused(paused)
    button.ariaPressed = String(paused)
    const { otherLabel } = button.dataset
    button.dataset.otherLabel = button.ariaLabel
    button.ariaLabel = otherLabel
    if (!paused) refresh()
  },
}

/** The message the action menu was opened from. */
let target = null

function openActions(button) {
  target = button.closest("[data-message]")
  const menu = find("#actions")
  for (const item of all("[data-for=mine]", menu)) item.hidden = target.dataset.side !== "mine"
  for (const item of all("[data-for=reacted]", menu)) item.hidden = !find(".reactions", target)
  menu.showPopover({ source: button })
}

async function edit(message) {
  const text = prompt(find("#actions").dataset.ask, message.dataset.text)
  if (text) await write(unitOf(message), { kind: "edit", message: message.dataset.message, text, quote: "" })
}

function beginReply(message) {
  const unit = unitOf(message)
  unit.dataset.quote = message.dataset.message
  find("[data-quoted]", unit).textContent = message.dataset.text || "…"
  find(".replying", unit).hidden = false
  find("textarea", unit).focus()
}

function endReply(unit) {
  delete unit.dataset.quote
  find(".replying", unit).hidden = true
}

const PLACE = { latitude: 45.46416, longitude: 9.19199, name: "Piazza del Duomo", address: "20122 Milano" }
const ATTACHED = {
  location: PLACE,
  contact: { name: "Anna Rossi", phone: "+39 345 555 0199" },
  unsupported: { what: "poll" },
  view_once: { kind: "unsupported", what: "view_once" },
  live_location: { kind: "unsupported", what: "live_location" },
  order: {
    items: [
      { product: "winter-mats", quantity: 1, price: 49 },
      { product: "wiper-blades", quantity: 2, price: 14.5 },
    ],
  },
  form: { answers: { flow_token: "demo", day: "2026-12-04", loan_car: true, notes: "After 9 o'clock" } },
  forwarded: { kind: "text", text: "Fwd: https://aurora.example", forwarded: true },
  advertisement: {
    kind: "text",
    text: "Hello, I saw your advertisement",
    referral: {
      source_url: "https://fb.me/aurora-winter",
      source_type: "ad",
      headline: "Winter check for 39 €",
      body: "Battery, tyres, brakes, heating: ready in an hour.",
    },
  },
}

const sound = new Audio()

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button")
  if (!button) return
  const { act, tap, choice, list, attach, react, show: id, play } = button.dataset
  if (act && acts[act]) await acts[act](button)
  if (tap) await write(unitOf(button), { kind: "choice", message: tap, choice, quote: "" })
  if (list) openSheet(button, list)
  if (attach) await write(unitOf(button), { kind: attach, ...ATTACHED[attach] })
  if (react !== undefined)
    await write(unitOf(target), { kind: "reaction", message: target.dataset.message, emoji: react, quote: "" })
  if (id) await toggle(id)
  if (play) await listen(button, play)
  if (button.closest(".menu") && !button.closest(".customers")) button.closest(".menu").hidePopover()
})

function openSheet(button, message) {
  const phone = button.closest(".phone")
  find(".sheet", phone)?.remove()
  phone.append(find(`template[data-list-of="${CSS.escape(message)}"]`, phone).content.cloneNode(true))
  find(".sheet input", phone).focus()
}

async function listen(button, url) {
  sound.src = url
  await sound.play()
  const message = button.closest("[data-message]")
  if (message.dataset.side === "theirs") await customer(unitOf(button), { played: message.dataset.message })
}

document.addEventListener("submit", async (event) => {
  const form = event.target
  event.preventDefault()
  if (form.dataset.act === "say") await say(form)
  if (form.dataset.sheet) {
    const choice = new FormData(form).get("choice")
    await write(unitOf(form), { kind: "choice", message: form.dataset.sheet, choice, quote: "" })
    form.remove()
  }
  if (form.dataset.act === "create-customer") {
    const made = await ask("POST", "customers", Object.fromEntries(new FormData(form)))
    form.reset()
    form.closest("dialog").close()
    await show([...shown(), made.id])
    find(`#phone-${made.id} textarea`).focus()
  }
})

async function say(form) {
  const field = find("textarea", form)
  const text = field.value.trim()
  if (text === "") return
  field.value = ""
  try {
    await write(unitOf(form), { kind: "text", text })
  } catch {
    field.value = text
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches(".write textarea")) {
    event.preventDefault()
    event.target.form.requestSubmit()
  }
  if (event.key === "Escape") find(".sheet", event.target.closest(".phone") ?? document)?.remove()
})

document.addEventListener("change", async (event) => {
  const { target: field } = event
  const unit = unitOf(field)
  if (field.dataset.switch) await customer(unit, { [field.dataset.switch]: field.checked })
  if (field.dataset.act === "line") await show(shown(), { [unit.dataset.phone]: field.value })
  if (field.matches("[data-busy], [data-pace]")) await setPace()
  if (field.dataset.fault) await setFault(field)
  if (field.matches("[data-delay]")) await setFault(find('[data-fault="slow-answer"]'))
})

function setPace() {
  const pace = find("[data-busy]").checked ? Number(find("[data-pace]").value) : 0
  return ask("PUT", "busy-day", { messagesPerMinute: pace })
}

function setFault(field) {
  const delaySeconds = field.dataset.fault === "slow-answer" ? Number(find("[data-delay]").value) : 0
  return ask("PUT", `faults/${field.dataset.fault}`, { on: field.checked, delaySeconds })
}
