/**
 * Files on their way to a customer: chosen, dropped or pasted into the conversation that is shown, kept with it while
 * one looks elsewhere, and sent one after another with the message field's words under the first.
 */
;(() => {
  const $ = (selector) => document.querySelector(selector)
  const { content, say } = globalThis.sportello
  const CAPTION_CHARACTERS = 1024
  /** Smaller ones are sent again from their beginning. */
  const IN_PARTS_BYTES = 1_000_000
  /** So often in a row without getting any further it is tried by itself: for about five minutes. */
  const MOST_CUTS = 12
  const LONGEST_PAUSE_MS = 30_000
  const SILENCE_MS = 30_000
  /** Conversation → its files, in the order in which they were attached. */
  const waiting = new Map()
  const composer = () => $("[data-composer]")
  const filesOf = (form) => waiting.get(form.dataset.conversation) ?? []
  const isReady = () => $("#composer-gate")?.dataset.mode === "ready"
  const uuid = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  const number = (value) => value.toLocaleString(document.documentElement.lang)
  const sizeOf = (bytes) =>
    bytes < 1_000_000
      ? say("media.kilobytes", { size: number(Math.max(1, Math.round(bytes / 1_000))) })
      : say("media.megabytes", { size: number(Math.round(bytes / 100_000) / 10) })

  function kindOf(form, { type }) {
    const limits = JSON.parse(form.dataset.fileLimits)
    const [kind, { bytes }] = Object.entries(limits).find(([, { types }]) => types.includes(type)) ?? [
      "document",
      limits.document,
    ]
    return { kind, bytes }
  }

  /** What cannot be sent is said at once, with the limit; the server looks again. */
  function obstacle(form, file) {
    const { bytes } = kindOf(form, file)
    if (file.size === 0) return say("attach.empty", { name: file.name })
    if (file.size <= bytes) return null
    const size = number(Math.ceil(file.size / 100_000) / 10)
    return say("attach.too_large", { name: file.name, size, limit: number(bytes / 1_000_000) })
  }

  function add(files) {
    const form = composer()
    if (!form || !isReady() || files.length === 0) return
    const entries = Array.from(files, (file) => entryOf(form, file))
    waiting.set(form.dataset.conversation, [...filesOf(form), ...entries])
    show()
    form.elements.namedItem("text").focus()
  }

  function entryOf(form, file) {
    const row = $("#attachment-template").content.firstElementChild.cloneNode(true)
    const entry = { id: uuid(), file, row, request: null, refused: obstacle(form, file), kind: kindOf(form, file).kind }
    row.querySelector("b").textContent = file.name
    tell(entry, entry.refused ?? say("attach.waiting", { size: sizeOf(file.size) }), entry.refused ? "bad" : "")
    if (entry.kind === "image") preview(row, file)
    row.querySelector("[data-remove]").addEventListener("click", () => {
      entry.gone = true
      entry.request?.abort()
      remove(form.dataset.conversation, entry)
    })
    return entry
  }

  function preview(row, file) {
    const picture = Object.assign(document.createElement("img"), { alt: "", src: URL.createObjectURL(file) })
    picture.onload = () => {
      URL.revokeObjectURL(picture.src)
      row.querySelector("svg")?.replaceWith(picture)
    }
  }

  function tell({ row }, words, tone) {
    row.querySelector("small").textContent = words
    row.dataset.tone = tone
  }

  function remove(conversation, entry) {
    const rest = (waiting.get(conversation) ?? []).filter((one) => one !== entry)
    if (rest.length > 0) waiting.set(conversation, rest)
    else waiting.delete(conversation)
    show()
  }

  function show() {
    const [form, list] = [composer(), $("#attachments")]
    if (!form || !list) return
    const rows = filesOf(form).map(({ row }) => row)
    list.hidden = rows.length === 0
    list.replaceChildren(...rows)
  }

  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

  /** How much of it the server has; null: it cannot be asked either. */
  const askProgress = (address, entry) =>
    fetch(`${address}/progress?${new URLSearchParams({ clientId: entry.id })}`, {
      headers: { Accept: "application/json" },
    })
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null)

  /**
   * One file over the line; answers whether it is there. A large one that is cut goes on from where it was, as long as the
   * line comes back; then it is said, and Send goes on from there as well.
   */
  async function upload(form, entry, caption) {
    const { file } = entry
    const address = form.dataset.files
    const replyTo = globalThis.sportello.replying.current(form)?.id ?? ""
    const query = new URLSearchParams({ clientId: entry.id, name: file.name, type: file.type, caption, replyTo })
    const inParts = file.size > IN_PARTS_BYTES
    if (inParts) query.set("size", file.size)
    for (let cuts = 0; ; cuts++) {
      let offset = 0
      if (inParts && entry.begun) {
        const progress = await askProgress(address, entry)
        if (entry.gone) return "removed"
        if (progress?.isSent) return true
        if (progress === null) {
          if (cuts >= MOST_CUTS) return failed(entry)
          await pause(Math.min(LONGEST_PAUSE_MS, 1_000 * 2 ** cuts))
          continue
        }
        offset = progress.received
        if (offset > (entry.received ?? 0)) cuts = 0
        entry.received = offset
      }
      entry.begun = true
      query.set("offset", offset)
      const result = await uploadFrom(`${address}?${query}`, entry, offset)
      if (result !== "cut") return result
      if (!inParts || cuts >= MOST_CUTS) return failed(entry)
      tell(entry, say("attach.cut"), "")
      await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** cuts))
      if (entry.gone) return "removed"
    }
  }

  function failed(entry) {
    entry.row.querySelector("progress").hidden = true
    tell(entry, say("attach.failed"), "bad")
    return false
  }

  /** The rest of it in one go: there, refused, removed by whoever attached it, or cut. */
  function uploadFrom(address, entry, offset) {
    const { file, row } = entry
    const bar = row.querySelector("progress")
    return new Promise((resolve) => {
      const request = new XMLHttpRequest()
      entry.request = request
      // A line that is gone without a word takes bytes for ever.
      let silence = null
      const listen = () => {
        clearTimeout(silence)
        silence = setTimeout(() => over("cut"), SILENCE_MS)
      }
      const over = (result) => {
        clearTimeout(silence)
        entry.request = null
        resolve(result)
        if (result === "cut") request.abort()
      }
      request.open("POST", address)
      request.setRequestHeader("X-CSRF-Token", content("csrf"))
      request.setRequestHeader("Accept", "application/json")
      request.setRequestHeader("Content-Type", "application/octet-stream")
      bar.hidden = false
      tell(entry, say("attach.sending"), "")
      request.upload.onprogress = ({ loaded }) => {
        bar.value = file.size > 0 ? (offset + loaded) / file.size : 0
        listen()
      }
      const ended = (isThere, words) => {
        bar.hidden = true
        if (!isThere) tell(entry, words ?? say("attach.failed"), "bad")
        over(isThere)
      }
      request.onload = () => {
        const login = request.getResponseHeader("hx-redirect")
        if (login) return location.assign(login)
        const isThere = request.status >= 200 && request.status < 300
        const refusal = isThere ? null : refusalIn(request.responseText)
        if (refusal?.refused === "upload.elsewhere" || request.status >= 502) return over("cut")
        ended(isThere, refusal?.message)
      }
      request.onerror = () => over("cut")
      request.onabort = () => over("removed")
      listen()
      request.send(offset > 0 ? file.slice(offset) : file)
    })
  }

  function refusalIn(text) {
    try {
      return JSON.parse(text)
    } catch {
      return null
    }
  }

  globalThis.sportello.attachments = {
    any: (form) => filesOf(form).length > 0,
    /** Sends what is attached; `used` is called once `text` went out under a file. Answers whether all of it is there. */
    async send(form, text, used) {
      const { conversation } = form.dataset
      let caption = text.length <= CAPTION_CHARACTERS ? text : ""
      for (const entry of [...filesOf(form)]) {
        if (entry.refused || !filesOf(form).includes(entry)) continue
        const words = entry.kind === "audio" ? "" : caption
        const result = await upload(form, entry, words)
        if (result === "removed") continue
        if (!result) return false
        remove(conversation, entry)
        globalThis.sportello.replying.end(form)
        if (words !== "") used()
        if (words !== "") caption = ""
      }
      return (waiting.get(conversation) ?? []).length === 0
    },
  }

  addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-attach]")) $("#attach-files")?.click()
  })
  addEventListener("change", ({ target }) => {
    if (target.id !== "attach-files") return
    add(target.files)
    target.value = ""
  })
  addEventListener("paste", (event) => {
    const files = event.clipboardData?.files ?? []
    if (files.length === 0 || !event.target.closest?.("#thread-pane")) return
    event.preventDefault()
    add(files)
  })

  // Dropping: the whole middle pane takes files, and says so while they hover over it.
  const paneUnder = ({ target, dataTransfer }) =>
    dataTransfer?.types.includes("Files") && target instanceof Element ? target.closest("#thread-pane") : null
  addEventListener("dragover", (event) => {
    const pane = paneUnder(event)
    $("#thread-pane")?.toggleAttribute("data-dropping", pane !== null && isReady())
    if (pane) event.preventDefault()
  })
  addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) $("#thread-pane")?.removeAttribute("data-dropping")
  })
  addEventListener("drop", (event) => {
    $("#thread-pane")?.removeAttribute("data-dropping")
    if (!event.dataTransfer?.types.includes("Files")) return
    event.preventDefault()
    if (paneUnder(event)) add(event.dataTransfer.files)
  })

  // Pictures open over the page; without a script they open in a page of their own.
  addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("[data-picture]")
    const [dialog, full] = [$("#picture-dialog"), $("#picture-full")]
    if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    const alt = link.getAttribute("aria-label") ?? ""
    full.replaceChildren(Object.assign(document.createElement("img"), { alt, src: link.href }))
    dialog.showModal()
  })

  addEventListener("beforeunload", (event) => {
    if (waiting.size > 0) event.preventDefault()
  })
  document.addEventListener("htmx:after:swap", show)
})()
