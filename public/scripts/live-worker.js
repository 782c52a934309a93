/**
 * One event stream for every tab of this browser: HTTP/1.1 allows six connections to a host, and the seventh tab would
 * not even load. A tab holds a lock while it lives; the worker gets that lock when the tab is gone, crash included.
 */
/** @type {Map<MessagePort, string>} */
const tabs = new Map()
/** @type {EventSource | null} */
let stream = null
let url = ""
let lastId = ""
let state = "closed"

const tellAll = (message) => {
  for (const port of tabs.keys()) port.postMessage(message)
}
/** A page that was drawn before what the worker has heard since: nobody would tell it any more. */
function isBehind(cursor) {
  const [run, number] = splitId(cursor)
  const [heardRun, heard] = splitId(lastId)
  return lastId !== "" && (run !== heardRun || number < heard)
}
const splitId = (id) => [id.slice(0, id.lastIndexOf("-")), Number(id.slice(id.lastIndexOf("-") + 1))]

const become = (next) => {
  state = next
  tellAll({ kind: "state", state })
}

/** A reason to wait differently in every browser: after a restart they would all come back at once. */
const RETRY_MS = 2_000
const SPREAD_MS = 4_000

function open() {
  if (stream || !url) return
  stream = new EventSource(lastId ? `${url}?since=${encodeURIComponent(lastId)}` : url)
  stream.onopen = () => become("open")
  stream.onerror = () => {
    const isOver = stream?.readyState === EventSource.CLOSED
    become(isOver ? "closed" : "retrying")
    if (!isOver) return
    stream = null
    setTimeout(() => tabs.size > 0 && open(), RETRY_MS + Math.random() * SPREAD_MS)
  }
  stream.addEventListener("bell", ({ data, lastEventId }) => {
    lastId = lastEventId || lastId
    tellAll({ kind: "bell", topic: JSON.parse(data).topic, id: lastId })
  })
  stream.addEventListener("reset", ({ lastEventId }) => {
    lastId = lastEventId || lastId
    tellAll({ kind: "reset" })
  })
  stream.addEventListener("bye", () => {
    close()
    lastId = ""
    tellAll({ kind: "bye" })
  })
}

function close() {
  stream?.close()
  stream = null
  become("closed")
}

function forget(port) {
  tabs.delete(port)
  if (tabs.size === 0) close()
}

self.onconnect = ({ ports: [port] }) => {
  port.onmessage = ({ data }) => {
    if (data.kind === "hello") {
      url = data.url
      tabs.set(port, data.tab)
      if (isBehind(data.cursor)) port.postMessage({ kind: "reset" })
      lastId ||= data.cursor
      port.postMessage({ kind: "state", state })
      open()
      navigator.locks?.request(`tab:${data.tab}`, () => forget(port))
    } else if (data.kind === "reconnect") {
      close()
      open()
    } else if (data.kind === "leaving") forget(port)
  }
  port.start()
}
