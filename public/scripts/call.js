/**
 * The agent's window of a video call. It stands outside the page; while a call runs, links and forms change only the page
 * inside (`roam`), so that the call lives on whatever the agent looks at.
 */
;(() => {
  const $ = (selector, within = document) => within.querySelector(selector)
  const { content, say } = globalThis.sportello
  const { Connection, watchLevel } = globalThis.sportelloCall
  const SMALL_STEP = 24
  const headers = { "x-csrf-token": content("csrf") }

  /** The call of this tab: its window, its connection, what is known of both ends. */
  let now = null

  const says = (name, words) => {
    const place = $(`[data-says="${name}"]`, now.window)
    place.textContent = words
    place.hidden = words === ""
  }
  const shows = (action, isShown) => {
    $(`[data-call-action="${action}"]`, now.window).hidden = !isShown
  }
  const clock = (milliseconds) => {
    const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0"))
    return seconds >= 3_600 ? `${Math.floor(seconds / 3_600)}:${parts.join(":")}` : parts.join(":")
  }
  const lasted = () => (now.talkingSince === null ? null : clock(Date.now() - now.talkingSince))

  /** `headline` and `detail` say what the window waits for; while both talk it says nothing. */
  function enter(state, headline = "", detail = "", actions = []) {
    now.state = state
    now.window.dataset.state = state
    document.documentElement.toggleAttribute("data-calling", isRunning())
    says("headline", headline)
    says("detail", detail)
    for (const action of ["copy", "again", "retry"]) shows(action, actions.includes(action))
  }
  const isRunning = () => now !== null && !["before", "over"].includes(now.state)

  const name = () => $(".call-title", now.window).textContent

  // Before: devices, preview, level.
  async function prepare() {
    const trouble = await now.connection.useDevices({})
    tellTrouble(trouble)
    await listDevices()
    listen()
  }
  function tellTrouble({ audio, video }) {
    const names = [audio, video].filter(Boolean)
    const words = names.includes("insecure")
      ? say("call.insecure")
      : names.includes("NotAllowedError")
        ? say("call.denied")
        : names.includes("NotReadableError")
          ? say("call.device_busy")
          : names.length === 2
            ? say("call.nothing_found")
            : video
              ? say("call.no_camera")
              : audio
                ? say("call.no_microphone")
                : ""
    says("trouble", words)
  }
  async function listDevices() {
    const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
    for (const select of now.window.querySelectorAll("[data-device]")) {
      const own = devices.filter(({ kind }) => kind === select.dataset.device)
      const used = now.connection.tracks[select.dataset.device === "audioinput" ? 0 : 1]?.getSettings().deviceId
      select.replaceChildren(
        ...own.map(
          (device) => new Option(device.label || device.deviceId, device.deviceId, false, device.deviceId === used),
        ),
      )
      select.disabled = own.length === 0
    }
  }
  function stopListening() {
    now.deaf?.()
    now.deaf = null
  }
  function listen() {
    stopListening()
    const [microphone] = now.connection.tracks
    if (!microphone) return
    const meter = $(".call-level", now.window)
    now.deaf = watchLevel(new MediaStream([microphone]), (level) => {
      meter.value = level
    })
  }
  addEventListener("change", async ({ target }) => {
    const device = target.dataset?.device
    if (!device || !now) return
    const isSound = device === "audioinput"
    tellTrouble(
      await now.connection.useDevices(
        isSound
          ? { audio: true, video: false, audioId: target.value }
          : { audio: false, video: true, videoId: target.value },
      ),
    )
    listen()
  })

  // The call itself.
  async function start() {
    const button = $('[data-call-action="start"]', now.window)
    button.disabled = true
    const answer = await post(`/conversations/${now.window.dataset.conversation}/call`)
    button.disabled = false
    if (!answer) return
    now.call = answer.call
    now.link = answer.link
    connect()
  }
  /** What the server answers; null when it refuses, which it has said in words. */
  async function post(address, body) {
    const mine = now
    try {
      const answer = await fetch(address, { method: "POST", headers: { ...headers, accept: "application/json" }, body })
      if (now !== mine) return null
      if (answer.ok) return answer.status === 204 ? {} : await answer.json()
      const { message } = await answer.json().catch(() => ({}))
      says("trouble", message ?? say("call.offline"))
    } catch {
      if (now === mine) says("trouble", say("call.offline"))
    }
    return null
  }

  function connect() {
    const { connection } = now
    connection.events = `/calls/${now.call}/events`
    connection.signals = `/calls/${now.call}/signals`
    const { call } = now
    connection.way = async () => (await fetch(`/calls/${call}/servers`)).json()
    waitForCustomer()
    connection.open()
    connection.sayStanding()
  }
  function waitForCustomer() {
    if (now.talkingSince === null)
      enter("waiting", say("call.waiting", { name: name() }), say("call.waiting_detail"), [
        "again",
        ...(now.link ? ["copy"] : []),
      ])
    else enter("waiting", say("call.left", { name: name() }), say("call.left_detail"), ["again"])
    $(".call-remote", now.window).srcObject = null
    showScreen(false)
    says("tag", "")
  }

  const STATES = {
    alone: waitForCustomer,
    connecting: () => enter("connecting", say("call.connecting"), say("call.connecting_detail", { name: name() })),
    connected() {
      if (now.talkingSince === null) {
        now.talkingSince = Date.now()
        says("announcement", say("call.joined_now", { name: name() }))
      }
      enter("talking")
    },
    reconnecting: () => enter("reconnecting", say("call.reconnecting"), say("call.reconnecting_detail")),
    unreachable: () => enter("unreachable", say("call.unreachable"), say("call.unreachable_detail"), ["retry"]),
  }

  function follow(connection) {
    const on = (type, act) =>
      connection.addEventListener(type, ({ detail }) => now?.connection === connection && act(detail))
    on("local", (stream) => {
      $(".call-own", now.window).srcObject = stream
      now.window.toggleAttribute("data-no-picture", stream.getVideoTracks().length === 0)
    })
    on("remote", ({ talk, screen }) => {
      play($(".call-remote", now.window), talk)
      $(".call-screen", now.window).srcObject = screen
    })
    on("state", (state) => STATES[state]?.())
    on("standing", (standing) => {
      showScreen(standing.screen)
      if (standing.screen) play($(".call-screen", now.window), $(".call-screen", now.window).srcObject)
      const told = !standing.microphone
        ? say("call.is_muted", { name: name() })
        : !standing.camera
          ? say("call.camera_is_off", { name: name() })
          : ""
      now.otherIs = told
      tag()
    })
    on("own", (standing) => {
      for (const one of ["microphone", "camera", "screen"])
        $(`[data-call-action="${one}"]`, now.window).setAttribute("aria-pressed", String(standing[one]))
      tag()
    })
    on("quality", (quality) => {
      const place = $('[data-says="quality"]', now.window)
      place.hidden = false
      place.dataset.quality = quality
      place.setAttribute("aria-label", say(`call.quality_${quality}`))
      place.title = say(`call.quality_${quality}`)
    })
    on("over", (how) => (how === "cancelled" ? null : over(how)))
  }
  const tag = () =>
    says("tag", now.connection.isOn.screen ? say("call.sees_screen", { name: name() }) : (now.otherIs ?? ""))
  const showScreen = (isShown) => {
    $(".call-screen", now.window).hidden = !isShown
    now.window.toggleAttribute("data-other-screen", isShown)
  }
  /** A browser that plays nothing before a click plays when there is one. */
  function play(video, stream) {
    video.srcObject = stream
    video.play?.().catch(() => addEventListener("click", () => video.play(), { once: true }))
  }

  function over(how) {
    const time = lasted()
    stopListening()
    if (how === "replaced") enter("over", say("call.replaced"), say("call.replaced_detail"))
    else if (how === "missed") enter("over", say("call.over_missed", { name: name() }))
    else enter("over", say("call.over"), time ? say("call.over_detail", { time }) : "")
    says("time", "")
    says("tag", "")
    $('[data-call-action="cancel"]', now.window).focus()
  }

  async function end() {
    const { call } = now
    now.connection.finish("by_agent")
    await fetch(`/calls/${call}/end`, { method: "POST", headers, keepalive: true })
  }
  function dismiss() {
    now.connection.finish("cancelled")
    stopListening()
    now.pip?.close()
    now.window.remove()
    now = null
    document.documentElement.removeAttribute("data-calling")
    $('[data-action="call"]')?.focus()
  }

  setInterval(() => {
    if (now?.talkingSince != null && now.state !== "over") says("time", lasted())
  }, 500)

  // The window: small, large, on top, where one wants it.
  const ACTIONS = {
    start,
    end,
    cancel: dismiss,
    microphone: () => now.connection.toggle("microphone"),
    camera: () => now.connection.toggle("camera").then(listDevices),
    async screen() {
      if (now.connection.isOn.screen) return now.connection.stopSharing()
      // Whoever changes their mind has said so.
      await now.connection.shareScreen().catch(() => {})
    },
    devices(button) {
      const isShown = now.window.toggleAttribute("data-devices")
      button.setAttribute("aria-expanded", String(isShown))
      if (isShown) listDevices()
    },
    small: () => now.window.toggleAttribute("data-small"),
    large: () => (document.fullscreenElement ? document.exitFullscreen() : now.window.requestFullscreen()),
    pip: onTop,
    async copy(button) {
      await navigator.clipboard.writeText(now.link)
      $("span", button).textContent = say("call.copied")
    },
    async again() {
      const answer = await post(`/calls/${now.call}/link`)
      if (answer) now.link = answer.link
      if (answer && now.state === "waiting") waitForCustomer()
    },
    retry: () => now.connection.restart(),
  }

  /** The pictures in a window of their own that stays on top; closing it brings them back. */
  async function onTop() {
    const video = $(".call-remote", now.window)
    if (!globalThis.documentPictureInPicture) return video.requestPictureInPicture?.()
    if (now.pip) return now.pip.close()
    const scene = $(".call-scene", now.window)
    const place = document.createComment("")
    const pip = await documentPictureInPicture.requestWindow({ width: 400, height: 300 })
    now.pip = pip
    for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) pip.document.head.append(sheet.cloneNode())
    pip.document.documentElement.lang = document.documentElement.lang
    scene.replaceWith(place)
    pip.document.body.append(scene)
    pip.document.body.className = "call-pip"
    pip.addEventListener("pagehide", () => {
      place.replaceWith(scene)
      for (const each of scene.querySelectorAll("video")) each.play().catch(() => {})
      if (now) now.pip = null
    })
  }

  addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-call-action]")
    if (button && now) ACTIONS[button.dataset.callAction]?.(button)
  })

  function moveTo(left, top) {
    const { window: box } = now
    const { width, height } = box.getBoundingClientRect()
    box.style.left = `${Math.min(Math.max(0, left), Math.max(0, innerWidth - width))}px`
    box.style.top = `${Math.min(Math.max(0, top), Math.max(0, innerHeight - height))}px`
  }
  addEventListener("pointerdown", (event) => {
    const head = event.target instanceof Element && event.target.closest(".call-head")
    if (!head || event.target.closest(".icon-button") || !now) return
    const { left, top } = now.window.getBoundingClientRect()
    const [x, y] = [event.clientX - left, event.clientY - top]
    const move = (moved) => moveTo(moved.clientX - x, moved.clientY - y)
    head.setPointerCapture(event.pointerId)
    head.addEventListener("pointermove", move)
    for (const stop of ["pointerup", "pointercancel"])
      head.addEventListener(stop, () => head.removeEventListener("pointermove", move), { once: true })
  })
  addEventListener("keydown", (event) => {
    if (!now || !event.target.matches?.('[data-call-action="move"]')) return
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
    if (!step) return
    event.preventDefault()
    const { left, top } = now.window.getBoundingClientRect()
    moveTo(left + step[0] * SMALL_STEP, top + step[1] * SMALL_STEP)
  })
  addEventListener("resize", () => now?.window.style.left && moveTo(now.window.offsetLeft, now.window.offsetTop))

  // A call belongs to its window: it comes by the button in the thread, once.
  function adopt() {
    const found = $("#call")
    if (!found || found === now?.window) return
    const connection = new Connection({
      headers,
      offers: true,
      events: "",
      signals: "",
      way: async () => ({ servers: [] }),
    })
    now = {
      window: found,
      connection,
      call: Number(found.dataset.running) || null,
      link: null,
      state: "before",
      talkingSince: null,
      deaf: null,
      pip: null,
    }
    follow(connection)
    shows("pip", "documentPictureInPicture" in globalThis || document.pictureInPictureEnabled)
    prepare().then(() => now?.window === found && now.call && connect())
    $('[data-call-action="start"]', found)?.focus()
  }
  addEventListener("click", async ({ target }) => {
    const button = target instanceof Element && target.closest('[data-action="call"]')
    if (!button) return
    if (now && now.state !== "over") {
      now.window.removeAttribute("data-small")
      $(".call-head button", now.window).focus()
      return
    }
    if (now) dismiss()
    await htmx.ajax("GET", button.dataset.address, { target: "#call-dock", swap: "innerHTML" })
    adopt()
  })

  addEventListener("beforeunload", (event) => {
    if (isRunning()) event.preventDefault()
  })
  globalThis.sportello.isCalling = isRunning
})()
