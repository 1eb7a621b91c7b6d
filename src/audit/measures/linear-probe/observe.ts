import type { AttributeColumn } from '../../types/dataset.js'
import { UNKNOWN } from '../../types/groups.js'
import type { InCell } from '../../types/observed/observed.js'
import type { LinearProbeObserved } from '../../types/observed/linear-probe.js'
import type { ObserveInput, TrainingSet } from '../measure-kind.js'
import { fitShots, type Fitted, type Labelled } from './fit-shots.js'

type Input = ObserveInput<'linear-probe'>
type Cells = readonly InCell<{ readonly classes: readonly (readonly [classIndex: number, images: number])[] }>[]

const READ_AT_ONCE = 1024 // audited vectors in memory beside all training vectors

/** Fits classifiers to the vectors of the training images and lets each decide every audited image (measures.md B15). Without training images
 *  there is nothing to observe. Memory: the training vectors twice while a fit to all of them runs. */
export async function observeLinearProbe(input: Input): Promise<LinearProbeObserved[]> {
  const { train, measure, people, probe, evidence, seed } = input
  if (train === null) return []
  const { rows, dim } = train.embeddings
  const vectors = await vectorsOf(train.embeddings, measure.norm, 0, rows.length)
  const observed: LinearProbeObserved[] = []
  for (const attribute of measure.attributes) {
    const audited = people.attributes.find(({ name }) => name === attribute)
    const learnt = train.attributes.find(({ name }) => name === attribute)
    if (audited === undefined || learnt === undefined) continue
    const classes = [...new Set([...audited.values, ...learnt.values])].filter((value) => value !== UNKNOWN)
    const labelled = labelledOf(learnt, classes, { vectors, dim, rows })
    const fitted = await fitShots(labelled, classes, measure, { seed, stream: `few-shot/${probe}/${attribute}` })
    const cells = await decideAll(fitted, input)
    observed.push({
      kind: 'linear-probe',
      probe,
      evidence,
      labelSet: null,
      attribute,
      classes,
      train: {
        dataset: train.dataset,
        sha256: train.sha256,
        images: labelled.classOf.length,
        quarantined: train.quarantined,
      },
      fits: fitted.map(({ facts }, index) => ({ ...facts, cells: cells[index] })),
    })
  }
  return observed
}

function vectorsOf(
  embeddings: TrainingSet['embeddings'],
  norm: 'none' | 'l2',
  start: number,
  end: number,
): Promise<Float32Array> {
  return norm === 'none' ? embeddings.readRaw(start, end) : embeddings.read(start, end)
}

/** The images whose value is known. */
function labelledOf(
  { values, codes }: AttributeColumn,
  classes: readonly string[],
  { vectors, dim, rows }: { readonly vectors: Float32Array; readonly dim: number; readonly rows: Int32Array },
): Labelled {
  const classOfCode = values.map((value) => classes.indexOf(value))
  const classOfPlace = rows.map((row) => classOfCode[codes[row]])
  if (!classOfPlace.includes(-1)) return { vectors, dim, classOf: classOfPlace }
  const places = [...classOfPlace.keys()].filter((place) => classOfPlace[place] >= 0)
  const known = new Float32Array(places.length * dim)
  places.forEach((place, at) => known.set(vectors.subarray(place * dim, (place + 1) * dim), at * dim))
  return { vectors: known, dim, classOf: Int32Array.from(places, (place) => classOfPlace[place]) }
}

/** Audited images of each cell by the class that each classifier puts them into. */
async function decideAll(fitted: readonly Fitted[], { embeddings, people, measure }: Input): Promise<Cells[]> {
  const counts = fitted.map(() => new Map<number, Map<number, number>>())
  const { rows } = embeddings
  for (let start = 0; start < rows.length; start += READ_AT_ONCE) {
    const end = Math.min(start + READ_AT_ONCE, rows.length)
    const vectors = await vectorsOf(embeddings, measure.norm, start, end)
    fitted.forEach(({ decides }, index) => {
      decides(vectors).forEach((decided, at) => {
        const row = rows[start + at]
        if (decided < 0 || !people.processed(row)) return
        const cell = people.cells.cellOfRow[row]
        const ofCell = counts[index].get(cell) ?? new Map<number, number>()
        ofCell.set(decided, (ofCell.get(decided) ?? 0) + 1)
        counts[index].set(cell, ofCell)
      })
    })
  }
  return counts.map((cells) => inOrder(cells).map(([cell, classes]) => ({ cell, classes: inOrder(classes) })))
}

function inOrder<Value>(map: ReadonlyMap<number, Value>): [number, Value][] {
  return [...map].sort(([a], [b]) => a - b)
}
