import { shownLabel } from '../../label-codes.js'
import { fullGroupName, groupByName, groupName, outcomeName } from '../../names.js'
import type { Words } from '../../words.js'
import { countsOf } from './ablation-rows.js'
import type { Entry } from './ablation-entry.js'

/** Every label against every group of one attribute: the change of the rate, and the counts it rests on. */
export type AblationGrid = {
  readonly id: string
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly { readonly label: string; readonly cells: readonly GridCell[] }[]
}

export type GridCell = { readonly change: string; readonly counts: string }

/** One grid for all images together with those of each single attribute: labels down in the order of their rank over all images. */
export function ablationGrids(id: string, entries: readonly Entry[], words: Words): readonly AblationGrid[] {
  const groupBys = [...new Set(entries.map(({ record }) => JSON.stringify(record.groupBy)))]
  const order = labelsByRank(entries)
  return groupBys.map((key, i) => {
    const own = entries.filter(({ record }) => JSON.stringify(record.groupBy) === key)
    const groups = [...new Set(own.map(({ record }) => JSON.stringify(record.group)))]
    const first = own[0]?.record
    const groupBy = groupByName(first?.groupBy ?? [], words.locale)
    return {
      id: `${id}-g${i}`,
      caption:
        first?.group.length === 0
          ? words.locale.text('designs.ablation.grid-all', { outcome: outcomeName(first.outcome, words.locale) })
          : words.locale.text('designs.ablation.grid', {
              outcome: outcomeName(first?.outcome ?? '', words.locale),
              groupBy,
            }),
      columns: groups.map((group) => columnName(own, group, words)),
      rows: order.map((label) => ({
        label: shownLabel(label, words),
        cells: groups.map((group) =>
          gridCell(
            own.find((entry) => entry.label.id === label && JSON.stringify(entry.record.group) === group),
            words,
          ),
        ),
      })),
    }
  })
}

/** A label may be named once only among those of one action. */
function labelsByRank(entries: readonly Entry[]): readonly string[] {
  const overall = entries.filter(({ record }) => record.group.length === 0)
  const ranked = [...overall].sort((a, b) => a.record.rank - b.record.rank)
  return [...new Set([...ranked, ...entries].map(({ label }) => label.id))]
}

function columnName(entries: readonly Entry[], key: string, { locale, numbers }: Words): string {
  const record = entries.find((entry) => JSON.stringify(entry.record.group) === key)?.record
  const group = record?.group ?? []
  const name =
    group.length === 0
      ? locale.text('reference.overall')
      : (group.length === 1 ? groupName : fullGroupName)(group, locale)
  return locale.text('designs.ablation.column', {
    group: name,
    images: numbers.images(record === undefined ? 0 : countsOf(record.paired).images),
  })
}

function gridCell(entry: Entry | undefined, { locale, numbers }: Words): GridCell {
  if (entry === undefined || entry.record.change === null) return { change: locale.text('table.none'), counts: '' }
  const { first, second } = countsOf(entry.record.paired)
  return {
    change: numbers.points(entry.record.change),
    counts: locale.text('designs.ablation.counts', { k: numbers.count(first), k2: numbers.count(second) }),
  }
}
