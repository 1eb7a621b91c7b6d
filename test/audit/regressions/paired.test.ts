import { describe, expect, it } from 'vitest'
import { requireFlowToAddedLabels } from '../../../src/audit/designs/superset-flow.js'
import { countChange } from '../../../src/audit/measures/change-counts.js'
import { decide } from '../../../src/audit/scoring/decide.js'
import { countPairedCells, type Run } from '../../../src/audit/scoring/paired-cells.js'
import { mcnemarTest } from '../../../src/audit/statistics/mcnemar-test.js'
import { pairedChange } from '../../../src/audit/statistics/paired-counts.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { tangoInterval } from '../../../src/audit/statistics/tango-interval.js'
import type { MatrixProduct } from '../../../src/audit/types/decisions.js'
import type { LabelSet } from '../../../src/audit/types/definitions.js'
import { LABELS } from '../../support/definitions.js'

// What other tools get wrong, by the numbers of measures.md, part C: two label sets on the same images.

const WITH_CHILD: LabelSet = {
  ...LABELS,
  id: 'five-labels',
  labels: [...LABELS.labels, { id: 'child', text: 'a child', outcome: 'person', implies: [] }],
}
const DIM = 3
const IMAGES = 400

describe('what others get wrong in paired runs', () => {
  it('measures.md C26: equal decisions are a change of 0 with an interval and p = 1, at 50 images ±0.0713', async () => {
    const [first] = await decideBoth()
    const cells = { attributes: [], groups: [[]], cellOfRow: new Int32Array(IMAGES) }
    const paired = countPairedCells(first, first, { cells, processed: (row) => row < 50, nearTie: 0 })
    const [{ counts }] = countChange(paired, [first.labelSet, first.labelSet], ['crime'])
    expect([counts.onlyFirst, counts.onlySecond, counts.both + counts.neither]).toEqual([0, 0, 50])
    expect(pairedChange(counts)).toBe(0)
    const { low, high } = tangoInterval(counts)
    expect([low, high]).toEqual([expect.closeTo(-0.0713, 4), expect.closeTo(0.0713, 4)])
    expect(mcnemarTest(counts)).toEqual({ exact: 1, midP: 1 })
  })

  it('measures.md C27: with a label added, images flow into it alone', async () => {
    const [first, second] = await decideBoth()
    expect(() => requireFlowToAddedLabels(first, second)).not.toThrow()
    const moved = [...first.decisions.winner].filter((winner, row) => winner !== second.decisions.winner[row])
    expect(moved.length).toBeGreaterThan(20) // the label takes images: the check had something to check
  })

  it('measures.md C27: a flow into an old label raises, with both labels and the count', async () => {
    const [first, second] = await decideBoth()
    const [man, thief] = [0, 3]
    const thieves = [...first.decisions.winner.keys()].filter((row) => first.decisions.winner[row] === thief)
    const winner = Int32Array.from(second.decisions.winner)
    for (const row of thieves.slice(0, 3)) winner[row] = man
    const defect = { ...second, decisions: { ...second.decisions, winner } }
    expect(() => requireFlowToAddedLabels(first, defect)).toThrow(RangeError)
    expect(() => requireFlowToAddedLabels(first, defect)).toThrow('received 3 from "thief" to "man"')
    const exactTies = Uint8Array.from(first.decisions.exactTies)
    for (const row of thieves.slice(0, 3)) exactTies[row] = 1
    expect(() => requireFlowToAddedLabels({ ...first, decisions: { ...first.decisions, exactTies } }, defect)).not.toThrow() // prettier-ignore
  })
})

type DecidedRun = Run & { readonly labelSet: LabelSet }

/** Drawn vectors decided by the engine's own step, without and with *child*. */
async function decideBoth(): Promise<[DecidedRun, DecidedRun]> {
  const random = createRandom(7, 'vectors')
  const unit = (): number[] => {
    const vector = Array.from({ length: DIM }, () => random.uniform() - 0.5)
    return vector.map((value) => value / Math.hypot(...vector))
  }
  const images = Float32Array.from(Array.from({ length: IMAGES }, unit).flat())
  const texts = Array.from({ length: WITH_CHILD.labels.length }, unit)
  const embeddings = {
    dim: DIM,
    rows: Int32Array.from({ length: IMAGES }, (_, row) => row),
    read: (start: number, end: number) => Promise.resolve(images.subarray(start * DIM, end * DIM)),
  }
  const sets = [LABELS, WITH_CHILD]
  const designs = sets.map(({ id, labels }) => ({
    labelSet: id,
    labels: labels.length,
    vectors: Float32Array.from(texts.slice(0, labels.length).flat()),
  }))
  const decisions = await decide(embeddings, designs, { rows: IMAGES, multiply, logitScale: null })
  return [
    { labelSet: LABELS, decisions: decisions[0] },
    { labelSet: WITH_CHILD, decisions: decisions[1] },
  ]
}

const multiply: MatrixProduct = (images, classes, dim) => {
  const columns = classes.length / dim
  const scores = new Float32Array((images.length / dim) * columns)
  scores.forEach((_, place) => {
    const [image, label] = [Math.floor(place / columns) * dim, (place % columns) * dim]
    for (let k = 0; k < dim; k++) scores[place] += images[image + k] * classes[label + k]
  })
  return Promise.resolve(scores)
}
