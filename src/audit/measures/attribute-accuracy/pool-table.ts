import type { Facts } from '../../types/facts.js'
import type { FigureRow } from '../../types/figures.js'
import type { ProbeFactsOf, TableDraft } from '../measure-kind.js'
import { shareFigure } from '../share-figure.js'
import { addRight } from '../reading/count-right.js'
import { inGroups, type Read } from '../reading/readable.js'
import { readingWording, says } from './words.js'

type Probe = ProbeFactsOf<'attribute-accuracy'>

/** One table for each pool of groups and source of decisions: all readings in one row, each under the first label set that has it, as the
 *  paper prints race, gender and age side by side. Images are pooled, not averages of groups. */
export function poolTables(facts: Facts, probe: Probe, all: readonly Read[]): TableDraft[] {
  const present = new Set(facts.dataset.attributes.map(({ name }) => name))
  return facts.evidence.flatMap(({ id: evidence }) =>
    probe.measure.pools
      .filter(({ attribute }) => present.has(attribute))
      .flatMap((pool) => {
        const read = firstOfEach(all.filter((one) => one.evidence === evidence))
        const isThere = facts.dataset.attributes.some(
          ({ name, values }) => name === pool.attribute && values.some((value) => pool.values.includes(value)),
        )
        return isThere && read.length > 0 ? [poolTable(facts, probe, { evidence, pool, read })] : []
      }),
  )
}

function firstOfEach(all: readonly Read[]): Read[] {
  return all.filter((one, index) => all.findIndex(({ reading }) => reading.id === one.reading.id) === index)
}

function poolTable(
  facts: Facts,
  probe: Probe,
  {
    evidence,
    pool,
    read,
  }: { readonly evidence: string; readonly pool: Probe['measure']['pools'][number]; readonly read: readonly Read[] },
): TableDraft {
  const { grouped } = inGroups(facts, probe, [pool.attribute])
  const [inside, outside] = [true, false].map((isInside) =>
    grouped.groups
      .map(([[, value]], index) => ({ value, index }))
      .filter(({ value }) => pool.values.includes(value) === isInside),
  )
  const cells = inside.flatMap(({ index }) => grouped.cells[index])
  const names = (some: typeof inside): string => some.map(({ value }) => value).join(', ')
  const own: FigureRow = {
    key: 'zero-shot',
    name: { kind: 'wording', wording: says('this-audit') },
    figures: read.map(({ inCells }) => shareFigure(addRight(inCells, cells), facts.policy.alpha)),
  }
  return {
    evidence,
    labelSet: null,
    key: `accuracy/${pool.id}`,
    title: says('pool.title', ['pool', pool.id], ['values', names(inside)]),
    rowHeading: says('pool.row'),
    columns: read.map(({ reading }) => ({ key: reading.id, heading: readingWording(reading), unit: 'share' })),
    rows: [own],
    notes: [
      says('pool.pooled'),
      ...(outside.length === 0 ? [] : [says('pool.outside', ['values', names(outside)])]), // another spelling would be left out unseen
      ...read.map(({ reading, labelSet }) => says('pool.from', ['reading', reading.id], ['labelSet', labelSet.id])),
    ],
    chart: 'none',
  }
}
