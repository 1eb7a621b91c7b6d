import { activationOf } from '../../scoring/activation-of.js'
import { probabilities } from '../../scoring/probabilities.js'
import { quantile } from '../../statistics/quantile.js'
import type { AbstentionObserved } from '../../types/observed/abstention.js'
import { atScale } from '../at-scale.js'
import type { ObserveInput, ScoredDesign } from '../measure-kind.js'
import { exactly, judgeLabel } from '../reading/judge-label.js'
import { askedOf } from './asked-of.js'
import { sharesAsked } from './shares-asked.js'

type Input = ObserveInput<'abstention'>

/** Leaves ever more of the least certain images undecided and counts what is kept in every cell (measures.md B11). Thresholds are
 *  quantiles of the lead, or of the probability, of all processed images together: the same for every group. */
export async function observeAbstention(input: Input): Promise<AbstentionObserved[]> {
  const { designs, measure } = input
  const reason = measure.by === 'probability' ? atScale(input).logitScaleReason : null
  const observed: AbstentionObserved[] = []
  for (const design of designs)
    observed.push(
      reason === null
        ? { ...observationOf(design, input), thresholds: await thresholdsOf(design, input) }
        : { ...observationOf(design, input), reason, thresholds: [] },
    )
  return observed
}

type Asked = Omit<AbstentionObserved, 'thresholds' | 'reason'>

function observationOf({ labelSet }: ScoredDesign, { measure, people, probe, evidence }: Input): Asked {
  const asked = askedOf(measure, labelSet)
  const attributes = asked.attributes.filter((name) => people.cells.attributes.includes(name))
  return {
    kind: 'abstention',
    probe,
    evidence,
    labelSet: labelSet.id,
    by: measure.by,
    attributes,
    outcomes: asked.outcomes,
  }
}

async function thresholdsOf(design: ScoredDesign, input: Input): Promise<AbstentionObserved['thresholds']> {
  const { measure, people } = input
  const { labelSet } = design
  const { attributes, outcomes } = observationOf(design, input)
  const { winner, certainty } = await decideTiles(design, input)
  const decided = [...winner.keys()].filter((row) => winner[row] >= 0)
  const ascending = Float64Array.from(decided, (row) => certainty[row]).sort()
  const inside = outcomes.map((outcome) => labelSet.labels.map((label) => label.outcome === outcome))
  const right = attributes.map((attribute) => {
    const judge = judgeLabel(exactly(attribute), { labelSet, dataset: people })
    return labelSet.labels.map(({ id }) => people.cells.groups.map((group) => judge(id, group) === 'right'))
  })
  const countKept = (threshold: number): AbstentionObserved['thresholds'][number]['cells'] => {
    const counts = people.cells.groups.map((_, cell) => ({
      cell,
      images: 0,
      kept: 0,
      right: attributes.map(() => 0),
      inOutcome: outcomes.map(() => 0),
    }))
    for (const row of decided) {
      const cell = people.cells.cellOfRow[row]
      const count = counts[cell]
      count.images++
      if (certainty[row] < threshold) continue
      count.kept++
      right.forEach((of, index) => (count.right[index] += of[winner[row]][cell] ? 1 : 0))
      inside.forEach((of, index) => (count.inOutcome[index] += of[winner[row]] ? 1 : 0))
    }
    return counts.filter(({ images }) => images > 0)
  }
  return sharesAsked(measure.steps, decided.length).map((share) => {
    const threshold = quantile(ascending, share)
    return { share, threshold, cells: countKept(threshold) }
  })
}

/** The label of every processed row (-1 elsewhere), as audits decide it, and how certain it is. */
async function decideTiles(
  design: ScoredDesign,
  input: Input,
): Promise<{ winner: Int32Array; certainty: Float64Array }> {
  const { people, measure } = input
  const activation = measure.by === 'probability' ? activationOf(input) : null
  const winner = new Int32Array(people.rows).fill(-1)
  const certainty = new Float64Array(people.rows)
  const ofLabels = new Float64Array(design.labelSet.labels.length)
  for await (const { rows, scores, labels } of design.tiles()) {
    for (let place = 0; place < rows.length; place++) {
      const row = rows[place]
      if (!people.processed(row)) continue
      const ofRow = scores.subarray(place * labels, (place + 1) * labels)
      const { best, lead } = leadOf(ofRow)
      winner[row] = best
      certainty[row] = activation === null ? lead : probabilities(ofRow, activation, ofLabels)[best]
    }
  }
  return { winner, certainty }
}

/** The first label with the highest cosine, and its lead over the next in float32, as decisions record it. */
function leadOf(scores: Float32Array): { best: number; lead: number } {
  let best = 0
  for (let label = 1; label < scores.length; label++) if (scores[label] > scores[best]) best = label
  let second = -Infinity
  for (let label = 0; label < scores.length; label++) if (label !== best) second = Math.max(second, scores[label])
  return { best, lead: Math.fround(scores[best] - second) }
}
