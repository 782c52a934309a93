/** «Test your connection»: what this browser reaches of the servers for video calls, and what is blocked. */
;(() => {
  const PATIENCE_MS = 8_000
  const card = () => document.querySelector("[data-call-trial]")
  const words = () => JSON.parse(card().dataset.words)
  const say = (word, blanks = {}) => words()[word].replace(/\{(\w+)\}/g, (_, name) => blanks[name] ?? "")

  function row(what) {
    const line = document.createElement("tr")
    const [name, result] = [document.createElement("th"), document.createElement("td")]
    name.scope = "row"
    name.textContent = what
    result.textContent = say("testing")
    line.append(name, result)
    card().querySelector("tbody").append(line)
    return (isFine, sentence) => {
      line.dataset.outcome = isFine ? "fine" : "blocked"
      result.textContent = `${isFine ? "✓" : "✗"} ${sentence}`
    }
  }

  /** The candidates of a kind that a peer finds, and what servers answered when they refused. */
  function gather(settings, kind) {
    return new Promise((resolve) => {
      const peer = new RTCPeerConnection(settings)
      const refusals = []
      const end = (found) => {
        clearTimeout(timer)
        peer.close()
        resolve({ found, refusals })
      }
      const timer = setTimeout(() => end(null), PATIENCE_MS)
      peer.onicecandidateerror = ({ errorCode }) => refusals.push(errorCode)
      peer.onicecandidate = ({ candidate }) => {
        if (candidate === null || candidate.candidate === "") end(null)
        else if (candidate.type === kind) end(candidate)
      }
      peer.createDataChannel("trial")
      peer.createOffer().then((offer) => peer.setLocalDescription(offer))
    })
  }

  /** Two peers of this page, which may only meet at the relay: does a word come through? */
  function loop(servers) {
    return new Promise((resolve) => {
      const settings = { iceServers: servers, iceTransportPolicy: "relay" }
      const [one, other] = [new RTCPeerConnection(settings), new RTCPeerConnection(settings)]
      const end = (came) => {
        clearTimeout(timer)
        one.close()
        other.close()
        resolve(came)
      }
      const timer = setTimeout(() => end(false), PATIENCE_MS)
      one.onicecandidate = ({ candidate }) => other.addIceCandidate(candidate ?? undefined).catch(() => {})
      other.onicecandidate = ({ candidate }) => one.addIceCandidate(candidate ?? undefined).catch(() => {})
      other.ondatachannel = ({ channel }) => {
        channel.onmessage = () => end(true)
      }
      const channel = one.createDataChannel("trial")
      channel.onopen = () => channel.send("there")
      one
        .createOffer()
        .then((offer) => one.setLocalDescription(offer))
        .then(() => other.setRemoteDescription(one.localDescription))
        .then(() => other.setLocalDescription())
        .then(() => one.setRemoteDescription(other.localDescription))
        .catch(() => end(false))
    })
  }

  async function tryServer({ url, servers }) {
    const isRelay = /^turn/i.test(url)
    const tell = row(say(isRelay ? "loop" : "seen", { url }))
    if (servers.length === 0) return tell(false, say("no_secret"))
    const { found, refusals } = await gather({ iceServers: servers }, isRelay ? "relay" : "srflx")
    const isRefused = refusals.some((code) => code === 401 || code === 403 || code === 438)
    if (!found) return tell(false, say(isRefused ? "refused" : "blocked"))
    if (!isRelay) return tell(true, say("works_as", { address: found.address ?? "" }))
    tell(
      ...((await loop(servers)) ? [true, say("works_as", { address: found.address ?? "" })] : [false, say("blocked")]),
    )
  }

  async function start(button) {
    button.disabled = true
    card().querySelector("tbody").replaceChildren()
    card().querySelector("table").hidden = false
    const isSecure = Boolean(navigator.mediaDevices)
    row(say("devices"))(isSecure, say(isSecure ? "works" : "no_https"))
    const { found } = await gather({}, "host")
    row(say("direct"))(Boolean(found), found ? say("works_as", { address: found.address ?? "" }) : say("blocked"))
    const trials = await (await fetch("/admin/calls/trial")).json()
    if (trials.length === 0) row(say("none"))(false, "")
    for (const trial of trials) await tryServer(trial)
    button.disabled = false
  }

  addEventListener("click", ({ target }) => {
    const button = target instanceof Element && target.closest('[data-action="call-trial"]')
    if (button) start(button)
  })
})()
