/**
 * A voice note: recorded with level and time, paused, listened to, discarded or sent. It belongs to the conversation in
 * which it was begun: whoever looks elsewhere finds it paused when they come back, and what is on its way arrives.
 */
;(() => {
  const { announce, composer, content, say } = globalThis.sportello
  const $ = (selector) => document.querySelector(selector)
  /** Beyond half a megabyte WhatsApp offers a file instead of a player. */
  const MOST_SECONDS = 180
  const WARN_SECONDS = 15
  const BITS_PER_SECOND = 20_000
  const LEVEL_EVERY_MS = 80
  /** Half a megabyte over the slowest line on which one works. */
  const ANSWER_WITHIN_MS = 90_000
  const BARS = 75
  const FORMATS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4;codecs=opus", "audio/mp4"]
  /** Conversation → its note. */
  const notes = new Map()
  const form = () => $("[data-composer]")
  const shown = () => notes.get(form()?.dataset.conversation)
  const uuid = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`

  function problem(key) {
    const box = $("#voice-problem")
    if (!box) return
    $("#voice-problem-title").textContent = say(`voice.${key}`)
    $("#voice-problem-detail").textContent = say(`voice.${key}_detail`)
    box.hidden = false
  }
  const PROBLEMS = {
    ...{
      NotAllowedError: "denied",
      SecurityError: "denied",
      NotFoundError: "no_device",
      OverconstrainedError: "no_device",
    },
    ...{ NotReadableError: "busy", AbortError: "busy" },
  }

  async function record() {
    const target = form()
    if (!target || !composer.isReady() || shown()) return
    $("#voice-problem").hidden = true
    if (!navigator.mediaDevices?.getUserMedia) return problem("insecure")
    const type = FORMATS.find((one) => globalThis.MediaRecorder?.isTypeSupported(one))
    if (!type) return problem("unsupported")
    let microphone
    try {
      microphone = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      })
    } catch (error) {
      return problem(PROBLEMS[error.name] ?? "busy")
    }
    begin(target, microphone, type)
  }

  /** Whatever the microphone gives becomes one channel, as WhatsApp wants it. */
  function begin(target, microphone, type) {
    const { conversation } = target.dataset
    const sound = new AudioContext()
    const [meter, mono] = [sound.createAnalyser(), sound.createMediaStreamDestination()]
    mono.channelCount = 1
    const source = sound.createMediaStreamSource(microphone)
    source.connect(meter)
    source.connect(mono)
    const recorder = new MediaRecorder(mono.stream, { mimeType: type, audioBitsPerSecond: BITS_PER_SECOND })
    const note = {
      ...{ conversation, id: uuid(), path: target.dataset.voiceNotes, state: "recording", pieces: [], levels: [] },
      ...{ recorder, meter, seconds: 0, since: performance.now(), type, blob: null, player: null, request: null },
    }
    note.release = () => {
      for (const track of microphone.getTracks()) track.stop()
      clearInterval(note.timer)
      sound.close()
    }
    recorder.ondataavailable = ({ data }) => data.size > 0 && note.pieces.push(data)
    microphone.getAudioTracks()[0].addEventListener("ended", () => stop(note))
    notes.set(conversation, note)
    // Only then does a browser say what it makes: Safari's is no voice note for WhatsApp.
    recorder.onstart = () => recorder.mimeType.includes("opus") || problem("plain")
    recorder.start(1_000)
    note.timer = setInterval(() => measure(note), LEVEL_EVERY_MS)
    show()
    $('[data-voice="pause"]')?.focus()
    announce(say("voice.is_recording"))
  }

  const lengthOf = (note) => note.seconds + (note.state === "recording" ? (performance.now() - note.since) / 1_000 : 0)

  function measure(note) {
    if (note.state !== "recording") return
    const samples = new Float32Array(note.meter.fftSize)
    note.meter.getFloatTimeDomainData(samples)
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
    note.levels.push(Math.min(1, Math.sqrt(power) * 4))
    if (lengthOf(note) >= MOST_SECONDS) stop(note)
    else if (note === shown()) draw(note)
  }

  function pause(note) {
    if (note.state !== "recording") return
    note.seconds = lengthOf(note)
    note.state = "paused"
    note.recorder.pause()
    show()
  }
  function resume(note) {
    note.state = "recording"
    note.since = performance.now()
    note.recorder.resume()
    show()
  }

  /** The microphone is let go of; what was said can be heard. */
  function stop(note) {
    if (note.state !== "recording" && note.state !== "paused") return note.stopped
    note.seconds = lengthOf(note)
    note.state = "listening"
    note.stopped = new Promise((resolve) => {
      note.recorder.onstop = () => {
        note.release()
        note.blob = new Blob(note.pieces, { type: note.type })
        note.player = new Audio(URL.createObjectURL(note.blob))
        note.player.ontimeupdate = note.player.onended = () => note === shown() && draw(note)
        note.player.onplay = note.player.onpause = () => note === shown() && show()
        resolve()
        show()
      }
      note.recorder.stop()
    })
    show()
    return note.stopped
  }

  function discard(note) {
    note.request?.abort()
    if (note.recorder.state !== "inactive") {
      note.recorder.onstop = null
      note.recorder.stop()
      note.release()
    }
    forget(note)
    if (note.conversation === form()?.dataset.conversation) composer.focus()
  }

  function forget(note) {
    note.player?.pause()
    if (note.player) URL.revokeObjectURL(note.player.src)
    notes.delete(note.conversation)
    show()
  }

  async function send(note) {
    await stop(note)
    if (note.request) return
    note.player?.pause()
    note.state = "sending"
    note.progress = 0
    show()
    const request = new XMLHttpRequest()
    note.request = request
    request.open("POST", `${note.path}?${new URLSearchParams({ clientId: note.id })}`)
    request.setRequestHeader("X-CSRF-Token", content("csrf"))
    request.setRequestHeader("Accept", "application/json")
    request.setRequestHeader("Content-Type", "application/octet-stream")
    request.upload.onprogress = ({ loaded, total }) => {
      note.progress = total > 0 ? loaded / total : 0
      if (note === shown()) draw(note)
    }
    request.onload = () => {
      const login = request.getResponseHeader("hx-redirect")
      if (login) return location.assign(login)
      if (request.status < 300) sent(note)
      else failed(note, messageIn(request.responseText))
    }
    request.timeout = ANSWER_WITHIN_MS
    request.onerror = request.ontimeout = () => failed(note)
    request.send(note.blob)
  }

  function sent(note) {
    const isShown = note === shown()
    forget(note)
    if (!isShown) return
    composer.focus()
    $("#thread")?.scrollTo({ top: 0 })
  }

  function failed(note, words) {
    note.request = null
    note.state = "failed"
    note.words = words ?? say("voice.failed")
    show()
  }

  function messageIn(text) {
    try {
      return JSON.parse(text).message
    } catch {
      return null
    }
  }

  function show() {
    const bar = $("#voice")
    if (!bar) return
    const note = shown()
    const wasFocused = bar.contains(document.activeElement)
    bar.hidden = !note
    form()?.toggleAttribute("data-speaking", note !== undefined)
    if (!note) return
    bar.dataset.state = note.state === "listening" && note.player && !note.player.paused ? "playing" : note.state
    draw(note)
    if (wasFocused && document.activeElement?.checkVisibility?.() === false)
      bar.querySelector('[data-voice="send"]').focus()
  }

  function draw(note) {
    const { state, player } = note
    const left = MOST_SECONDS - lengthOf(note)
    const isNearEnd = (state === "recording" || state === "paused") && left <= WARN_SECONDS
    const played = player && state === "listening" ? player.currentTime : 0
    const time = $("#voice-time")
    time.textContent = state === "failed" ? note.words : clock(state === "listening" ? played : lengthOf(note))
    time.dataset.tone = isNearEnd || state === "failed" ? "bad" : ""
    $("#voice-total").textContent = isNearEnd
      ? say("voice.left", { count: Math.ceil(left) })
      : state === "listening"
        ? clock(note.seconds)
        : ""
    $("#voice .voice-progress").value = note.progress ?? 0
    wave(note, state === "listening" && note.seconds > 0 ? played / note.seconds : 0)
  }

  /** While one speaks the last bars; afterwards the whole, what was heard in colour. */
  function wave({ levels, state }, share) {
    const isLive = state === "recording" || state === "paused"
    const bars = isLive ? levels.slice(-BARS) : squeezed(levels)
    const path = (from, to) =>
      bars
        .slice(from, to)
        .map((level, at) => {
          const [x, half] = [(from + at) * 4 + 2, 1.5 + level * 11]
          return `M${x} ${13 - half}V${13 + half}`
        })
        .join("")
    const heard = isLive ? bars.length : Math.round(share * bars.length)
    const line = (name, d) => {
      const one = document.createElementNS("http://www.w3.org/2000/svg", "path")
      one.setAttribute("class", name)
      one.setAttribute("d", d)
      return one
    }
    $("#voice-wave").replaceChildren(line("is-heard", path(0, heard)), line("is-ahead", path(heard, bars.length)))
  }

  const squeezed = (levels) =>
    Array.from({ length: BARS }, (_, at) => {
      const part = levels.slice(Math.floor((at * levels.length) / BARS), Math.ceil(((at + 1) * levels.length) / BARS))
      return Math.max(0, ...part)
    })

  const DEEDS = {
    ...{ pause, resume, stop, discard, send },
    play: ({ player }) => player?.play(),
    "stop-playing": ({ player }) => player?.pause(),
  }
  addEventListener("click", ({ target }) => {
    const deed = target instanceof Element && target.closest("[data-voice]")?.dataset.voice
    if (!deed) return
    if (deed === "record") record()
    else if (deed === "dismiss") $("#voice-problem").hidden = true
    else if (shown()) DEEDS[deed](shown())
  })
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown() || !$("#voice")?.contains(event.target)) return
    event.preventDefault()
    event.stopPropagation()
    if (shown().state === "recording") stop(shown())
  })
  addEventListener("beforeunload", (event) => {
    if (notes.size > 0) event.preventDefault()
  })
  document.addEventListener("htmx:after:swap", () => {
    for (const note of notes.values()) if (note !== shown()) pause(note)
    show()
  })
})()
