/** The only source of chance, so that a seed replays a day. */
export interface Chance {
  /** `length` random bytes. */
  bytes(length: number): Uint8Array<ArrayBuffer>
  /** A number in [0, 1). */
  fraction(): number
  /** An integer in [0, below). */
  below(below: number): number
}

/** Cryptographic randomness of the operating system: tokens, keys, nonces. */
export class SystemChance implements Chance {
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return crypto.getRandomValues(new Uint8Array(length))
  }
  fraction(): number {
    return new DataView(this.bytes(4).buffer).getUint32(0) / 2 ** 32
  }
  below(below: number): number {
    return Math.floor(this.fraction() * below)
  }
}

/** xoshiro128**, seeded by splitmix32: repeatable, for tests, the simulator and simulations. Never for secrets. */
export class SeededChance implements Chance {
  #state: Uint32Array

  constructor(seed: number) {
    let mixed = seed >>> 0
    this.#state = Uint32Array.from({ length: 4 }, () => {
      mixed = (mixed + 0x9e3779b9) >>> 0
      let word = mixed
      word = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97)
      return (word ^ (word >>> 15)) >>> 0
    })
  }

  fraction(): number {
    return this.#word() / 2 ** 32
  }
  below(below: number): number {
    return Math.floor(this.fraction() * below)
  }
  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => this.#word() & 0xff)
  }

  #word(): number {
    const [a = 0, b = 0, c = 0, d = 0] = this.#state
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    this.#state = Uint32Array.of(a ^ d ^ b, b ^ c ^ a, c ^ a ^ shifted, rotate(d ^ b, 11))
    return result
  }
}

const rotate = (word: number, by: number) => ((word << by) | (word >>> (32 - by))) >>> 0
