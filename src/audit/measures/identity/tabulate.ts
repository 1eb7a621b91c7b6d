import type { Facts } from '../../types/facts.js'
import type { Figure, FigureRow, OwnFigure, Wording } from '../../types/figures.js'
import type { IdentityObserved } from '../../types/observed/identity.js'
import { observedBy, type ProbeFactsOf, type TableDraft } from '../measure-kind.js'
import { rowGroups } from '../row-groups.js'
import { numberFigure } from '../share-figure.js'
import { sentencesOf } from '../sentences.js'

const says = sentencesOf('identity')

type Counts = IdentityObserved['counts'][number]

/** In the shape of Table 8: a column for every number of names; the mean over draws, its range, and what guessing gives; then groups. */
export function tabulateIdentity(facts: Facts, probe: ProbeFactsOf<'identity'>): TableDraft[] {
  const { cells, attributes } = facts.dataset
  const groups = rowGroups({ cells: cells.map(({ group }) => group), attributes }, probe.groupBy, probe.derive)
  return observedBy(facts, probe.id, 'identity').map((observed) => {
    const across = (of: (counts: Counts) => Figure): Figure[] => observed.counts.map(of)
    const row = (key: string, of: (counts: Counts) => Figure): FigureRow => ({
      key,
      name: { kind: 'wording', wording: says(`row.${key}`) },
      figures: across(of),
    })
    return {
      key: 'identity',
      evidence: observed.evidence,
      labelSet: null,
      title: says('title'),
      rowHeading: says('heading'),
      columns: observed.counts.map(({ classes }) => ({
        key: `${classes}`,
        heading: says('names', ['classes', classes]),
        unit: 'share' as const,
      })),
      rows: [
        row('top-1', (counts) => accuracyFigure(counts, '[]')),
        row('draws', rangeFigure),
        row('chance', ({ classes }) => numberFigure(1 / classes)),
        ...groups
          .filter(({ groupBy }) => groupBy.length > 0)
          .map(({ key, group }): FigureRow => ({
            key,
            name: { kind: 'group', group },
            figures: across((counts) => accuracyFigure(counts, JSON.stringify(group))),
          })),
      ],
      notes: notesOf(observed),
      chart: 'none',
    }
  })
}

function accuracyFigure({ reason, groups }: Counts, key: string): OwnFigure {
  if (reason !== undefined) return { kind: 'own', value: null, reason }
  const found = groups.find(({ group }) => JSON.stringify(group) === key)
  if (found === undefined) return { kind: 'own', value: null, reason: 'no-images' }
  const { value, reason: whyNot, interval } = found
  return {
    kind: 'own',
    value,
    ...(whyNot === undefined ? {} : { reason: whyNot }),
    ...(interval === undefined ? {} : { interval, method: 'cluster-bootstrap' }),
  }
}

function rangeFigure({ reason, draws }: Counts): OwnFigure {
  if (reason !== undefined) return { kind: 'own', value: null, reason }
  const shares = draws.filter(({ images }) => images > 0).map(({ images, right }) => right / images)
  if (shares.length === 0) return { kind: 'own', value: null, reason: 'no-images' }
  const value = shares.reduce((sum, share) => sum + share, 0) / shares.length
  return { kind: 'own', value, interval: [Math.min(...shares), Math.max(...shares)], method: 'range' }
}

function notesOf({ names, images, counts }: IdentityObserved): Wording[] {
  const left = counts.filter(({ reason }) => reason !== undefined).map(({ classes }) => classes)
  const draws = Math.max(0, ...counts.map((one) => one.draws.length))
  return [
    says('note', ['names', names], ['images', images], ['draws', draws]),
    says('nobody'),
    ...left.map((classes) => says('too-few', ['classes', classes], ['names', names])),
  ]
}
