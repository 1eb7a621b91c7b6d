import type { AblationFacts } from './types/ablation.js'
import type { Facts, Tally } from './types/facts.js'

/** Whether the images that move when a label is taken out or added are images that the label set decided: from a removed label all of
 *  its images go, to labels that stay; to an added label never more go than each label has. */
export function ablationsFit(facts: Facts): {
  readonly what: string
  readonly holds: boolean
  readonly detail: string
} {
  const wrong = facts.ablations.filter((ablation) => !fits(facts, ablation))
  return {
    what: 'taking a label out moves all its images and no others, adding one moves only images that were decided',
    holds: wrong.length === 0,
    detail: `${facts.ablations.length} labels taken out or added, ${wrong.length} wrong`,
  }
}

function fits(facts: Facts, ablation: AblationFacts): boolean {
  const labels = facts.labelSets.find(({ id }) => id === ablation.labelSet)?.labels ?? []
  const own = labels.find(({ id }) => id === ablation.label.id)
  const isNamed =
    ablation.action === 'remove'
      ? own?.text === ablation.label.text && own.outcome === ablation.label.outcome
      : labels.length > 0 && own === undefined
  const tallies = facts.tallies.filter(
    ({ evidence, labelSet }) => evidence === ablation.evidence && labelSet === ablation.labelSet,
  )
  const known = new Set(labels.map(({ id }) => id))
  return (
    isNamed &&
    ablation.cells.length === facts.dataset.cells.length &&
    tallies.length === ablation.cells.length &&
    tallies.every((tally, cell) => cellFits(ablation, tally, ablation.cells[cell], known))
  )
}

function cellFits(
  { action, label }: AblationFacts,
  { counts }: Tally,
  moves: AblationFacts['cells'][number],
  known: ReadonlySet<string>,
): boolean {
  const decided = new Map(counts)
  const repeated = new Set(moves.map(([from, to]) => JSON.stringify([from, to]))).size < moves.length
  if (repeated || moves.some(([, , images]) => images < 1)) return false
  if (action === 'add')
    return moves.every(([from, to, images]) => to === label.id && images <= (decided.get(from) ?? 0))
  const moved = moves.reduce((sum, [, , images]) => sum + images, 0)
  const isLeaving = moves.every(([from, to]) => from === label.id && to !== label.id && known.has(to))
  return isLeaving && moved === (decided.get(label.id) ?? 0)
}
