const SLICES = 10

/** Calls `late` once when `ms` have gone by without a sign. They are counted in ten slices of time in which this process was awake: after the
 *  machine slept, or this thread was busy, the other side gets a slice to be heard before it is called late. */
export function patience(ms: number, late: () => void): { readonly sign: () => void; readonly end: () => void } {
  let slices = 0
  const timer = setInterval(() => {
    if (++slices < SLICES) return
    clearInterval(timer)
    late()
  }, ms / SLICES)
  timer.unref() // whoever waits holds the process
  return { sign: () => void (slices = 0), end: () => clearInterval(timer) }
}
