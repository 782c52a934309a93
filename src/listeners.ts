/** The doors of a composed appliance: public, intranet, and the one that sends plain HTTP on to TLS. */
import { hostname, networkInterfaces } from "node:os"
import { join } from "node:path"
import { type Config, ConfigRefused, urlOf } from "~/config.ts"
import type { Chance } from "~/kernel/chance.ts"
import type { Clock } from "~/kernel/clock.ts"
import { describeError, type Log } from "~/kernel/log.ts"
import type { PublicRoute } from "~/web/server.ts"
import { type IntranetParts, type Listener, serveIntranet, servePublic, serveRedirect } from "~/web/server.ts"
import type { Signalling } from "~/web/signalling.ts"
import type { Streams } from "~/web/stream.ts"
import {
  CertificateRefused,
  type Certificates,
  certificatesFromFiles,
  ownCertificates,
} from "~/web/tls/certificates.ts"

type Composed = {
  intranet: IntranetParts
  publicRoutes: readonly PublicRoute[]
  streams: Streams
  signalling: Signalling
}
type Parts = { clock: Clock; chance: Chance; log: Log }

export const intranetUrl = ({ url, tls, listen }: Config): URL =>
  new URL(url ?? urlOf(tls.kind === "none" ? "http" : "https", listen))

/** Where the appliance's own authority is kept, in the data folder: not in the database, so never in a backup. */
export const tlsFolder = ({ dataFolder }: Config): string => join(dataFolder, "tls")

/** The certificate of the intranet listener; null when it speaks plain HTTP. Throws ConfigRefused. */
export async function certificatesFor(config: Config, parts: Parts): Promise<Certificates | null> {
  try {
    switch (config.tls.kind) {
      case "none":
        return null
      case "files":
        return await certificatesFromFiles(config.tls, parts)
      case "self":
        return await ownCertificates(tlsFolder(config), namesOf(config), parts)
    }
  } catch (error) {
    throw error instanceof CertificateRefused ? new ConfigRefused([error.message]) : error
  }
}

/** Opens them; answers how they are closed. Throws when a port is taken, with none left open. */
export function openListeners(
  config: Config,
  { intranet, publicRoutes: routes, streams, signalling }: Composed,
  certificates: Certificates | null,
  { clock, log }: Parts,
): () => Promise<void> {
  const { listen, publicListen, trustedProxies } = config
  const listeners: Listener[] = []
  let unwatch = () => {}
  const close = async () => {
    unwatch()
    const stopped = listeners.map((listener) => listener.stop())
    signalling.endAll()
    await Promise.all(stopped)
  }
  try {
    listeners.push(servePublic({ listen: publicListen, routes, trustedProxies, clock }))
    const tls = certificates?.current() ?? null
    const door = serveIntranet({ ...intranet, listen, tls, streams, clock })
    listeners.push(door)
    if (certificates) {
      unwatch = certificates.watch((newer) => door.replaceCertificate(newer))
      listeners.push(...redirectBeside(config, intranet.url, { clock, log }))
    }
    return close
  } catch (error) {
    void close()
    throw error
  }
}

/** People type a name without a scheme: beside the standard port of HTTPS, that of HTTP sends them on. */
function redirectBeside({ listen }: Config, url: URL, { clock, log }: Omit<Parts, "chance">): Listener[] {
  if (listen.port !== 443) return []
  try {
    return [serveRedirect({ listen: { ...listen, port: 80 }, url, clock })]
  } catch (error) {
    log.warn("plain HTTP is not sent on to HTTPS", describeError(error))
    return []
  }
}

/** Every name by which a browser may come: the configured one, and those of the machine. */
function namesOf(config: Config): string[] {
  const { hostname: listening } = config.listen
  const everywhere = UNSPECIFIED.has(listening)
  const addresses = Object.values(networkInterfaces()).flatMap((list = []) => list.map(({ address }) => address))
  const own = everywhere ? [hostname(), ...addresses.filter((address) => !address.startsWith("fe80"))] : [listening]
  const configured = intranetUrl(config).hostname.replace(/^\[|\]$/g, "")
  return [...new Set([configured, ...own, "localhost", "127.0.0.1", "::1"])].filter((name) => !UNSPECIFIED.has(name))
}
const UNSPECIFIED = new Set(["0.0.0.0", "::"])

/** How customers and Meta reach the public listener. */
export const publicUrlOf = ({ publicUrl, publicListen }: Config): string => publicUrl ?? urlOf("http", publicListen)
