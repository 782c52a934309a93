/** What the microphone says, mixed to one channel and brought to 16 kHz, in frames of 20 ms with their loudness. */
const SAMPLES_PER_SECOND = 16_000
const FRAME = 320

class Speech extends AudioWorkletProcessor {
  #ratio = sampleRate / SAMPLES_PER_SECOND
  #frame = new Int16Array(FRAME)
  #filled = 0
  #energy = 0
  #sum = 0
  #count = 0
  #place = 0

  process([channels]) {
    const length = channels?.[0]?.length ?? 0
    for (let at = 0; at < length; at++) {
      let mixed = 0
      for (const channel of channels) mixed += channel[at]
      this.#take(mixed / channels.length)
    }
    return true
  }

  /** The mean of what falls into one of the slower samples. */
  #take(value) {
    this.#sum += value
    this.#count++
    this.#place++
    if (this.#place < this.#ratio) return
    this.#place -= this.#ratio
    const sample = Math.max(-1, Math.min(1, this.#sum / this.#count))
    this.#sum = this.#count = 0
    this.#frame[this.#filled++] = sample * 32_767
    this.#energy += sample * sample
    if (this.#filled < FRAME) return
    this.port.postMessage({ samples: this.#frame.slice(), loudness: Math.sqrt(this.#energy / FRAME) })
    this.#filled = this.#energy = 0
  }
}
registerProcessor("speech", Speech)
