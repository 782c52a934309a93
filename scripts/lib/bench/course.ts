/** What every benchmark is given. */
export type Course = {
  /** The compiled executable. */
  binary: string
  /** Fewer rounds and smaller data: to see that it runs, not to quote. */
  quick: boolean
  /** Ten million messages, and a soak. */
  long: boolean
  /** Where what takes long to make is kept for the next run; null: nowhere. */
  kept: string | null
}
