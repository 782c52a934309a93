/** The customer's page of a call: one step at a time – before, in the call, left, ended. */
;(() => {
  const $ = (selector) => document.querySelector(selector)
  const page = $("#guest")
  const words = JSON.parse(page.dataset.words)
  const base = location.pathname
  const { Connection } = globalThis.sportelloCall
  let connection = null
  let since = null
  let way = { servers: [], relayOnly: false }

  const says = (name, text) => {
    $(`[data-says="${name}"]`).textContent = text
  }
  function enter(step, headline = "", detail = "") {
    page.dataset.step = step
    says("headline", headline)
    says("detail", detail)
  }
  const clock = (milliseconds) => {
    const seconds = Math.max(0, Math.floor(milliseconds / 1_000))
    return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`
  }
  setInterval(() => {
    if (since !== null && page.dataset.step === "call") says("time", clock(Date.now() - since))
  }, 500)

  /** Why a device is missing, in words; nothing when both are there. */
  function trouble({ audio, video }, wantsVideo) {
    const names = [audio, video].filter(Boolean)
    if (names.includes("insecure")) return words.insecure
    if (names.includes("NotAllowedError")) return words.denied
    if (audio && (video || !wantsVideo)) return words.nothing_found
    if (video) return words.no_camera
    return audio ? words.no_microphone : ""
  }

  async function join(wantsVideo) {
    const denied = () => Object.values(missing).includes("NotAllowedError")
    enter("joining", words.connecting)
    connection = new Connection({
      events: `${base}/events`,
      signals: `${base}/signals`,
      offers: false,
      way: async () => way,
    })
    follow(connection)
    connection.isOn.camera = wantsVideo
    const missing = await connection.useDevices({ audio: true, video: wantsVideo })
    const told = trouble(missing, wantsVideo)
    if (denied()) {
      connection.finish("cancelled")
      enter("before", $("h1").dataset.before ?? words.waiting, told)
      return
    }
    const answer = await admitted()
    if (!answer) return
    way = answer
    enter("call", words.waiting, told)
    connection.open()
    connection.sayStanding()
    showSwitch()
  }

  /** Null when the link does not let in any more, which is said. */
  async function admitted() {
    try {
      const answer = await fetch(`${base}/join`, { method: "POST" })
      const body = await answer.json()
      if (answer.ok) return body
      connection.finish("cancelled")
      enter("over", body.refused)
    } catch {
      connection.finish("cancelled")
      enter("before", words.offline)
    }
    return null
  }

  const STATES = {
    alone: () => talks(false, words.waiting),
    connecting: () => talks(false, words.connecting),
    connected() {
      since ??= Date.now()
      talks(true)
    },
    reconnecting: () => talks(false, words.reconnecting),
    unreachable: () => talks(false, words.unreachable),
  }
  function talks(isTalking, headline = "") {
    page.toggleAttribute("data-talking", isTalking)
    if (isTalking) $(".guest-head strong").textContent = words.talking
    says("headline", headline)
    if (isTalking) says("detail", "")
  }

  function follow(own) {
    const on = (type, act) => own.addEventListener(type, ({ detail }) => connection === own && act(detail))
    on("local", (stream) => {
      $(".guest-own").srcObject = stream
      page.toggleAttribute("data-no-picture", stream.getVideoTracks().length === 0)
    })
    on("remote", ({ talk, screen }) => {
      play($(".guest-remote"), talk)
      $(".guest-screen").srcObject = screen
    })
    on("state", (state) => STATES[state]?.())
    on("heard", (isHeard) => {
      if (!isHeard && !page.hasAttribute("data-talking")) says("detail", words.offline)
      else if (isHeard && $('[data-says="detail"]').textContent === words.offline) says("detail", "")
    })
    on("standing", (standing) => {
      $(".guest-screen").hidden = !standing.screen
      page.toggleAttribute("data-other-screen", standing.screen)
      if (standing.screen) play($(".guest-screen"), $(".guest-screen").srcObject)
    })
    on("own", (standing) => {
      for (const one of ["microphone", "camera"])
        $(`[data-guest-action="${one}"]`).setAttribute("aria-pressed", String(standing[one]))
    })
    on("over", over)
  }
  function play(video, stream) {
    video.srcObject = stream
    video.play().catch(() => addEventListener("click", () => video.play(), { once: true }))
  }

  function over(how) {
    page.removeAttribute("data-talking")
    if (how === "cancelled") return
    if (how === "left") enter("left", words.left, words.left_detail)
    else if (how === "replaced") enter("elsewhere", words.replaced)
    else
      enter(
        "over",
        words.ended,
        since === null ? words.ended_detail : `${clock(Date.now() - since)} · ${words.ended_detail}`,
      )
    says("time", "")
  }

  function leave() {
    navigator.sendBeacon(`${base}/leave`, connection.seat)
    connection.finish("left")
  }

  /** Phones have two cameras. */
  async function showSwitch() {
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput")
    $('[data-guest-action="switch"]').hidden = cameras.length < 2
  }
  async function switchCamera() {
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === "videoinput")
    const used = connection.tracks[1]?.getSettings().deviceId
    const next = cameras[(cameras.findIndex(({ deviceId }) => deviceId === used) + 1) % cameras.length]
    if (next) await connection.useDevices({ audio: false, video: true, videoId: next.deviceId })
  }

  const ACTIONS = {
    join: () => join(true),
    sound: () => join(false),
    here: () => join(true),
    again: () => join(true),
    microphone: () => connection.toggle("microphone"),
    camera: () => connection.toggle("camera"),
    switch: switchCamera,
    leave,
  }
  $("h1").dataset.before = $("h1").textContent
  addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest("[data-guest-action]")
    if (button) ACTIONS[button.dataset.guestAction]()
  })
  addEventListener("pagehide", () => {
    if (connection && !connection.isOver) navigator.sendBeacon(`${base}/leave`, connection.seat)
  })
})()
