/** The smallest pictures that say what they are: heads of files, as a browser would hand them over. */

/** A PNG of that size, by its first bytes; padded to `bytes`. */
export function png(width: number, height: number, bytes = 200): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(bytes)
  data.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const view = new DataView(data.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return data
}
