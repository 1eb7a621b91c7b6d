import type { CurveRecord, CurveResult, CurveTable, CurveVerdict } from '../types/curve.js'
import { countedText, readLocale, withStandingSlots, type Locale } from './locale.js'
import { levelText, numberWords, type NumberWords } from './numbers.js'
import type { VerdictKey } from './verdict-words.js'

/** What every part of a curve's view needs: the curve, and the words and numbers of one language. */
export type CurveWords = { readonly curve: CurveResult; readonly locale: Locale; readonly numbers: NumberWords }

/** One question of the curve, an outcome by a grouping, with its groups: largest median difference first, either way. */
export type Question = {
  /** Stands in the ids of the page. */
  readonly id: string
  readonly table: CurveTable
  readonly records: readonly CurveRecord[]
}

/** Words for a curve. Intervals are named by the level that the policy sets. */
export function curveWords(curve: CurveResult, locale: Locale = readLocale('en')): CurveWords {
  const own = withStandingSlots(locale, { level: levelText(curve.facts.policy.alpha, locale) })
  return { curve, locale: own, numbers: numberWords(own) }
}

/** The questions in the order of the file. */
export function questions({ curve }: CurveWords): Question[] {
  return curve.facts.tables.map((table, t) => ({
    id: `q${t + 1}`,
    table,
    records: curve.derived.records.filter((record) => record.table === t).sort(byMedian),
  }))
}

/** The group with most disparities towards harm first; then the largest median difference; where the same is printed for two, the one with a disparity in more specifications, then the one
 *  whose difference goes further. Groups too small for any verdict come after all others: their differences are mostly noise. */
function byMedian(a: CurveRecord, b: CurveRecord): number {
  return (
    Number(isTooSmall(a)) - Number(isTooSmall(b)) ||
    b.shares.higher - a.shares.higher ||
    printedMedian(b) - printedMedian(a) ||
    disparities(b) - disparities(a) ||
    furthest(b) - furthest(a)
  )
}

/** In tenths of a point, sign set aside. */
function printedMedian({ quartiles }: CurveRecord): number {
  return quartiles === null ? -1 : Math.round(Math.abs(quartiles[1]) * 1000)
}

function disparities({ shares }: CurveRecord): number {
  return shares.higher + shares.lower
}

function furthest({ lowest, highest }: CurveRecord): number {
  return Math.max(Math.abs(lowest ?? 0), Math.abs(highest ?? 0))
}

/** No specification gave the group a verdict. */
export function isTooSmall({ verdicts }: Pick<CurveRecord, 'verdicts'>): boolean {
  return verdicts.every((verdict) => verdict === 'insufficient')
}

/** With two values of one attribute the difference of one is that of the other, negated: the file keeps one record. */
export function isMirrored({ table, records }: Question): boolean {
  return records.length === 1 && table.comparable.filter(Boolean).length === 2
}

/** The verdicts of a curve as the shapes of every report, in the order in which they are listed. */
export const VERDICT_SHAPES: readonly (readonly [CurveVerdict, VerdictKey])[] = [
  ['higher', 'higher'],
  ['lower', 'lower'],
  ['within-margin', 'within'],
  ['inconclusive', 'inconclusive'],
  ['insufficient', 'insufficient'],
]

/** In how many specifications each verdict stands, by shape. */
export function verdictCounts({ verdicts }: Pick<CurveRecord, 'verdicts'>): ReadonlyMap<VerdictKey, number> {
  return new Map(
    VERDICT_SHAPES.map(([verdict, key]) => [key, verdicts.filter((each) => each === verdict).length] as const),
  )
}

/** The shape of a verdict. Throws when the file holds a verdict that is none. */
export function shapeOf(verdict: CurveVerdict | undefined): VerdictKey {
  const found = VERDICT_SHAPES.find(([each]) => each === verdict)
  if (found === undefined) throw new Error(`curve.json: expected a verdict but received ${String(verdict)}`)
  return found[1]
}

/** "120 specifications". */
export function specificationsText(count: number, { locale, numbers }: CurveWords): string {
  return countedText(locale, 'curve.specifications', count, { count: numbers.count(count) })
}
