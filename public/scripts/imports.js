/** A file of customers goes up with its progress, and the page of what becomes of it follows. */
;(() => {
  const { content, say } = globalThis.sportello

  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.matches("[data-import-file]") && target.files?.[0])
      bring(target, target.files[0])
  })

  /** Dropped on the field's frame: the same as chosen. */
  document.addEventListener("dragover", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-import-drop]")) event.preventDefault()
  })
  document.addEventListener("drop", (event) => {
    const place = event.target instanceof Element ? event.target.closest("[data-import-drop]") : null
    const file = event.dataTransfer?.files?.[0]
    if (!place || !file) return
    event.preventDefault()
    bring(place.querySelector("[data-import-file]"), file)
  })

  function bring(input, file) {
    const place = input.closest("[data-import-drop]")
    const bar = place.querySelector("progress")
    const note = place.querySelector("[data-import-note]")
    const tell = (words, tone = "") => {
      note.textContent = words
      note.dataset.tone = tone
    }
    const failed = (words) => {
      bar.hidden = true
      input.value = ""
      input.disabled = false
      tell(words ?? say("template.file_failed"), "bad")
    }
    const most = Number(input.dataset.most)
    if (file.size > most) return failed(input.dataset.tooLarge)
    const request = new XMLHttpRequest()
    request.open("POST", `/admin/imports/files?${new URLSearchParams({ name: file.name })}`)
    request.setRequestHeader("X-CSRF-Token", content("csrf"))
    request.setRequestHeader("Accept", "application/json")
    request.setRequestHeader("Content-Type", "application/octet-stream")
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = total > 0 ? loaded / total : 0
    }
    request.onerror = () => failed()
    request.onload = () => {
      const answer = parsed(request.responseText)
      if (request.status !== 200) return failed(answer.message)
      location.assign(`/admin/imports/${answer.import}`)
    }
    bar.hidden = false
    input.disabled = true
    tell(say("template.file_sending"))
    request.send(file)
  }

  function parsed(text) {
    try {
      return JSON.parse(text)
    } catch {
      return {}
    }
  }
})()
