/**
 * The certificate of the intranet listener: from files that somebody else renews, or from the appliance's own authority.
 * Either way a new one is taken into use while the appliance runs.
 */
import { createPrivateKey, X509Certificate } from "node:crypto"
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { isIP } from "node:net"
import { join } from "node:path"
import type { Chance } from "~/kernel/chance.ts"
import { type Cancel, type Clock, days, type Instant, minutes } from "~/kernel/clock.ts"
import { describeError, type Log } from "~/kernel/log.ts"

/** Certificate (chain) and key as PEM, as listeners want them. */
export type Tls = { cert: string; key: string }

/** What is wrong with the certificate, in a sentence for the operator. */
export class CertificateRefused extends Error {}

export interface Certificates {
  current(): Tls
  /** PEM of the appliance's own authority, for browsers to trust; null when the certificate is somebody else's. */
  readonly authority: string | null
  /** Looks every minute whether there is a newer one; what cannot be used is logged, and the old one stays. */
  watch(changed: (tls: Tls) => void): Cancel
}

const LOOKED_AT_EVERY = minutes(1)
/** What is left of a certificate's life when its successor is made. */
const RENEWED_BEFORE_END = days(30)

type Parts = { clock: Clock; chance: Chance; log: Log }

/** Throws CertificateRefused when the files do not hold a certificate and its key. */
export async function certificatesFromFiles(
  files: { certificate: string; key: string },
  parts: Parts,
): Promise<Certificates> {
  return watched(() => readPair(files), null, parts)
}

/** In `folder`, made at the first start; `names` are the host names and addresses by which browsers come. */
export async function ownCertificates(folder: string, names: readonly string[], parts: Parts): Promise<Certificates> {
  const { newAuthority, signServer } = await import("./authority.ts")
  const file = (name: string) => join(folder, name)
  const authorityFiles = pairIn(folder, "authority")
  const serverFiles = pairIn(folder, "server")
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!existsSync(authorityFiles.certificate) || !existsSync(authorityFiles.key)) {
    const { certificate, key } = await newAuthority(parts.clock.now(), parts.chance)
    keep(file("authority.key"), key)
    keep(file("authority.crt"), certificate)
  }
  const authority = readPair(authorityFiles)
  const current = async () => {
    const known = existsSync(serverFiles.certificate) && existsSync(serverFiles.key) ? readPair(serverFiles) : null
    if (known && serves(known, authority, names, parts.clock.now())) return known
    const issuer = { certificate: authority.cert, key: authority.key }
    const { certificate, key } = await signServer(issuer, names, parts.clock.now(), parts.chance)
    keep(file("server.key"), key)
    keep(file("server.crt"), certificate)
    return readPair(serverFiles)
  }
  return watched(current, authority.cert, parts)
}

const pairIn = (folder: string, name: string) => ({
  certificate: join(folder, `${name}.crt`),
  key: join(folder, `${name}.key`),
})

async function watched(
  read: () => Tls | Promise<Tls>,
  authority: string | null,
  { clock, log }: Parts,
): Promise<Certificates> {
  let known = await read()
  const look = async (changed: (tls: Tls) => void) => {
    try {
      const found = await read()
      if (found.cert === known.cert && found.key === known.key) return
      known = found
      log.info("certificate replaced", { expiresAt: expiryOf(found.cert) })
      changed(found)
    } catch (error) {
      log.error("certificate not replaced", describeError(error))
    }
  }
  return {
    authority,
    current: () => known,
    watch(changed) {
      let [cancel, isOver]: [Cancel, boolean] = [() => {}, false]
      const next = () => {
        if (isOver) return
        cancel = clock.wakeAt(clock.now() + LOOKED_AT_EVERY, () => void look(changed).then(next))
      }
      next()
      return () => {
        isOver = true
        cancel()
      }
    },
  }
}

/** The pair of two files. Throws CertificateRefused. */
export function readPair({ certificate, key }: { certificate: string; key: string }): Tls {
  const pair = { cert: readText(certificate), key: readText(key) }
  const parsed = attempt(() => new X509Certificate(pair.cert))
  if (!parsed) throw new CertificateRefused(`${certificate} does not hold a certificate in PEM.`)
  const secret = attempt(() => createPrivateKey(pair.key))
  if (!secret) throw new CertificateRefused(`${key} does not hold a key in PEM without a passphrase.`)
  if (!parsed.checkPrivateKey(secret))
    throw new CertificateRefused(`${key} is not the key of the certificate in ${certificate}.`)
  return pair
}

export const expiryOf = (certificate: string): Instant => Date.parse(new X509Certificate(certificate).validTo)

/** SHA-256 over the certificate, as browsers show it: `AB:CD:…`. */
export const fingerprintOf = (certificate: string): string => new X509Certificate(certificate).fingerprint256

function serves({ cert }: Tls, authority: Tls, names: readonly string[], now: Instant): boolean {
  const parsed = new X509Certificate(cert)
  const issuer = new X509Certificate(authority.cert)
  const covers = (name: string) => (isIP(name) ? parsed.checkIP(name) : parsed.checkHost(name)) !== undefined
  return parsed.verify(issuer.publicKey) && names.every(covers) && expiryOf(cert) - now > RENEWED_BEFORE_END
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8")
  } catch {
    throw new CertificateRefused(`${path} cannot be read.`)
  }
}

/** Moved into place whole, for its owner alone. */
function keep(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 })
  renameSync(`${path}.new`, path)
}

function attempt<Value>(make: () => Value): Value | null {
  try {
    return make()
  } catch {
    return null
  }
}
