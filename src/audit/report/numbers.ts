import type { Bounds, RateRecord } from '../types/derived.js'
import { countedText, type Locale } from './locale.js'

/** How numbers are written for people. The patterns come from the locale file, never from the runtime's ICU. */
export type NumberWords = {
  /** A whole number with separators: "10,954". */
  readonly count: (value: number) => string
  /** "224 of 1,555". */
  readonly ofTotal: (count: number, total: number) => string
  /** "224 of 1,555 images", singular where the total is one. */
  readonly ofImages: (count: number, total: number) => string
  /** "3 of 285", in a sentence that has said before that it counts images; a language may have to say it again. */
  readonly ofMoreImages: (count: number, total: number) => string
  /** "1 image", "10,954 images". */
  readonly images: (count: number) => string
  /** "1 row", "10,954 rows". */
  readonly rows: (count: number) => string
  /** "1 subject", "310 subjects". */
  readonly subjects: (count: number) => string
  /** A share 0 to 1 as "14.4%"; an exact zero is "0%", a small one keeps a digit that is not zero. */
  readonly percent: (share: number) => string
  /** Two shares 0 to 1 as "12.7–16.2%". */
  readonly percentRange: (interval: readonly [number, number]) => string
  /** "14.4%, 95% interval 12.7–16.2%", or the words for no images; the level is a standing slot of the locale. An interval of
   *  effective images is called approximate. */
  readonly rate: (rate: Pick<RateRecord, 'value' | 'interval' | 'method'>) => string
  /** A difference of shares in points, without the word: "11.1", "−7.3". */
  readonly points: (share: number) => string
  readonly pointsRange: (bounds: Bounds) => string
  /** A place on an axis in points, with a sign and no decimals that say nothing: "+2.5", "0", "−5". */
  readonly axisPoints: (share: number) => string
  readonly ratio: (value: number) => string
  /** Bounds of a ratio: "3.4 to 5.5", "1.3 and above". */
  readonly ratioRange: (bounds: Bounds) => string
  readonly pValue: (value: number) => string
  /** Three digits that say something: "0.693", "12.3", "1,230". */
  readonly significant: (value: number) => string
  /** A number with two decimals, always: "1.00". */
  readonly twoPlaces: (value: number) => string
  /** A number as it was set in a policy, unrounded: "0.05". */
  readonly plain: (value: number) => string
  /** A share as it was set, without decimals that say nothing: "1%", "0.5%". */
  readonly settingPercent: (share: number) => string
  /** A share as it was set, in points with the word: "1 point", "2.5 points". */
  readonly settingPoints: (share: number) => string
}

/** The level of intervals at error rate `alpha`, as a percentage without its sign: 0.05 gives "95", 0.001 gives "99.9". */
export function levelText(alpha: number, { text }: Locale): string {
  return levelDigits(alpha).replace('.', text('numbers.decimal'))
}

/** The same for names that programs read: always with a point. */
export function levelDigits(alpha: number): string {
  return String(Number(((1 - alpha) * 100).toFixed(9)))
}

const PLACES = 1 // one decimal: at 10,000 images a Wilson interval is seldom narrower than a tenth of a point
const SMALLEST_P = 0.001
const HALF_UP = 1e-14 // some fifty times what a double can be off by, and far below the 12 digits of a saved audit
const RATE_TEXTS = { wilson: 'numbers.rate', 'wilson-effective': 'numbers.rate-approximate' } as const

