import type { ChangeVerdict } from '../../../types/change.js'
import type { ChangeContrast, ChangeRecord } from '../../../types/paired.js'
import type { VerdictKey, VerdictView } from '../../verdict-words.js'
import type { Words } from '../../words.js'

/** Shape key of a verdict on a change: the same shapes as those of disparities. */
export function changeKey(verdict: ChangeVerdict): Exclude<VerdictKey, 'reference' | 'none'> {
  if (verdict.kind === 'change') return verdict.direction
  return verdict.kind === 'within-margin' ? 'within' : verdict.kind
}

/** A verdict on a change as letter, shape and word. */
export function changeVerdictView(verdict: ChangeVerdict, words: Words): VerdictView {
  return changeVerdictOfKey(changeKey(verdict), words)
}

/** Letter and word of a shape key. */
export function changeVerdictOfKey(key: ReturnType<typeof changeKey>, { locale }: Words): VerdictView {
  return { key, letter: locale.text(`verdicts.${key}.letter`), word: locale.text(`designs.verdicts.${key}`) }
}

/** Why there is no verdict of substance, in a few words for a table cell; empty where there is one. */
export function changeNote({ verdict, difference }: ChangeRecord | ChangeContrast, words: Words): string {
  const { locale, numbers } = words
  if (difference.reason !== undefined) return locale.text(`designs.reasons.${difference.reason}`)
  switch (verdict.kind) {
    case 'change':
    case 'within-margin':
      return ''
    case 'inconclusive':
      return locale.text(`designs.reasons.${verdict.reason}`)
    case 'insufficient':
      return locale.text(`designs.reasons.${verdict.reason}`, { min: numbers.images(verdict.minimum) })
  }
}

/** The p-value for reading, or why there is none. */
export function changeP({ p, pReason }: ChangeRecord | ChangeContrast, { locale, numbers }: Words): string {
  if (p !== null) return numbers.pValue(p)
  return pReason === undefined ? locale.text('table.none') : locale.text(`designs.reasons.${pReason}`)
}
