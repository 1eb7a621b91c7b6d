import type { ChangeContrast, PairedRates, SideChange } from '../../../types/paired.js'
import { groupByName, groupName, outcomeName } from '../../names.js'
import type { VerdictView } from '../../verdict-words.js'
import type { Words } from '../../words.js'
import { changeKey, changeNote, changeP, changeVerdictView } from './change-words.js'
import type { Sides } from './sides.js'

/** Did the second run change every group alike? The change of each group beside that of everyone else. */
export type AlikeView = {
  readonly id: string
  readonly caption: string
  readonly summary: string
  /** The answer for the first outcome, in the open, and for the others. */
  readonly answer: string
  readonly otherAnswers: readonly string[]
  readonly outcomes: readonly { readonly outcome: string; readonly rows: readonly AlikeRow[] }[]
}

export type AlikeRow = {
  readonly group: string
  readonly reference: string
  readonly own: ChangeCell
  readonly others: ChangeCell
  readonly difference: string
  readonly range: string
  readonly verdict: VerdictView
  readonly note: string
  readonly p: string
}

/** A change with its interval, and the counts it rests on: "142 → 11 of 470". */
export type ChangeCell = { readonly change: string; readonly interval: string; readonly counts: string }

/** Differences in differences of one attribute; null where the audit holds none. */
export function alikeView(
  id: string,
  byOutcome: readonly (readonly ChangeContrast[])[],
  sides: Sides,
  words: Words,
): AlikeView | null {
  const present = byOutcome.filter((contrasts) => contrasts.length > 0)
  const [first] = present[0] ?? []
  if (first === undefined) return null
  const slots = { groupBy: groupByName(first.groupBy, words.locale), ...sides }
  return {
    id,
    caption: words.locale.text('designs.alike.caption', slots),
    summary: words.locale.text('designs.alike.summary', slots),
    answer: answer(present[0] ?? [], words),
    otherAnswers: present.slice(1).map((contrasts) => answer(contrasts, words)),
    outcomes: present.map((contrasts) => ({
      outcome: outcomeName(contrasts[0]?.outcome ?? '', words.locale),
      rows: contrasts.map((contrast) => alikeRow(contrast, words)),
    })),
  }
}

/** Says for whom the change differed from everyone else's beyond the margin; silence would read as "alike". */
function answer(contrasts: readonly ChangeContrast[], words: Words): string {
  const { locale, numbers } = words
  const differing = contrasts.filter(({ verdict }) => verdict.kind === 'change')
  const alike = contrasts.filter(({ verdict }) => verdict.kind === 'within-margin')
  const kind = differing.length > 0 ? 'some' : alike.length === contrasts.length ? 'none' : 'unknown'
  return [
    locale.text(`designs.alike.${kind}`, {
      outcome: outcomeName(contrasts[0]?.outcome ?? '', locale),
      differing: numbers.ofTotal(differing.length, contrasts.length),
      alike: numbers.ofTotal(alike.length, contrasts.length),
    }),
    ...(['lower', 'higher'] as const).flatMap((direction) => named(direction, differing, words)),
  ].join(' ')
}

function named(direction: 'lower' | 'higher', differing: readonly ChangeContrast[], { locale }: Words): string[] {
  const groups = differing.filter(({ verdict }) => changeKey(verdict) === direction)
  if (groups.length === 0) return []
  return [
    locale.text(`designs.alike.${direction}`, {
      groups: groups.map(({ group }) => groupName(group, locale)).join('; '),
    }),
  ]
}

function alikeRow(contrast: ChangeContrast, words: Words): AlikeRow {
  const { locale, numbers } = words
  const { group, reference, rates, referenceRates, changes, difference } = contrast
  return {
    group: groupName(group, locale),
    reference: reference === null ? locale.text('reference.rest') : groupName(reference, locale),
    own: changeCell(changes[0], rates, words),
    others: changeCell(changes[1], referenceRates, words),
    difference: difference.value === null ? locale.text('table.none') : numbers.points(difference.value),
    range: difference.adjusted === null ? '' : numbers.pointsRange(difference.adjusted),
    verdict: changeVerdictView(contrast.verdict, words),
    note: changeNote(contrast, words),
    p: changeP(contrast, words),
  }
}

function changeCell({ value, interval }: SideChange, [first, second]: PairedRates, words: Words): ChangeCell {
  const { locale, numbers } = words
  return {
    change: value === null ? locale.text('table.none') : numbers.points(value),
    interval: interval === null ? '' : numbers.pointsRange(interval),
    counts: locale.text('designs.chart.counts', {
      k: numbers.count(first.count),
      k2: numbers.count(second.count),
      n: numbers.count(first.total),
    }),
  }
}
