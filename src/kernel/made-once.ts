/**
 * `make` as a function that answers the same for the same object: what is understood of a row that is kept in memory is
 * kept with it, and goes when it goes.
 */
export function madeOnce<From extends object, Made>(make: (from: From) => Made): (from: From) => Made {
  const known = new WeakMap<From, { made: Made }>()
  return (from) => {
    const before = known.get(from)
    if (before) return before.made
    const made = make(from)
    known.set(from, { made })
    return made
  }
}
