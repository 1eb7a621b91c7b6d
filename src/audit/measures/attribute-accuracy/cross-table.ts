import type { Facts } from '../../types/facts.js'
import type { FigureRow, RowName } from '../../types/figures.js'
import type { ProbeFactsOf, TableDraft } from '../measure-kind.js'
import { shareFigure } from '../share-figure.js'
import { everywhere, inGroups, type Read } from '../reading/readable.js'
import { readingWording, says } from './words.js'

type Probe = ProbeFactsOf<'attribute-accuracy'>
type Cross = Probe['measure']['crosses'][number]

/** One reading by two attributes, with everyone of a row and everyone of a column: the shape of Table 5. The last row and column pool
 *  images; the mean of the groups is another figure (97.1 where the paper prints 97.0). */
export function crossTables(facts: Facts, probe: Probe, all: readonly Read[]): TableDraft[] {
  const present = new Set(facts.dataset.attributes.map(({ name }) => name))
  return probe.measure.crosses
    .filter(({ rows, columns }) => present.has(rows) && present.has(columns))
    .flatMap((cross) =>
      all.filter(({ reading }) => reading.id === cross.reading).map((read) => crossTable(facts, probe, cross, read)),
    )
}

function crossTable(facts: Facts, probe: Probe, cross: Cross, read: Read): TableDraft {
  const { grouped, count } = inGroups(facts, probe, [cross.rows, cross.columns])
  const counts = count(read)
  const [down, across] = [inGroups(facts, probe, [cross.rows]), inGroups(facts, probe, [cross.columns])]
  const { alpha } = facts.policy
  const values = across.grouped.groups
    .filter((_, index) => across.grouped.comparable[index])
    .map(([[, value]]) => value)
  const placeOf = (row: string, column: string): number =>
    grouped.groups.findIndex(([[, first], [, second]]) => first === row && second === column)
  const rowsOfGroups = down.grouped.groups.flatMap(([[, value]], index): FigureRow[] => {
    if (!down.grouped.comparable[index]) return []
    const cells = values.map((column) => placeOf(value, column)).map((place) => (place < 0 ? null : counts[place]))
    const inside = cells.map((cell) => shareFigure(cell ?? { count: 0, total: 0 }, alpha))
    return [row(value, { kind: 'text', text: value }, [...inside, shareFigure(down.count(read)[index], alpha)])]
  })
  const both = across.count(read).filter((_, index) => across.grouped.comparable[index])
  const everyone = shareFigure(everywhere(read), alpha)
  const pooled = row('both', { kind: 'wording', wording: says('cross.both') }, [
    ...both.map((one) => shareFigure(one, alpha)),
    everyone,
  ])
  return {
    evidence: read.evidence,
    labelSet: read.labelSet.id,
    key: `accuracy/${cross.id}`,
    title: says('cross.title', ['rows', cross.rows], ['columns', cross.columns]),
    rowHeading: readingWording(read.reading),
    columns: [
      ...values.map((value) => ({
        key: value,
        heading: says('cross.value', ['value', value]),
        unit: 'share' as const,
      })),
      { key: 'average', heading: says('cross.average'), unit: 'share' },
    ],
    rows: [...rowsOfGroups, pooled],
    notes: [says('cross.pooled')],
    chart: 'none',
  }
}

function row(key: string, name: RowName, figures: FigureRow['figures']): FigureRow {
  return { key, name, figures }
}

/** Pools a published row of accuracies by the images of each group: what a table of percentages says of everyone.
 *  @example pooledAccuracy([90, 100], [300, 100])  // 92.5 */
export function pooledAccuracy(accuracies: readonly number[], images: readonly number[]): number {
  if (accuracies.length !== images.length || images.length === 0) {
    throw new RangeError(
      `pooledAccuracy expected as many accuracies as group sizes but received ${accuracies.length} and ${images.length}`,
    )
  }
  const total = images.reduce((sum, size) => sum + size, 0)
  return accuracies.reduce((sum, accuracy, group) => sum + accuracy * images[group], 0) / total
}
