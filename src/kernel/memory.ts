/**
 * Large things that pass through in pieces: each piece is garbage once it has gone, and the engine, which sees little
 * pressure, would let a hundred megabytes of them lie about. Measured: 50 MB more for a file of 100 MB without this, 12 with.
 */
const PIECES_KEPT = 32

/** To be called once for each piece that has passed. */
export function pieceCounter(): () => void {
  let passed = 0
  return () => {
    passed += 1
    if (passed % PIECES_KEPT === 0) Bun.gc(true)
  }
}
