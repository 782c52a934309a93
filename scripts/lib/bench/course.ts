/** What every benchmark is given. */
export type Course = {
  /** The compiled executable. */
  binary: string
  /** Fewer rounds and smaller data: to see that it runs, not to quote. */
  quick: boolean
  /** Ten million messages, and a soak. */
  long: boolean
}
