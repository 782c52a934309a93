/**
 * An authority of the appliance's own and the certificates that it signs, for companies that have none
 * (`SPORTELLO_TLS=self`): microphones, cameras and desktop notifications exist only over HTTPS. Loaded only then.
 */
import "~/kernel/reflection.ts"
import { isIP } from "node:net"
import * as x509 from "@peculiar/x509"
import type { Chance } from "~/kernel/chance.ts"
import { days, type Instant } from "~/kernel/clock.ts"

/** A certificate and its key, both PEM. */
export type Pair = { certificate: string; key: string }

x509.cryptoProvider.set(crypto)
const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }
/** Clocks of browsers are behind ours now and then. */
const BEFORE = days(1)
const AUTHORITY_LIVES = days(3_650)
/** Browsers refuse certificates that live longer than 398 days. */
export const CERTIFICATE_LIVES = days(397)
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1"

export async function newAuthority(now: Instant, chance: Chance): Promise<Pair> {
  const keys = await newKeys()
  const serialNumber = serial(chance)
  const made = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber,
    keys,
    signingAlgorithm: ALGORITHM,
    name: [{ CN: [`Sportello authority ${serialNumber.slice(0, 8)}`] }, { O: ["Sportello"] }],
    ...lifeFrom(now, AUTHORITY_LIVES),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: made.toString("pem"), key: await pemOf(keys.privateKey) }
}

/** A certificate for a server that is reached by `names` (host names and addresses); the authority's stands behind it. */
export async function signServer(
  authority: Pair,
  names: readonly string[],
  now: Instant,
  chance: Chance,
): Promise<Pair> {
  const keys = await newKeys()
  const issuer = new x509.X509Certificate(authority.certificate)
  const made = await x509.X509CertificateGenerator.create({
    serialNumber: serial(chance),
    publicKey: keys.publicKey,
    signingAlgorithm: ALGORITHM,
    subject: [{ CN: [names[0] ?? "localhost"] }],
    issuer: issuer.subject,
    signingKey: await keyFrom(authority.key),
    ...lifeFrom(now, CERTIFICATE_LIVES),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([SERVER_AUTHENTICATION]),
      new x509.SubjectAlternativeNameExtension(names.map(nameEntry)),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  })
  return { certificate: `${made.toString("pem")}\n${authority.certificate}`, key: await pemOf(keys.privateKey) }
}

const lifeFrom = (now: Instant, span: number) => ({
  notBefore: new Date(now - BEFORE),
  notAfter: new Date(now - BEFORE + span),
})

const nameEntry = (name: string): x509.JsonGeneralName => ({ type: isIP(name) ? "ip" : "dns", value: name })

/** Positive, whatever the first bit is. */
const serial = (chance: Chance): string => `00${Buffer.from(chance.bytes(15)).toString("hex")}`

const newKeys = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"])

async function pemOf(key: CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY")
}

const keyFrom = (pem: string): Promise<CryptoKey> =>
  crypto.subtle.importKey("pkcs8", x509.PemConverter.decodeFirst(pem), ALGORITHM, false, ["sign"])
