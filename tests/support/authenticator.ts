/** A passkey in software: makes keys and signs as a device does, and lies where it is told to. */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto"

type Lies = {
  origin?: string
  challenge?: string
  rpId?: string
  /** Nobody looked who was there. */
  unverified?: boolean
  counter?: number
  type?: string
  userHandle?: string
}
export type Options = { challenge: string; rp?: { id: string }; rpId?: string; user?: { id: string } }

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest()
const text = (value: string) => Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
const blob = (value: Uint8Array) => Buffer.concat([head(2, value.length), value])
const whole = (value: number) => (value >= 0 ? head(0, value) : head(1, -1 - value))

/** The first bytes of something in CBOR. */
function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.of((major << 5) | size)
  return size < 256 ? Buffer.of((major << 5) | 24, size) : Buffer.of((major << 5) | 25, size >> 8, size & 255)
}
const map = (...pairs: [Buffer, Buffer][]) => Buffer.concat([head(5, pairs.length), ...pairs.flat()])

export class Authenticator {
  readonly id = randomBytes(32)
  #key: KeyObject
  #publicKey: Buffer
  #handle = ""
  counter = 0

  constructor(readonly origin: string) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
    this.#key = privateKey
    const { x = "", y = "" } = publicKey.export({ format: "jwk" })
    this.#publicKey = map(
      [whole(1), whole(2)],
      [whole(3), whole(-7)],
      [whole(-1), whole(1)],
      [whole(-2), blob(Buffer.from(x, "base64url"))],
      [whole(-3), blob(Buffer.from(y, "base64url"))],
    )
  }

  /** The same key in other hands: it knows nothing of what the first one does from now on. */
  double(): Authenticator {
    const other = new Authenticator(this.origin)
    other.#key = this.#key
    other.#handle = this.#handle
    other.counter = this.counter
    return Object.assign(other, { id: this.id })
  }

  /** `format` and `statement`: a maker's word about its key, which nobody asked for. */
  create(options: Options, lies: Lies & { format?: string; statement?: Buffer } = {}): string {
    this.#handle = options.user?.id ?? ""
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.of(0, this.id.length), this.id, this.#publicKey])
    const authData = this.#data(options.rp?.id ?? "", 0x40, lies, attested)
    const { format = "none", statement = map() } = lies
    const attestationObject = map(
      [text("fmt"), text(format)],
      [text("attStmt"), statement],
      [text("authData"), blob(authData)],
    )
    const clientDataJSON = this.#client("webauthn.create", options, lies)
    return this.#answer({ clientDataJSON, attestationObject }, ["internal"])
  }

  get(options: Options, lies: Lies = {}): string {
    this.counter = lies.counter ?? this.counter
    const authenticatorData = this.#data(options.rpId ?? "", 0, lies, Buffer.alloc(0))
    const clientDataJSON = this.#client("webauthn.get", options, lies)
    const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(clientDataJSON)]), this.#key)
    const userHandle = Buffer.from(lies.userHandle ?? this.#handle, "base64url")
    return this.#answer({ clientDataJSON, authenticatorData, signature, userHandle })
  }

  #data(rpId: string, flag: number, lies: Lies, rest: Buffer): Buffer {
    const flags = flag | 0x01 | (lies.unverified ? 0 : 0x04)
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(this.counter)
    return Buffer.concat([sha256(lies.rpId ?? rpId), Buffer.of(flags), counter, rest])
  }

  #client(type: string, { challenge }: Options, lies: Lies): Buffer {
    const said = { type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? this.origin }
    return Buffer.from(JSON.stringify({ ...said, crossOrigin: false }))
  }

  #answer(parts: Record<string, Buffer>, transports: string[] = []): string {
    const response = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.toString("base64url")]))
    return JSON.stringify({
      id: this.id.toString("base64url"),
      type: "public-key",
      response: { ...response, transports },
    })
  }
}
