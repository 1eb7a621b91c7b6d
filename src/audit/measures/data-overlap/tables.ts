import { bonferroni } from '../../statistics/bonferroni.js'
import type { Facts } from '../../types/facts.js'
import type { FigureColumn, FigureRow, OwnFigure, Wording } from '../../types/figures.js'
import { addRight } from '../reading/count-right.js'
import { readAll, type Read } from '../reading/readable.js'
import { groupFacts } from '../group-facts.js'
import type { ProbeFactsOf, TableDraft } from '../measure-kind.js'
import { shareFigure } from '../share-figure.js'
import { compareOverlap, type OverlapComparison, type Right } from './compare-overlap.js'
import { sentencesOf } from '../sentences.js'

const says = sentencesOf('data-overlap')

type Probe = ProbeFactsOf<'data-overlap'>
type Compared = { readonly read: Read; readonly clean: Right; readonly overlap: Right } & OverlapComparison

/** Values of the attribute that says whether an image is in the reference set too. */
export const OVERLAP = 'yes'
export const CLEAN = 'no'

/** One table for each source of decisions and label set, one row for each reading: all images, clean ones, overlap, and whether the
 *  overlap is more often right. Images of which it is not known whether they overlap are in none of them. */
export function overlapTables(facts: Facts, probe: Probe): TableDraft[] {
  if (!facts.dataset.attributes.some(({ name }) => name === probe.measure.attribute)) return []
  const compared = readAll(facts, probe.measure.readings).map((read) => compare(facts, probe, read))
  const adjusted = bonferroni(compared.map(({ p }) => p))
  const tests = compared.filter(({ p }) => p !== null).length
  const unknown = unknownImages(facts, probe)
  return facts.evidence.flatMap(({ id: evidence }) =>
    facts.labelSets.flatMap((labelSet): TableDraft[] => {
      const rows = compared.flatMap((one, index) =>
        one.read.evidence === evidence && one.read.labelSet.id === labelSet.id
          ? [rowOf(one, adjusted[index], facts.policy.alpha)]
          : [],
      )
      if (rows.length === 0) return []
      return [
        {
          evidence,
          labelSet: labelSet.id,
          key: 'overlap',
          title: says('title'),
          rowHeading: says('reading'),
          columns: columnsOf(probe),
          rows,
          notes: notesOf(tests, unknown),
          chart: 'none',
        },
      ]
    }),
  )
}

function compare(facts: Facts, { measure, derive }: Probe, read: Read): Compared {
  const { groups, cells } = groupFacts(facts.dataset, [measure.attribute], derive)
  const countOf = (wanted: string): Right => {
    const place = groups.findIndex(([[, value]]) => value === wanted)
    const { count, total } = addRight(read.inCells, place < 0 ? [] : cells[place])
    return { count, total }
  }
  const parts = { clean: countOf(CLEAN), overlap: countOf(OVERLAP) }
  return { read, ...parts, ...compareOverlap(parts, measure.level) }
}

function rowOf({ read, clean, overlap, ...one }: Compared, adjusted: number | null, alpha: number): FigureRow {
  const noTest = clean.total === 0 ? 'no-images' : 'no-overlap'
  const number = (value: number | null, reason: OwnFigure['reason'] = noTest): OwnFigure =>
    value === null ? { kind: 'own', value, ...(reason === undefined ? {} : { reason }) } : { kind: 'own', value }
  return {
    key: read.reading.id,
    name: { kind: 'text', text: read.reading.id },
    figures: [
      shareFigure(one.all, alpha),
      shareFigure(clean, alpha),
      overlapFigure(overlap, one.interval),
      shareFigure(one.contamination, alpha),
      number(one.difference, 'no-images'),
      number(one.p),
      number(adjusted),
      number(one.fisher),
    ],
  }
}

/** Not Wilson's interval: the paper's, which never covers less than it says. */
function overlapFigure({ count, total }: Right, interval: OverlapComparison['interval']): OwnFigure {
  if (interval === null) return { kind: 'own', value: null, reason: 'no-overlap', count, total }
  const bounds = [interval.low, interval.high] as const
  return { kind: 'own', value: count / total, count, total, interval: bounds, method: 'clopper-pearson' }
}

function columnsOf({ measure }: Probe): FigureColumn[] {
  return [
    { key: 'all', heading: says('all'), unit: 'share' },
    { key: 'clean', heading: says('clean'), unit: 'share' },
    { key: 'overlap', heading: says('overlap', ['levelShare', measure.level]), unit: 'share' },
    { key: 'contamination', heading: says('contamination'), unit: 'share' },
    { key: 'all-minus-clean', heading: says('difference'), unit: 'points' },
    { key: 'p', heading: says('p'), unit: 'p' },
    { key: 'p-adjusted', heading: says('p-adjusted'), unit: 'p' },
    { key: 'p-fisher', heading: says('p-fisher'), unit: 'p' },
  ]
}

function notesOf(tests: number, unknown: number): Wording[] {
  return [
    says('note'),
    says('null'),
    ...(tests > 1 ? [says('adjusted', ['tests', tests])] : []),
    ...(unknown > 0 ? [says('unknown', ['images', unknown])] : []),
  ]
}

/** Processed images of which nobody said whether they overlap. */
function unknownImages(facts: Facts, { measure }: Probe): number {
  return facts.dataset.cells
    .filter(
      ({ group }) => !group.some(([name, value]) => name === measure.attribute && [OVERLAP, CLEAN].includes(value)),
    )
    .reduce((sum, { processed }) => sum + processed, 0)
}
