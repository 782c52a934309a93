/**
 * One end of a video call, the same for agent and customer: hears by server-sent events, speaks by POST in order, and
 * connects browser to browser. Of the two only the agent makes offers, always of the same three lines (microphone, camera,
 * screen), so that both never offer at once and switching something on or off needs no new agreement.
 */
;(() => {
  const LINES = ["audio", "video", "video"]
  const [MICROPHONE, CAMERA, SCREEN] = [0, 1, 2]
  const DISCONNECTED_TOO_LONG_MS = 3_000
  const NOT_CONNECTED_MS = 20_000
  const MEASURED_EVERY_MS = 2_000
  const LONGEST_PAUSE_MS = 4_000
  const TRIES = 12

  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds))

  class Connection extends EventTarget {
    /**
     * `events` and `signals` are addresses; `headers` go with every POST; `way` answers `{servers, relayOnly}` for this
     * call, anew at each connection.
     */
    constructor({ events, signals, headers = {}, way, offers }) {
      super()
      Object.assign(this, { events, signals, headers, way, offers })
      this.seat =
        crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16)).join("")
      this.tracks = [null, null, null]
      this.isOn = { microphone: true, camera: true, screen: false }
      this.saying = Promise.resolve()
      this.hearing = Promise.resolve()
      this.session = null
      this.heard = 0
      // Another network, or the same again: there may be a better way now.
      this.online = () => this.restart()
      addEventListener("online", this.online)
    }

    emit(type, detail) {
      this.dispatchEvent(new CustomEvent(type, { detail }))
    }

    open() {
      const address = new URL(this.events, location.href)
      address.searchParams.set("seat", this.seat)
      if (this.session !== null) address.searchParams.set("session", this.session)
      if (this.heard) address.searchParams.set("heard", this.heard)
      const stream = new EventSource(address)
      this.stream = stream
      const on = (name, act) =>
        stream.addEventListener(name, (event) => {
          const number = Number(event.lastEventId)
          if (number && number <= this.heard) return
          this.heard = number || this.heard
          const data = JSON.parse(event.data)
          this.hearing = this.hearing.then(() => act(data)).catch((error) => this.emit("trouble", error))
        })
      on("ready", ({ session }) => this.begin(session))
      on("alone", () => this.loseOther())
      on("signal", ({ session, signal }) => session === this.session && this.take(signal))
      on("ended", ({ how }) => this.finish(how))
      on("replaced", () => this.finish("replaced"))
      stream.onopen = () => this.emit("heard", true)
      stream.onerror = () => {
        this.emit("heard", false)
        // A browser gives up after an answer that is none: the session says where to go on.
        if (stream.readyState === EventSource.CLOSED && this.stream === stream && !this.isOver) this.openAgain()
      }
    }

    async openAgain() {
      await pause(1_500)
      if (!this.isOver) this.open()
    }

    /** In order, and again while the network is away; what belongs to an older session is not said any more. */
    say(signal) {
      const { session } = this
      const body = JSON.stringify({ seat: this.seat, session, signal })
      this.saying = this.saying.then(async () => {
        for (let attempt = 0; attempt < TRIES && session === this.session && !this.isOver; attempt++) {
          try {
            const answer = await fetch(this.signals, {
              method: "POST",
              headers: { "content-type": "application/json", ...this.headers },
              body,
            })
            if (answer.status < 500) return
          } catch {
            // The network is away: once more.
          }
          await pause(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** attempt))
        }
      })
      return this.saying
    }

    /** Both are there: a fresh connection. */
    async begin(session) {
      this.drop()
      this.session = session
      const peer = new RTCPeerConnection({ bundlePolicy: "max-bundle", ...(await this.ice()) })
      if (this.session !== session) return peer.close()
      this.peer = peer
      peer.onicecandidate = ({ candidate }) => this.peer === peer && this.say({ candidate })
      peer.onconnectionstatechange = () => this.peer === peer && this.follow(peer.connectionState)
      this.emit("state", "connecting")
      this.expectConnection()
      if (!this.offers) return
      for (const kind of LINES) peer.addTransceiver(kind, { direction: "sendrecv" })
      await this.place()
      await this.offer({})
    }

    async ice() {
      try {
        const { servers, relayOnly } = await this.way()
        return { iceServers: servers, iceTransportPolicy: relayOnly ? "relay" : "all" }
      } catch {
        return { iceServers: [] }
      }
    }

    async offer(options) {
      const { peer } = this
      await peer.setLocalDescription(await peer.createOffer(options))
      await this.say({ description: peer.localDescription })
      this.sayStanding()
    }

    async take({ description, candidate, standing, again }) {
      const { peer } = this
      if (!peer) return
      if (standing) this.emit("standing", standing)
      else if (again) await this.restart()
      else if (description) {
        await peer.setRemoteDescription(description)
        this.hearTracks()
        if (description.type !== "offer") return
        for (const line of peer.getTransceivers()) line.direction = "sendrecv"
        await this.place()
        await peer.setLocalDescription()
        await this.say({ description: peer.localDescription })
        this.sayStanding()
      } else if (candidate !== undefined) await peer.addIceCandidate(candidate ?? undefined).catch(() => {})
    }

    /** What we send goes into its line; nothing is agreed anew by it. */
    async place() {
      const lines = this.peer?.getTransceivers() ?? []
      await Promise.all(lines.map((line, index) => line.sender.replaceTrack(this.tracks[index] ?? null)))
    }

    hearTracks() {
      const [audio, camera, screen] = this.peer.getTransceivers().map(({ receiver }) => receiver.track)
      this.emit("remote", {
        talk: new MediaStream([audio, camera].filter(Boolean)),
        screen: new MediaStream([screen].filter(Boolean)),
      })
    }

    follow(state) {
      clearTimeout(this.worry)
      if (state === "connected") {
        clearTimeout(this.expecting)
        this.emit("state", "connected")
        this.measure()
      } else if (state === "failed") this.restart()
      else if (state === "disconnected") {
        this.emit("state", "reconnecting")
        this.worry = setTimeout(() => this.restart(), DISCONNECTED_TOO_LONG_MS)
      }
    }

    expectConnection() {
      clearTimeout(this.expecting)
      this.expecting = setTimeout(() => {
        if (this.peer && this.peer.connectionState !== "connected") this.emit("state", "unreachable")
      }, NOT_CONNECTED_MS)
    }

    /** Another way through the network, with fresh credentials; the customer asks the agent's end for it. */
    async restart() {
      const { peer } = this
      if (!peer || this.isOver) return
      if (peer.connectionState !== "connected") this.emit("state", "reconnecting")
      this.expectConnection()
      peer.setConfiguration({ ...peer.getConfiguration(), ...(await this.ice()) })
      if (this.peer !== peer) return
      if (this.offers) await this.offer({ iceRestart: true })
      else await this.say({ again: true })
    }

    loseOther() {
      this.drop()
      this.emit("state", "alone")
    }

    drop() {
      clearTimeout(this.worry)
      clearTimeout(this.expecting)
      clearInterval(this.measuring)
      this.peer?.close()
      this.peer = null
    }

    /** The devices: with both, with one of them, with none; `trouble` says what is missing and why. */
    async useDevices({ audio = true, video = true, audioId, videoId } = {}) {
      const trouble = {}
      const wanted = {
        audio: audio && {
          echoCancellation: true,
          noiseSuppression: true,
          ...(audioId && { deviceId: { exact: audioId } }),
        },
        video: video && {
          width: { ideal: 1280 },
          height: { ideal: 720 },
          frameRate: { max: 30 },
          ...(videoId ? { deviceId: { exact: videoId } } : { facingMode: "user" }),
        },
      }
      const ask = async (constraints) => {
        try {
          return await navigator.mediaDevices.getUserMedia(constraints)
        } catch (error) {
          for (const kind of ["audio", "video"]) if (constraints[kind]) trouble[kind] = error.name
          return null
        }
      }
      if (!navigator.mediaDevices?.getUserMedia) return { audio: "insecure", video: "insecure" }
      let stream = audio || video ? await ask(wanted) : null
      if (!stream && audio && video) {
        const [sound, picture] = [await ask({ audio: wanted.audio }), await ask({ video: wanted.video })]
        stream = new MediaStream([...(sound?.getTracks() ?? []), ...(picture?.getTracks() ?? [])])
        if (sound) delete trouble.audio
        if (picture) delete trouble.video
      }
      if (audio) this.use(MICROPHONE, stream?.getAudioTracks()[0] ?? null)
      if (video) this.use(CAMERA, stream?.getVideoTracks()[0] ?? null)
      this.emit("local", this.local())
      return trouble
    }

    use(line, track) {
      const former = this.tracks[line]
      if (former && former !== track) former.stop()
      this.tracks[line] = track
      if (track) track.enabled = line === MICROPHONE ? this.isOn.microphone : line === CAMERA ? this.isOn.camera : true
      return this.place()
    }

    local() {
      return new MediaStream([this.tracks[MICROPHONE], this.tracks[CAMERA]].filter(Boolean))
    }

    has(name) {
      return Boolean(this.tracks[{ microphone: MICROPHONE, camera: CAMERA, screen: SCREEN }[name]])
    }

    /** `microphone` or `camera`; a camera that is off is let go of, so that its light is off too. */
    async toggle(name) {
      const isOn = !this.isOn[name]
      this.isOn[name] = isOn
      if (name === "camera") {
        if (isOn) await this.useDevices({ audio: false, video: true, videoId: this.videoId })
        else {
          this.videoId = this.tracks[CAMERA]?.getSettings().deviceId
          await this.use(CAMERA, null)
          this.emit("local", this.local())
        }
      } else if (this.tracks[MICROPHONE]) this.tracks[MICROPHONE].enabled = isOn
      this.sayStanding()
      return isOn
    }

    async shareScreen() {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false })
      const [track] = stream.getVideoTracks()
      track.contentHint = "detail"
      track.onended = () => this.stopSharing()
      await this.use(SCREEN, track)
      this.isOn.screen = true
      this.sayStanding()
    }

    async stopSharing() {
      await this.use(SCREEN, null)
      this.isOn.screen = false
      this.sayStanding()
    }

    /** What of ours the other end may expect to see and hear. */
    sayStanding() {
      const { isOn } = this
      const standing = {
        microphone: isOn.microphone && this.has("microphone"),
        camera: isOn.camera && this.has("camera"),
        screen: isOn.screen,
      }
      this.emit("own", standing)
      if (this.peer) this.say({ standing })
    }

    measure() {
      clearInterval(this.measuring)
      let before = { lost: 0, received: 0 }
      this.measuring = setInterval(async () => {
        const report = await this.peer?.getStats()
        if (!report) return
        const all = [...report.values()]
        const inbound = all.filter(({ type }) => type === "inbound-rtp")
        const sum = (name) => inbound.reduce((total, one) => total + (one[name] ?? 0), 0)
        const now = { lost: sum("packetsLost"), received: sum("packetsReceived") }
        const lost = Math.max(0, now.lost - before.lost)
        const share = lost / Math.max(1, lost + now.received - before.received)
        const pair = all.find(
          ({ type, nominated, state }) => type === "candidate-pair" && nominated && state === "succeeded",
        )
        const delay = pair?.currentRoundTripTime ?? 0
        before = now
        this.emit("quality", share > 0.08 || delay > 0.6 ? "poor" : share > 0.02 || delay > 0.25 ? "fair" : "good")
      }, MEASURED_EVERY_MS)
    }

    /** Everything is let go of; `how` is why. */
    finish(how) {
      if (this.isOver) return
      this.isOver = true
      removeEventListener("online", this.online)
      this.stream?.close()
      this.drop()
      for (const track of this.tracks) track?.stop()
      this.tracks = [null, null, null]
      this.emit("over", how)
    }
  }

  /** How loud a stream is, 0 to 1, told some times a second; answers how to stop listening. */
  function watchLevel(stream, tell) {
    const context = new AudioContext()
    const analyser = context.createAnalyser()
    analyser.fftSize = 512
    context.createMediaStreamSource(stream).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      const power = samples.reduce((sum, value) => sum + value * value, 0) / samples.length
      tell(Math.min(1, Math.sqrt(power) * 4))
    }, 100)
    return () => {
      clearInterval(timer)
      context.close()
    }
  }

  globalThis.sportelloCall = { Connection, watchLevel }
})()
