import type { Contrast } from '../../types/derived.js'
import { countedText } from '../locale.js'
import { verdictOfContrast } from '../verdict-words.js'
import type { Words } from '../words.js'

/** What wrong group labels would do to a verdict that claims something: two numbers for a table, and whole sentences. */
export type LabelErrorsView = {
  /** The smallest number of wrong labels; a dash where no verdict claims anything. */
  readonly fewest: string
  /** "or 12.5% at random"; empty where random errors would not change the verdict. */
  readonly random: string
  /** The worst way and the random way as whole sentences; both empty where no verdict claims anything. */
  readonly worstSentence: string
  readonly randomSentence: string
}

/** What wrong group labels would do to the verdict of a contrast. */
export function labelErrors(contrast: Contrast, words: Words): LabelErrorsView {
  const { locale, numbers } = words
  const { fewest, randomShare } = contrast.labelErrors
  const { key } = verdictOfContrast(contrast, words)
  const claims = key === 'higher' || key === 'lower' || key === 'within'
  if (!claims) return { fewest: locale.text('table.none'), random: '', worstSentence: '', randomSentence: '' }
  const share = randomShare === null ? '' : numbers.percent(randomShare)
  return {
    fewest: fewest === null ? locale.text('label-errors.short.none') : numbers.count(fewest),
    random: share === '' ? '' : locale.text('label-errors.short.random', { share }),
    worstSentence: worstSentence(contrast, words),
    randomSentence: randomSentence(contrast, words),
  }
}

function worstSentence({ labelErrors: { fewest }, sides }: Contrast, { locale, numbers, index }: Words): string {
  if (fewest === null) return locale.text('label-errors.worst-none')
  const images = numbers.images(index.rate(sides[0].rate).total)
  return countedText(locale, 'label-errors.worst', fewest, { fewest: numbers.count(fewest), images })
}

function randomSentence({ labelErrors: { randomShare, randomShareReason } }: Contrast, words: Words): string {
  const { locale, numbers } = words
  if (randomShare !== null) return locale.text('label-errors.random', { share: numbers.percent(randomShare) })
  return locale.text(
    randomShareReason === 'only-hidden' ? 'label-errors.random-only-hides' : 'label-errors.random-none',
  )
}

/** What the comparison could have found; empty where a disparity was found or no verdict is given. */
export function detectableSentence(contrast: Contrast, words: Words): string {
  const { key } = verdictOfContrast(contrast, words)
  if (key !== 'within' && key !== 'inconclusive') return ''
  const { detectableRate } = contrast
  return detectableRate === null
    ? words.locale.text('detectable.never')
    : words.locale.text('detectable.from', { rate: words.numbers.percent(detectableRate) })
}
