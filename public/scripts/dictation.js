/**
 * Dictation: what one says lands at the caret of the message field. With a server, speech is cut at its pauses and sent
 * as it goes; with the browser's own recognition the browser says the words. It belongs to the conversation in which it
 * was begun: whoever looks elsewhere stops it, and what is still on its way goes into that conversation's draft.
 */
;(() => {
  const { announce, composer, content, say } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  const FRAME_MS = 20
  const PAUSE_MS = 400
  const LONGEST_MS = 15_000
  /** Shorter is a cough or a click. */
  const LEAST_VOICED_MS = 160
  /** Before the first loud frame, so that no beginning is cut. */
  const LEAD_FRAMES = 12
  const SLOW_AFTER_MS = 4_000
  const PROMPT_CHARACTERS = 200
  /** A browser whose recognition cannot begin may never say so. */
  const BROWSER_PATIENCE_MS = 8_000
  const tool = () => $("[data-dictation]")
  const form = () => $("[data-composer]")
  const bar = () => $("#dictation")
  /** The one that goes on, or whose words are still on their way. */
  let session = null

  const engine = () => tool()?.dataset.dictation
  const language = () => $("[data-dictation-language]")
  const Recognition = globalThis.SpeechRecognition

  /** Whether the browser itself understands a language: `available` or something less. */
  async function standing(code, isLocal) {
    if (!Recognition) return "absent"
    if (!Recognition.available) return isLocal ? "absent" : "available"
    return Recognition.available({ langs: [code], processLocally: isLocal }).catch(() => "absent")
  }

  /** By whom: "server", "device", "cloud"; null: not at all, and there is no button. */
  async function way() {
    const kind = engine()
    if (!kind || !isSecureContext || !navigator.mediaDevices) return null
    if (kind === "server") return globalThis.AudioWorkletNode ? "server" : null
    const code = language()?.value
    if ((await standing(code, true)) === "available") return "device"
    return kind === "cloud" && (await standing(code, false)) === "available" ? "cloud" : null
  }

  async function reveal() {
    const shown = tool()
    if (!shown) return
    const isThere = engine() === "server" ? (await way()) !== null : await anyWay()
    shown.hidden = !isThere
  }
  /** One language is enough for a button: another one can be chosen beside it. */
  async function anyWay() {
    if (!isSecureContext || !Recognition) return false
    const codes = [...(language()?.options ?? [])].map(({ value }) => value)
    const isAvailable = async (code) =>
      (await standing(code, true)) === "available" ||
      (engine() === "cloud" && (await standing(code, false)) === "available")
    return (await Promise.all(codes.map(isAvailable))).includes(true)
  }

  const isActive = () => session?.isListening === true

  function show(state, words) {
    const target = bar()
    if (!target) return
    target.hidden = state === null
    target.dataset.state = state ?? ""
    if (state !== null && $("#dictation-words").textContent !== words) $("#dictation-words").textContent = words
    const button = $('[data-dictate="toggle"]')
    button.dataset.start ??= button.getAttribute("aria-label")
    const name = isActive() ? button.dataset.stop : button.dataset.start
    button.setAttribute("aria-pressed", String(isActive()))
    button.setAttribute("aria-label", name)
    button.title = name
  }

  function draw() {
    if (!session) return show(null)
    const { trouble, isListening, waiting, waitingSince, kind } = session
    const isShown = session.conversation === form()?.dataset.conversation
    if (!isShown) return
    const isSlow = waiting.length > 0 && performance.now() - waitingSince > SLOW_AFTER_MS
    if (trouble) show("failed", trouble)
    else if (isSlow) show("slow", say("dictation.slow"))
    else if (waiting.length > 0) show("working", say("dictation.working"))
    else if (isListening)
      show("listening", say(kind === "server" ? "dictation.listening" : "dictation.listening_browser"))
    else show(null)
    const again = bar().querySelector('[data-dictate="again"]')
    again.hidden = !trouble || (waiting.length === 0 && kind === "server")
    bar().querySelector('[data-dictate="stop"]').hidden = !isListening
    bar().querySelector('[data-dictate="dismiss"]').hidden = isListening
    bar().querySelector(".dictation-level").hidden = !isListening || kind !== "server"
  }

  const PROBLEMS = {
    ...{ NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "no_device" },
    ...{ OverconstrainedError: "no_device" },
  }
  const microphoneTrouble = (error) => {
    const key = PROBLEMS[error.name] ?? "busy"
    return `${say(`voice.${key}`)}. ${say(`voice.${key}_detail`)}`
  }

  async function start() {
    if (isActive() || !composer.isReady() || form().hasAttribute("data-speaking")) return
    const by = await way()
    const begun = {
      ...{ conversation: form().dataset.conversation, path: tool().dataset.path, isListening: true, trouble: null },
      ...{ kind: by ?? engine(), waiting: [], waitingSince: 0, release: () => {} },
    }
    if (session) forget()
    session = begun
    if (by === null) return fail(begun, say("dictation.not_spoken"))
    if (by === "cloud" && tool().dataset.wantsNotice) {
      forget()
      return $("#dictation-notice").showModal()
    }
    draw()
    if (by === "server") await hear(begun)
    else await recognise(begun, by === "device")
  }

  // By a server of the company.

  async function hear(mine) {
    let microphone
    const sound = new AudioContext()
    mine.release = () => {
      for (const track of microphone?.getTracks() ?? []) track.stop()
      if (sound.state !== "closed") sound.close()
      clearInterval(mine.timer)
    }
    try {
      microphone = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      })
      await sound.audioWorklet.addModule(content("speech-worklet"))
    } catch (error) {
      return fail(mine, microphoneTrouble(error))
    }
    if (!mine.isListening) return mine.release()
    const node = new AudioWorkletNode(sound, "speech", { numberOfOutputs: 0 })
    sound.createMediaStreamSource(microphone).connect(node)
    mine.cut = cutter((frames) => enqueue(mine, wav(frames)))
    node.port.onmessage = ({ data }) => {
      if (!mine.isListening) return
      mine.cut.take(data)
      if (bar() && mine === session) bar().querySelector(".dictation-level").value = Math.min(1, data.loudness * 5)
    }
    microphone.getAudioTracks()[0].addEventListener("ended", () => stop())
    mine.timer = setInterval(draw, 500)
    announce(say("dictation.listening"))
  }

  /** Frames go in, segments come out: from the first loud one to a pause, or to the longest that is taken. */
  function cutter(segment) {
    let [frames, lead, voiced, quiet, floor] = [[], [], 0, 0, 0.004]
    const flush = () => {
      if (voiced * FRAME_MS >= LEAST_VOICED_MS) segment(frames)
      frames = []
      voiced = quiet = 0
    }
    return {
      flush,
      take({ samples, loudness }) {
        // What a quiet room sounds like follows the quietest moments at once, and rises slowly.
        floor = Math.min(loudness, Math.max(0.0005, floor * 1.002))
        const isLoud = loudness > Math.min(0.05, Math.max(0.008, floor * 3))
        if (frames.length === 0 && !isLoud) {
          lead.push(samples)
          if (lead.length > LEAD_FRAMES) lead.shift()
          return
        }
        if (frames.length === 0) [frames, lead] = [lead, []]
        frames.push(samples)
        if (isLoud) voiced++
        quiet = isLoud ? 0 : quiet + 1
        if (quiet * FRAME_MS >= PAUSE_MS || frames.length * FRAME_MS >= LONGEST_MS) flush()
      },
    }
  }

  function wav(frames) {
    const bytes = frames.reduce((sum, frame) => sum + frame.byteLength, 0)
    const file = new DataView(new ArrayBuffer(44 + bytes))
    const word = (at, text) => {
      for (const [index, letter] of [...text].entries()) file.setUint8(at + index, letter.charCodeAt(0))
    }
    const [HALF, WHOLE] = ["setUint16", "setUint32"]
    word(0, "RIFF")
    word(8, "WAVEfmt ")
    word(36, "data")
    const numbers = [
      ...[
        [4, WHOLE, 36 + bytes],
        [16, WHOLE, 16],
        [20, HALF, 1],
        [22, HALF, 1],
        [24, WHOLE, 16_000],
      ],
      ...[
        [28, WHOLE, 32_000],
        [32, HALF, 2],
        [34, HALF, 16],
        [40, WHOLE, bytes],
      ],
    ]
    for (const [at, set, value] of numbers) file[set](at, value, true)
    let at = 44
    for (const frame of frames) {
      new Int16Array(file.buffer, at, frame.length).set(frame)
      at += frame.byteLength
    }
    return new Blob([file.buffer], { type: "audio/wav" })
  }

  function enqueue(mine, recording) {
    mine.waiting.push({ recording, language: language()?.value ?? mine.language })
    if (mine.waiting.length === 1) pump(mine)
    draw()
  }

  /** One after the other, so that words come in the order in which they were said. */
  async function pump(mine) {
    while (mine.waiting.length > 0 && !mine.trouble) {
      mine.waitingSince = performance.now()
      const heard = await ask(mine, mine.waiting[0])
      if (mine.isForgotten) return
      if (typeof heard !== "string") {
        fail(mine, heard.trouble)
        break
      }
      mine.waiting.shift()
      composer.speak(mine.conversation, heard)
      draw()
    }
    settle(mine)
  }

  async function ask(mine, { recording, language: code }) {
    const body = new FormData()
    body.append("file", recording, "speech.wav")
    body.append("language", code)
    body.append("prompt", composer.before(mine.conversation).slice(-PROMPT_CHARACTERS))
    try {
      const answer = await fetch(mine.path, {
        method: "POST",
        headers: { "X-CSRF-Token": content("csrf"), Accept: "application/json" },
        body,
      })
      const login = answer.headers.get("hx-redirect")
      if (login) location.assign(login)
      const said = await answer.json().catch(() => ({}))
      return answer.ok && typeof said.text === "string"
        ? said.text
        : { trouble: said.message ?? say("dictation.failed") }
    } catch {
      return { trouble: say("dictation.offline") }
    }
  }

  // By the browser.

  async function recognise(mine, isLocal) {
    const recognition = new Recognition()
    Object.assign(recognition, { lang: language()?.value, continuous: true, interimResults: false })
    recognition.processLocally = isLocal
    const late = setTimeout(() => fail(mine, say("dictation.no_answer")), BROWSER_PATIENCE_MS)
    mine.release = () => {
      clearTimeout(late)
      recognition.stop()
    }
    recognition.onaudiostart = () => clearTimeout(late)
    recognition.onresult = ({ results, resultIndex }) => {
      for (let at = resultIndex; at < results.length; at++)
        if (results[at].isFinal) composer.speak(mine.conversation, results[at][0].transcript.trim())
    }
    recognition.onerror = ({ error }) => {
      if (error === "no-speech" || error === "aborted") return
      fail(mine, browserTrouble(error))
    }
    recognition.onend = () => mine.isListening && stop()
    try {
      recognition.start()
    } catch {
      fail(mine, say("dictation.no_answer"))
    }
  }

  function browserTrouble(error) {
    if (error === "not-allowed" || error === "service-not-allowed")
      return microphoneTrouble({ name: "NotAllowedError" })
    if (error === "audio-capture") return microphoneTrouble({ name: "NotFoundError" })
    return say(error === "language-not-supported" ? "dictation.not_spoken" : "dictation.no_network")
  }

  // The end of it.

  /** The microphone is let go of; what was said last still comes. */
  function stop() {
    if (!isActive()) return
    const mine = session
    mine.cut?.flush()
    mine.isListening = false
    mine.release()
    announce(say("dictation.stopped"))
    settle(mine)
  }

  function fail(mine, words) {
    if (mine.isForgotten) return
    mine.trouble = words
    if (mine.isListening) {
      mine.cut?.flush()
      mine.isListening = false
      mine.release()
    }
    draw()
  }

  function settle(mine) {
    if (!mine.isListening && !mine.trouble && mine.waiting.length === 0 && session === mine) session = null
    draw()
  }

  function forget() {
    if (!session) return
    session.isForgotten = true
    session.isListening = false
    session.release()
    session = null
    show(null)
  }

  function again() {
    const mine = session
    if (!mine) return
    if (mine.waiting.length === 0) {
      forget()
      return start()
    }
    mine.trouble = null
    mine.waitingSince = performance.now()
    clearInterval(mine.timer)
    mine.timer = setInterval(() => (mine === session ? draw() : clearInterval(mine.timer)), 500)
    draw()
    pump(mine)
  }

  async function confirm() {
    $("#dictation-notice").close()
    delete tool().dataset.wantsNotice
    fetch("/dictation/notice", { method: "POST", headers: { "X-CSRF-Token": content("csrf") } }).catch(() => {})
    await start()
  }

  const DEEDS = {
    ...{ again, stop, confirm },
    toggle: () => (isActive() ? stop() : start()),
    dismiss() {
      forget()
      composer.focus()
    },
  }
  addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return
    const deed = target.closest("[data-dictate]")?.dataset.dictate
    if (deed) DEEDS[deed]()
    if (deed === "toggle" || deed === "stop") composer.focus()
    // One microphone, one use of it.
    if (target.closest('[data-voice="record"]')) stop()
  })
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !isActive() || document.querySelector("dialog:modal")) return
      event.preventDefault()
      event.stopPropagation()
      stop()
    },
    true,
  )
  addEventListener("submit", ({ target }) => target.matches?.("[data-composer]") && stop())
  addEventListener("change", ({ target }) => {
    if (!(target instanceof Element && target.matches("[data-dictation-language]"))) return
    $("[data-dictation-code]").textContent = target.value.split("-")[0]
    const path = `${tool().dataset.path}/language`
    const body = new URLSearchParams({ language: target.value })
    fetch(path, { method: "POST", headers: { "X-CSRF-Token": content("csrf") }, body }).catch(() => {})
    // The browser's recognition hears one language from its beginning to its end.
    if (isActive() && session.kind !== "server") {
      forget()
      start()
    }
  })
  document.addEventListener("htmx:after:swap", () => {
    const isElsewhere = session && session.conversation !== form()?.dataset.conversation
    if (isElsewhere || (isActive() && !composer.isReady())) stop()
    if (isElsewhere && session?.trouble) forget()
    reveal()
    draw()
  })
  addEventListener("pagehide", () => session?.release())
  reveal()

  // The admin's page: what this browser can.
  async function tryBrowser() {
    const card = $("[data-speech-trial]")
    if (!card || card.dataset.tried) return
    card.dataset.tried = "true"
    const words = JSON.parse(card.dataset.words)
    for (const line of card.querySelectorAll("[data-language]"))
      line.querySelector("span").textContent = words[await outcome(line.dataset.language, card.dataset.speechTrial)]
  }
  async function outcome(code, kind) {
    if (!isSecureContext) return "no_https"
    if (!Recognition) return "no_recognition"
    const local = await standing(code, true)
    if (local === "available") return "here"
    if (kind === "cloud" && (await standing(code, false)) === "available") return "by_vendor"
    return local === "downloadable" || local === "downloading" ? "to_load" : "absent"
  }
  document.addEventListener("htmx:after:swap", tryBrowser)
  tryBrowser()
})()