/** Number patterns of a locale. */
export function numberWords(locale: Locale): NumberWords {
  const { text } = locale
  const marks = { decimal: text('numbers.decimal'), thousands: text('numbers.thousands'), minus: text('numbers.minus') }
  const write = (value: number, places: number): string => withMarks(rounded(value, places), marks)
  const hundred = (share: number): string => write(share * 100, placesOfShare(share))
  const points = (share: number): string => write(share * 100, share === 0 ? 0 : PLACES)
  const ratio = (value: number): string => write(value, placesOfRatio(value))
  const percent = (share: number): string => text('numbers.percent', { value: hundred(share) })
  const percentRange = ([low, high]: readonly [number, number]): string =>
    text('numbers.percent-range', { low: hundred(low), high: hundred(high) })
  const range = ([low, high]: Bounds, words: (value: number) => string): string =>
    high === null
      ? text('numbers.range-open', { low: words(low) })
      : text('numbers.range', { low: words(low), high: words(high) })
  const count = (value: number): string => write(value, 0)
  const setting = (share: number): string => withMarks(String(Number((share * 100).toFixed(6))), marks)
  return {
    count,
    ofTotal: (k, n) => text('numbers.of-total', { k: count(k), n: count(n) }),
    ofImages: (k, n) => countedText(locale, 'numbers.of-images', n, { k: count(k), n: count(n) }),
    ofMoreImages: (k, n) => text('numbers.of-more-images', { k: count(k), n: count(n) }),
    images: (n) => countedText(locale, 'numbers.images', n, { value: count(n) }),
    rows: (n) => countedText(locale, 'numbers.rows', n, { value: count(n) }),
    subjects: (n) => countedText(locale, 'numbers.subjects', n, { value: count(n) }),
    percent,
    percentRange,
    rate: ({ value, interval, method }) =>
      value === null || interval === null
        ? text('numbers.no-images')
        : text(RATE_TEXTS[method], { rate: percent(value), interval: percentRange(interval) }),
    points,
    pointsRange: (bounds) => range(bounds, points),
    axisPoints: (share) => (share > 0 ? text('numbers.above-zero', { value: setting(share) }) : setting(share)),
    ratio,
    ratioRange: (bounds) => range(bounds, (value) => write(value, placesOfRange(bounds, value))),
    pValue: (value) =>
      value < SMALLEST_P ? text('numbers.p-below', { value: write(SMALLEST_P, 3) }) : write(value, value < 0.1 ? 3 : 2),
    significant: (value) => write(value, placesOfNumber(value)),
    twoPlaces: (value) => write(value, 2),
    plain: (value) => withMarks(String(value), marks),
    settingPercent: (share) => text('numbers.percent', { value: setting(share) }),
    settingPoints: (share) =>
      countedText(locale, 'numbers.points', Number((share * 100).toFixed(6)), { value: setting(share) }),
  }
}

/** A number rounded as with a pencil: 1.555, which as a double lies a little below, is 1.56. Saved audits hold 12 digits, so a figure that
 *  ends in a 5 there is one, and a hundredth of the last bit above or below must not decide what is printed. */
function rounded(value: number, places: number): string {
  if (places === 0 && Number.isInteger(value)) return String(value)
  return (value * (1 + HALF_UP)).toFixed(places)
}

/** Places of a percentage so that neither a rate above zero reads "0.0" nor one below one reads "100.0". */
function placesOfShare(share: number): number {
  if (share === 0 || share === 1) return 0
  if (share > 0.001 && share < 0.999) return PLACES // most are far from both ends
  const places = [PLACES, 2, 3, 4].find((n) => !/^(0\.0+|100\.0+)$/.test((share * 100).toFixed(n)))
  return places ?? 5
}

/** Places that leave three digits, at least those of whole numbers and at most six. */
function placesOfNumber(value: number): number {
  const size = Math.abs(value)
  if (size === 0 || size >= 100) return 0
  return Math.min(6, 2 - Math.floor(Math.log10(size)))
}

function placesOfRatio(ratio: number): number {
  if (ratio === 0) return 0
  if (ratio < 2) return 2 // the margin itself, 1.25, has two places
  return ratio < 100 ? 1 : 0
}

/** Both ends of a range alike: "1.71 to 2.20", not "1.71 to 2.2". */
function placesOfRange([low]: Bounds, value: number): number {
  return value === 0 || value >= 100
    ? placesOfRatio(value)
    : Math.max(placesOfRatio(value), low === 0 ? 0 : placesOfRatio(low))
}

type Marks = { decimal: string; thousands: string; minus: string }

function withMarks(written: string, { decimal, thousands, minus }: Marks): string {
  const negative = written.startsWith('-')
  const point = written.indexOf('.')
  const whole = written.slice(negative ? 1 : 0, point === -1 ? undefined : point)
  if (!/^\d+$/.test(whole)) return written // exponents, such as 1e-7, stay as they are
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, thousands) : whole
  const isBelowZero = negative && /[1-9]/.test(written) // -0.04 is rounded to -0.0
  return `${isBelowZero ? minus : ''}${grouped}${point === -1 ? '' : decimal + written.slice(point + 1)}`
}
