import type { ComparedFinding, ComparedSide, PairedChange } from '../types/audit-comparison.js'
import type { ChangeVerdict } from '../types/change.js'
import type { Locale } from './locale.js'
import type { NumberWords } from './numbers.js'

type CellWords = { readonly locale: Locale; readonly numbers: NumberWords }

/** One side of a compared finding: counts of the group with their rate, and of everyone else. */
export function sideText(side: ComparedSide, { locale, numbers }: CellWords): string {
  const { count, total, interval, method, referenceCount, referenceTotal } = side
  const slots = { counts: numbers.ofTotal(count, total), counts2: numbers.ofTotal(referenceCount, referenceTotal) }
  if (total === 0) return locale.text('comparison.empty', slots)
  return locale.text('comparison.counted', { ...slots, rate: numbers.rate({ value: count / total, interval, method }) })
}

/** What decided, with its numbers; or why nothing could. */
export function changeText(finding: ComparedFinding, words: CellWords): string {
  const { locale } = words
  const parts = [
    ...(finding.reason === null ? [] : [locale.text(`comparison.reasons.${finding.reason}`)]),
    ...(finding.paired === null ? [] : [pairedText(finding.paired, finding.reason === null, words)]),
    ...(finding.independent === null ? [] : [independentText(finding.independent, words)]),
    ...(finding.decidedBy === 'verdict' ? [locale.text('comparison.by-verdict')] : []),
  ]
  return parts.length === 0 ? locale.text('comparison.not-asked') : parts.join('; ')
}

/** Where nothing may be called a change, the numbers stand for reading and without a verdict. */
function pairedText(
  { paired, difference, verdict }: PairedChange,
  isComparable: boolean,
  { locale, numbers }: CellWords,
): string {
  const { value, adjusted } = difference
  if (value === null || adjusted === null) return locale.text('comparison.paired-none')
  return locale.text(isComparable ? 'comparison.paired' : 'comparison.paired-reading', {
    verdict: changeWord(verdict, locale),
    points: numbers.points(value),
    interval: numbers.pointsRange(adjusted),
    lost: numbers.count(paired.onlyFirst),
    gained: numbers.count(paired.onlySecond),
    images: numbers.images(paired.both + paired.onlyFirst + paired.onlySecond + paired.neither),
  })
}

function changeWord(verdict: ChangeVerdict, locale: Locale): string {
  const key = verdict.kind === 'change' ? `change.${verdict.direction}` : verdict.kind
  return locale.text(`comparison.change-words.${key}`)
}

function independentText(
  { value, interval }: NonNullable<ComparedFinding['independent']>,
  { locale, numbers }: CellWords,
): string {
  return locale.text('comparison.independent', {
    points: numbers.points(value),
    interval: numbers.pointsRange(interval),
  })
}
