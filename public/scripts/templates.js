/**
 * Choosing a template: what is typed filters the list, what is filled in stands in the preview at once, a header's file
 * goes ahead of the message. Every opening of a form is one message, however often it is sent.
 */
;(() => {
  const { content, folded, say } = globalThis.sportello
  const $ = (selector, root = document) => root.querySelector(selector)
  const uuid = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")

  function refine(picker) {
    const words = folded($("[data-template-search]", picker).value).split(/\s+/).filter(Boolean)
    const category = $("[data-template-category]", picker).value
    const language = $("[data-template-language]", picker).value
    let shown = 0
    for (const option of picker.querySelectorAll(".template-option")) {
      const text = folded(option.dataset.words)
      const fits =
        words.every((word) => text.includes(word)) &&
        (category === "" || option.dataset.category === category) &&
        (language === "" || option.dataset.language === language)
      option.hidden = !fits
      if (fits) shown += 1
    }
    $("#template-nothing", picker).hidden = shown > 0
  }

  /** What stands in the preview for a variable; without a value its name, so that the gap is seen. */
  function fill(input) {
    const form = input.form ?? document
    for (const slot of form.querySelectorAll(`[data-slot="${input.dataset.fills}"]`)) {
      const value = input.value.trim()
      slot.textContent = value || slot.dataset.name
      slot.classList.toggle("is-missing", value === "")
    }
  }

  function bring(input) {
    const [file] = input.files
    const field = input.closest(".template-file")
    const [kept, bar, note] = ["[name=file]", "progress", "[data-template-file-note]"].map((one) => $(one, field))
    kept.value = ""
    if (!file) return
    const query = new URLSearchParams({ kind: input.dataset.templateFile, name: file.name, type: file.type })
    const request = new XMLHttpRequest()
    request.open("POST", `/templates/files?${query}`)
    request.setRequestHeader("X-CSRF-Token", content("csrf"))
    request.setRequestHeader("Accept", "application/json")
    request.setRequestHeader("Content-Type", "application/octet-stream")
    const tell = (words, tone = "") => {
      note.textContent = words
      note.dataset.tone = tone
    }
    bar.hidden = false
    tell(say("template.file_sending"))
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = total > 0 ? loaded / total : 0
    }
    const failed = (words) => {
      bar.hidden = true
      input.value = ""
      tell(words ?? say("template.file_failed"), "bad")
    }
    request.onerror = () => failed()
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status !== 200) return failed(answer.message)
      bar.hidden = true
      kept.value = String(answer.file)
      tell(say("template.file_ready"))
    }
    request.send(file)
    show(input, file)
  }

  function parsed(text) {
    try {
      return JSON.parse(text)
    } catch {
      return {}
    }
  }

  /** The picture itself, or the name of what cannot be shown small. */
  function show(input, file) {
    const frame = $('[data-slot="file"]', input.form)
    if (!frame) return
    if (input.dataset.templateFile !== "image") {
      frame.lastElementChild.textContent = file.name
      return
    }
    const picture = Object.assign(document.createElement("img"), { alt: file.name, src: URL.createObjectURL(file) })
    picture.onload = () => {
      URL.revokeObjectURL(picture.src)
      frame.replaceChildren(picture)
    }
  }

  addEventListener("input", ({ target }) => {
    if (target.matches?.("[data-template-search]")) {
      refine(target.closest("[data-template-picker]"))
    } else if (target.matches?.("[data-fills]")) fill(target)
  })
  addEventListener("change", ({ target }) => {
    if (target.matches?.("[data-template-category], [data-template-language]"))
      refine(target.closest("[data-template-picker]"))
    else if (target.matches?.("[data-template-file]")) bring(target)
  })

  /** A form that has been drawn or sent begins a new message; the same one is sent once. */
  function number() {
    for (const field of document.querySelectorAll("[data-template-form] [name=clientId]")) field.value ||= uuid()
  }
  // Arrows move the radios, and Enter on one goes on to what wants a value.
  addEventListener("keydown", (event) => {
    const option = event.target.closest?.(".template-option")
    if (event.key !== "Enter" || !option) return
    event.preventDefault()
    const form = event.target.form
    ;($("#template-filling input:placeholder-shown, #template-filling input", form) ?? event.target).focus()
  })
  document.addEventListener("htmx:after:swap", number)
  addEventListener("DOMContentLoaded", number)
  number()
})()
