import type { ChangeRecord } from '../../../types/paired.js'
import { attributeName, groupByName, groupName, outcomeName, valueName } from '../../names.js'
import type { VerdictView } from '../../verdict-words.js'
import type { Words } from '../../words.js'
import { changeVerdictView } from './change-words.js'

/** Changes at an intersection: the last attribute across, the others down. */
export type CrossedChanges = {
  readonly id: string
  readonly caption: string
  readonly corner: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly name: string; readonly cells: readonly (CrossedCell | null)[] }[]
}

/** `verdict.key` `insufficient`: hatched, with counts and no change. */
export type CrossedCell = {
  readonly change: string
  readonly counts: string
  readonly verdict: VerdictView
  readonly isFew: boolean
}

/** A grid of one outcome at one intersection; combinations without an image in both runs are empty cells. */
export function crossedChanges(id: string, changes: readonly ChangeRecord[], words: Words): CrossedChanges {
  const [first] = changes
  const groupBy = first?.groupBy ?? []
  const across = groupBy.at(-1) ?? ''
  const columns = [...new Set(changes.map(({ group }) => group.at(-1)?.[1] ?? ''))]
  const rows = new Map<string, { name: string; cells: Map<string, ChangeRecord> }>()
  for (const change of changes) {
    const down = change.group.slice(0, -1)
    const key = JSON.stringify(down)
    const row = rows.get(key) ?? { name: groupName(down, words.locale), cells: new Map<string, ChangeRecord>() }
    row.cells.set(change.group.at(-1)?.[1] ?? '', change)
    rows.set(key, row)
  }
  const slots = {
    outcome: outcomeName(first?.outcome ?? '', words.locale),
    groupBy: groupByName(groupBy, words.locale),
  }
  return {
    id,
    caption: words.locale.text('designs.crossed.caption', slots),
    corner: words.locale.text('heat.corner', {
      down: groupByName(groupBy.slice(0, -1), words.locale),
      across: attributeName(across, words.locale),
    }),
    columns: columns.map((value) => valueName(value, words.locale)),
    rows: [...rows.values()].map(({ name, cells }) => ({
      name,
      cells: columns.map((value) => crossedCell(cells.get(value), words)),
    })),
  }
}

function crossedCell(change: ChangeRecord | undefined, words: Words): CrossedCell | null {
  if (change === undefined || change.difference.value === null) return null
  const { numbers, locale } = words
  const [first, second] = change.rates
  const isFew = change.verdict.kind === 'insufficient'
  return {
    change: isFew ? '' : numbers.points(change.difference.value),
    counts: locale.text('designs.crossed.counts', {
      k: numbers.count(first.count),
      k2: numbers.count(second.count),
      n: numbers.count(first.total),
    }),
    verdict: changeVerdictView(change.verdict, words),
    isFew,
  }
}
