import { binomialTable } from './binomial-table.js'
import { firstAbove } from './first-above.js'
import { fnv1a64 } from './fnv-1a-64.js'
import { splitMix64 } from './split-mix-64.js'

const WORDS = 2 ** 32

/** A seeded generator of random numbers. Every call moves it on; equal seeds and streams give equal numbers everywhere. */
export type Random = {
  /** A whole number from 0 to 2^32 - 1. */
  readonly next: () => number
  /** A number from 0 to below 1 with 53 random bits; takes two draws. */
  readonly uniform: () => number
  /** A whole number from 0 to below `limit` (1 to 2^32), each equally likely. */
  readonly below: (limit: number) => number
  /** A copy in random order (Fisher-Yates from the end). */
  readonly shuffle: <Item>(items: readonly Item[]) => Item[]
  /** Successes among `total` trials of probability `rate`, from one uniform. The first call per (total, rate) tabulates. */
  readonly binomial: (total: number, rate: number) => number
}

/** Starts a generator from a seed and the name of what it is for, so that adding a use never moves another's numbers.
 *  `seed` is an unsigned 64-bit integer; stream names read `purpose/probe/labelSet/attr=value&...`; no stream: the bare seed.
 *  Throws RangeError if the seed is not a whole number from 0 to 2^64 - 1.
 *  Source: xoshiro128** 1.1, Blackman & Vigna 2021, seeded by SplitMix64; streams by FNV-1a-64.
 *  @example createRandom(42).uniform()  // 0.4137016681565887 */
export function createRandom(seed: number | bigint, stream?: string): Random {
  if (!(typeof seed === 'bigint' || Number.isSafeInteger(seed)) || seed < 0 || seed >= 2n ** 64n) {
    throw new RangeError(`createRandom expected a whole seed from 0 to 2^64 - 1 but received ${seed}`)
  }
  const mixed = BigInt(seed) ^ (stream === undefined ? 0n : fnv1a64(stream))
  return randomFromState([...words(splitMix64(mixed, 0)), ...words(splitMix64(mixed, 1))])
}

function words(value: bigint): [low: number, high: number] {
  return [Number(value & 0xffffffffn), Number(value >> 32n)]
}

/** Starts a generator from its four state words (whole numbers below 2^32, not all 0). */
export function randomFromState(state: readonly number[]): Random {
  const next = xoshiro128StarStar(state)
  const uniform = () => {
    const high = next() >>> 5
    return (high * 2 ** 26 + (next() >>> 6)) / 2 ** 53
  }
  const below = (limit: number) => {
    if (!Number.isInteger(limit) || limit < 1 || limit > WORDS) {
      throw new RangeError(`below expected a whole limit from 1 to 2^32 but received ${limit}`)
    }
    const evenEnd = WORDS - (WORDS % limit) // draws from here on would favour small numbers
    let draw = next()
    while (draw >= evenEnd) draw = next()
    return draw % limit
  }
  return { next, uniform, below, shuffle: (items) => shuffled(items, below), binomial: binomialDraws(uniform) }
}

function xoshiro128StarStar(state: readonly number[]): () => number {
  let [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = state
  if ((s0 | s1 | s2 | s3) === 0) throw new RangeError('randomFromState expected a state word above 0 but received none')
  return () => {
    const result = Math.imul(rotated(Math.imul(s1, 5), 7), 9) >>> 0
    const shifted = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = rotated(s3, 11)
    return result
  }
}

function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

function shuffled<Item>(items: readonly Item[], below: (limit: number) => number): Item[] {
  const copy = [...items]
  for (let i = copy.length - 1; i > 0; i--) {
    const j = below(i + 1)
    ;[copy[i], copy[j]] = [copy[j], copy[i]]
  }
  return copy
}

/** The number of successes is the first whose cumulative probability exceeds the uniform. */
function binomialDraws(uniform: () => number): (total: number, rate: number) => number {
  const tables = new Map<string, Float64Array>()
  return (total, rate) => {
    const key = `${total} ${rate}`
    const table = tables.get(key) ?? binomialTable(total, rate)
    tables.set(key, table)
    return firstAbove(table, uniform())
  }
}
