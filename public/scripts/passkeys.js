/** Passkeys: the browser makes one or proves one, and what it says goes with the form. */
;(() => {
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0))
  const written = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "")
  const named = (keys) => keys.map((key) => ({ ...key, id: bytes(key.id) }))

  const DEEDS = {
    create: (options) =>
      navigator.credentials.create({
        publicKey: {
          ...options,
          challenge: bytes(options.challenge),
          user: { ...options.user, id: bytes(options.user.id) },
          excludeCredentials: named(options.excludeCredentials),
        },
      }),
    get: (options) =>
      navigator.credentials.get({
        publicKey: {
          ...options,
          challenge: bytes(options.challenge),
          allowCredentials: named(options.allowCredentials),
        },
      }),
  }

  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]

  function answerOf({ rawId, type, response }) {
    const said = PARTS.filter((name) => response[name]).map((name) => [name, written(response[name])])
    const transports = response.getTransports?.() ?? []
    return JSON.stringify({ id: written(rawId), type, response: { ...Object.fromEntries(said), transports } })
  }

  /** A page may stand open for hours: what is asked then is asked when the button is pressed. */
  async function askedBy(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options)
    const response = await fetch(form.action, { headers: { accept: "application/json" } })
    if (!response.ok) throw new Error(`${response.status}`)
    const { question, options } = await response.json()
    form.elements.question.value = question
    return JSON.parse(options)
  }

  async function work(form) {
    const trouble = form.querySelector(".passkey-trouble")
    trouble.hidden = true
    const button = form.querySelector("[type=submit]")
    button.setAttribute("aria-busy", "true")
    try {
      const credential = await DEEDS[form.dataset.passkey](await askedBy(form))
      form.elements.answer.value = answerOf(credential)
      const chosen = document.querySelector('form[action="/login"] [name="language"]')
      if (chosen && form.elements.language) form.elements.language.value = chosen.value
      form.submit()
    } catch (error) {
      const words = JSON.parse(form.dataset.words)
      trouble.textContent = words[error.name] ?? words[""]
      trouble.hidden = false
    } finally {
      button.removeAttribute("aria-busy")
    }
  }

  addEventListener("submit", (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.dataset.passkey) return
    event.preventDefault()
    work(form)
  })

  function show() {
    if (!window.PublicKeyCredential) return
    for (const form of document.querySelectorAll("form[data-passkey]")) form.hidden = false
    for (const hint of document.querySelectorAll(".passkey-missing")) hint.hidden = true
  }
  show()
  addEventListener("htmx:after:swap", show)
})()
