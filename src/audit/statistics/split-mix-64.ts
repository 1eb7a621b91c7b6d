const MASK = 0xffffffffffffffffn

/** Output number `place` (0 first) of the SplitMix64 generator seeded with an unsigned 64-bit integer.
 *  Only used to spread a seed over a larger state. Source: Steele, Lea & Flood 2014; Vigna, splitmix64.c.
 *  @example splitMix64(0n, 0)  // 0xe220a8397b1dcdafn */
export function splitMix64(seed: bigint, place: number): bigint {
  let z = (seed + BigInt(place + 1) * 0x9e3779b97f4a7c15n) & MASK
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK
  return z ^ (z >> 31n)
}
