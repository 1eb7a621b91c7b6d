import type { OutcomeBits } from './outcome-bits.js'

/** Counts of the given rows of a table of bits: one number for each outcome and specification, outcome-major. `chosen` holds row
 *  numbers; `count` of them are used, from `start` on. The result is overwritten by the next call. */
export type BitCounter = (chosen: Int32Array, start: number, count: number) => Uint32Array

const ROWS_AT_ONCE = 8
const MOST_DIGITS = 32

/** Counts how often each bit is set in some rows, 32 specifications at a time: `planes` hold the binary digits of their counts. Rows are added
 *  eight at a time through full adders (three words of one weight become one of that weight and one of twice the weight), so that a row costs about five
 *  operations a word; only the carry into the fourth digit goes on by hand. Rows of one call must be fewer than 2^31.
 *  Source: Harley and Seal's carry-save adders, as in Muła, Kurz & Lemire 2018, with the rows standing upright. */
export function createBitCounter(bits: OutcomeBits): BitCounter {
  const words = bits.outcomes * bits.wordsPerOutcome
  const planes = new Uint32Array(words * MOST_DIGITS) // digit-major: all words of a digit stand together
  const counts = new Uint32Array(bits.outcomes * bits.specifications)
  const { addEight, addOne } = adders(bits.rows, planes, words)
  return (chosen, start, count) => {
    const digits = Math.max(3, 32 - Math.clz32(count)) // the adders write three digits whatever the number of rows
    planes.fill(0, 0, words * digits)
    const whole = start + count - (count % ROWS_AT_ONCE)
    for (let place = start; place < whole; place += ROWS_AT_ONCE) addEight(chosen, place)
    for (let place = whole; place < start + count; place++) addOne(chosen[place])
    readPlanes(bits, { planes, digits }, counts)
    return counts
  }
}

type Adders = {
  readonly addEight: (chosen: Int32Array, place: number) => void
  readonly addOne: (row: number) => void
}

function adders(rows: Uint32Array, planes: Uint32Array, words: number): Adders {
  const carryOn = (carried: number, from: number): void => {
    let carry = carried
    for (let place = from; carry !== 0; place += words) {
      const digit = planes[place]
      planes[place] = digit ^ carry
      carry &= digit
    }
  }
  const addEight = (chosen: Int32Array, place: number): void => {
    const [a, b, c, d] = [0, 1, 2, 3].map((row) => chosen[place + row] * words)
    const [e, f, g, h] = [4, 5, 6, 7].map((row) => chosen[place + row] * words)
    for (let word = 0; word < words; word++) {
      let ones = planes[word]
      let twos = planes[words + word]
      const fours = planes[2 * words + word]
      // a full adder: `half` is the sum of two without carry; the carry of three is both of two, or the third and one of two
      let half = ones ^ rows[a + word]
      const twosA = (ones & rows[a + word]) | (half & rows[b + word])
      ones = half ^ rows[b + word]
      half = ones ^ rows[c + word]
      const twosB = (ones & rows[c + word]) | (half & rows[d + word])
      ones = half ^ rows[d + word]
      half = twos ^ twosA
      const foursA = (twos & twosA) | (half & twosB)
      twos = half ^ twosB
      half = ones ^ rows[e + word]
      const twosC = (ones & rows[e + word]) | (half & rows[f + word])
      ones = half ^ rows[f + word]
      half = ones ^ rows[g + word]
      const twosD = (ones & rows[g + word]) | (half & rows[h + word])
      planes[word] = half ^ rows[h + word]
      half = twos ^ twosC
      const foursB = (twos & twosC) | (half & twosD)
      planes[words + word] = half ^ twosD
      half = fours ^ foursA
      planes[2 * words + word] = half ^ foursB
      carryOn((fours & foursA) | (half & foursB), 3 * words + word)
    }
  }
  const addOne = (row: number): void => {
    for (let word = 0; word < words; word++) carryOn(rows[row * words + word], word)
  }
  return { addEight, addOne }
}

function readPlanes(
  { outcomes, specifications, wordsPerOutcome }: OutcomeBits,
  { planes, digits }: { planes: Uint32Array; digits: number },
  counts: Uint32Array,
): void {
  counts.fill(0)
  const words = outcomes * wordsPerOutcome
  for (let word = 0; word < words; word++) {
    const first = (word % wordsPerOutcome) * 32
    const target = Math.floor(word / wordsPerOutcome) * specifications + first
    const used = Math.min(32, specifications - first)
    for (let digit = 0; digit < digits; digit++) {
      const plane = planes[digit * words + word]
      if (plane === 0) continue
      for (let bit = 0; bit < used; bit++) counts[target + bit] += ((plane >>> bit) & 1) << digit
    }
  }
}
