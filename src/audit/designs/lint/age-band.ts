/** Ages in whole years, both ends inside. */
export type AgeBand = { readonly from: number; readonly to: number }

/** Nobody is older; stands for "and over". */
export const OLDEST = 130

/** Every age. */
export const ANY_AGE: AgeBand = { from: 0, to: OLDEST }

/** First age that counts as adult. */
export const ADULT_AGE = 18

/** Reads the value of an age attribute: `0-2`, `10 to 19`, `more than 70`, `70+`, `under 18`, `35`. Null for anything else.
 *  @example ageBand('more than 70')  // { from: 71, to: 130 } */
export function ageBand(value: string): AgeBand | null {
  const text = value.normalize('NFKC').trim().toLowerCase()
  for (const [pattern, read] of FORMS) {
    const found = pattern.exec(text)
    if (found !== null) return sound(read(Number(found[1]), Number(found[2])))
  }
  return null
}

const FORMS: readonly (readonly [RegExp, (first: number, second: number) => AgeBand])[] = [
  [/^(\d{1,3})$/, (age) => ({ from: age, to: age })],
  [/^(\d{1,3})\s*(?:-|\u2013|\u2014|to)\s*(\d{1,3})$/, (from, to) => ({ from, to })],
  [/^(?:more than|over|above|older than|>)\s*(\d{1,3})$/, (age) => ({ from: age + 1, to: OLDEST })],
  [/^(?:\u2265|>=|at least)\s*(\d{1,3})$/, (from) => ({ from, to: OLDEST })],
  [/^(\d{1,3})\s*(?:\+|and over|and older|or more|and above)$/, (from) => ({ from, to: OLDEST })],
  [/^(?:less than|under|below|younger than|<)\s*(\d{1,3})$/, (age) => ({ from: 0, to: age - 1 })],
]

function sound(band: AgeBand): AgeBand | null {
  return band.from <= band.to && band.from <= OLDEST ? band : null
}

/** The ages inside `wanted` that none of `bands` holds, as bands in order. */
export function ageGaps(wanted: AgeBand, bands: readonly AgeBand[]): readonly AgeBand[] {
  const inOrder = [...bands].sort((left, right) => left.from - right.from)
  const gaps: AgeBand[] = []
  let next = wanted.from
  for (const { from, to } of inOrder) {
    if (from > next && next <= wanted.to) gaps.push({ from: next, to: Math.min(from - 1, wanted.to) })
    next = Math.max(next, to + 1)
  }
  if (next <= wanted.to) gaps.push({ from: next, to: wanted.to })
  return gaps
}

/** The ages that two bands share; null when they share none. */
export function sharedAges(left: AgeBand, right: AgeBand): AgeBand | null {
  const band = { from: Math.max(left.from, right.from), to: Math.min(left.to, right.to) }
  return band.from <= band.to ? band : null
}

/** A band in words: `0 to 17 years`, `71 years and over`. */
export function ageWords({ from, to }: AgeBand): string {
  if (to >= OLDEST) return from === 0 ? 'any age' : `${from} years and over`
  return from === to ? `${from} years` : `${from} to ${to} years`
}
