/** A line between a browser and the appliance that can be cut: in the middle of what goes over it, for good or a while. */
import { connect, createServer, type Socket } from "node:net"
import { freePort } from "./ports.ts"

export type Line = Awaited<ReturnType<typeof openLine>>

/** `to`: the port where the appliance listens. */
export async function openLine(to: number) {
  const port = await freePort()
  const sockets = new Set<Socket>()
  let isDown = false
  let cutAfter = Number.POSITIVE_INFINITY
  const cut = () => {
    isDown = true
    for (const socket of sockets) socket.destroy()
    sockets.clear()
  }
  const server = createServer((near) => {
    if (isDown) return near.destroy()
    const far = connect(to, "127.0.0.1")
    let passed = 0
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on("error", () => socket.destroy())
      socket.on("close", () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    far.pipe(near)
    near.on("data", (bytes) => {
      passed += bytes.length
      if (passed > cutAfter) return cut()
      if (far.write(bytes)) return
      near.pause()
      far.once("drain", () => near.resume())
    })
  })
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening))
  return {
    port,
    /** As soon as so many bytes have gone one way over one connection. */
    cutAfter(bytes: number) {
      cutAfter = bytes
    },
    isDown: () => isDown,
    mend() {
      ;[isDown, cutAfter] = [false, Number.POSITIVE_INFINITY]
    },
    close() {
      cut()
      server.close()
    },
  }
}
