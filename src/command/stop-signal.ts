/** Resolves when the operator or the system asks the process to end; a second time, it ends at once. */
export function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false
    const ask = () => {
      if (asked) process.exit(1)
      asked = true
      resolve()
    }
    process.on("SIGINT", ask)
    process.on("SIGTERM", ask)
  })
}
