import type { ChangeRecord, PairedRate } from '../../../types/paired.js'
import { groupByName, groupName, outcomeName } from '../../names.js'
import type { VerdictView } from '../../verdict-words.js'
import type { Words } from '../../words.js'
import { changeNote, changeP, changeVerdictView } from './change-words.js'
import type { Sides } from './sides.js'

/** Both designs and the change, outcome by outcome: groups across, as in Table 7 of the CLIP paper, or down where they are many. */
export type ChangeTable = Sides & {
  readonly id: string
  readonly caption: string
  readonly isTall: boolean
  readonly columns: readonly string[]
  readonly span: number
  readonly outcomes: readonly ChangeRows[]
}

export type ChangeRows = {
  readonly outcome: string
  readonly groups: readonly ChangeCells[]
  /** One sentence instead of as many p-values: why there are none. Empty where there are some. */
  readonly noP: string
}

export type ChangeCells = {
  readonly group: string
  readonly first: RateCell
  readonly second: RateCell
  readonly change: string
  readonly range: string
  readonly verdict: VerdictView
  readonly note: string
  readonly p: string
  readonly q: string
}

export type RateCell = { readonly rate: string; readonly counts: string; readonly interval: string }

const MOST_COLUMNS = 10 // the nine ages of FairFace stand side by side

/** A table of one attribute. `byOutcome`: the changes of each outcome, which all have the same groups. */
export function changeTable(
  id: string,
  byOutcome: readonly (readonly ChangeRecord[])[],
  sides: Sides,
  words: Words,
): ChangeTable {
  const [shown = []] = byOutcome
  const slots = {
    groupBy: groupByName(shown[0]?.groupBy ?? [], words.locale),
    outcome: outcomeName(shown[0]?.outcome ?? '', words.locale),
    ...sides,
  }
  return {
    id,
    ...sides,
    caption: words.locale.text(byOutcome.length > 1 ? 'designs.table.caption-many' : 'designs.table.caption', slots),
    isTall: shown.length > MOST_COLUMNS,
    columns: shown.map(({ group }) => groupName(group, words.locale)),
    span: shown.length + 1,
    outcomes: byOutcome.map((changes) => ({
      outcome: outcomeName(changes[0]?.outcome ?? '', words.locale),
      groups: changes.map((change) => changeCells(change, words)),
      noP: noP(changes, words),
    })),
  }
}

/** One group of one outcome in words and rounded numbers. */
export function changeCells(change: ChangeRecord, words: Words): ChangeCells {
  const { locale, numbers } = words
  const { difference, rates, group, q } = change
  return {
    group: groupName(group, locale),
    first: rateCell(rates[0], words),
    second: rateCell(rates[1], words),
    change: difference.value === null ? locale.text('table.none') : numbers.points(difference.value),
    range: difference.adjusted === null ? '' : numbers.pointsRange(difference.adjusted),
    verdict: changeVerdictView(change.verdict, words),
    note: changeNote(change, words),
    p: changeP(change, words),
    q: q === null ? '' : numbers.pValue(q),
  }
}

/** A rate under one design: counts, rate and interval. */
export function rateCell({ count, total, value, interval }: PairedRate, { locale, numbers }: Words): RateCell {
  return {
    rate: value === null ? locale.text('numbers.no-images') : numbers.percent(value),
    counts: numbers.ofTotal(count, total),
    interval: interval === null ? '' : numbers.percentRange(interval),
  }
}

function noP(changes: readonly ChangeRecord[], { locale }: Words): string {
  const judged = changes.filter(({ difference }) => difference.reason === undefined)
  const isOneWay = judged.length > 0 && judged.every(({ pReason }) => pReason === 'one-way')
  return isOneWay ? locale.text('designs.table.one-way') : ''
}
