import { decideMultinomial, multinomialLogisticRegression } from '../../statistics/multinomial-logistic-regression.js'
import { createRandom } from '../../statistics/random.js'
import type { MeasureOf } from '../../types/measures.js'
import type { LinearProbeObserved } from '../../types/observed/linear-probe.js'
import { drawTraining } from './draw-training.js'

/** Training images whose class is known. `vectors`: images x dim, row-major. */
export type Labelled = {
  readonly vectors: Float32Array
  readonly dim: number
  /** Index into the classes, one per image. */
  readonly classOf: Int32Array
}

export type Fitted = {
  readonly facts: Omit<LinearProbeObserved['fits'][number], 'cells'>
  /** The class of each vector (images x dim); -1 for all where no class had an image to learn from. */
  readonly decides: (vectors: Float32Array) => Int32Array
}

const LOSS_DIGITS = 10 // fewer than an audit keeps, so that means over draws follow from what it keeps to the last digit

/** Fits every classifier of one attribute: one for all images, and for a number of shots as many as `repeats` says. Draws with an equal number
 *  share their images as far as they go. Between fits other work gets its turn: each takes this thread for up to seconds. */
export async function fitShots(
  labelled: Labelled,
  classes: readonly string[],
  measure: Pick<MeasureOf<'linear-probe'>, 'shots' | 'repeats' | 'inverseRegularisation'>,
  { seed, stream }: { readonly seed: number; readonly stream: string },
): Promise<Fitted[]> {
  const fitted: Fitted[] = []
  for (const shots of measure.shots) {
    for (let repeat = 1; repeat <= (shots === 0 ? 1 : measure.repeats); repeat++) {
      const random = createRandom(seed, `${stream}/${repeat}`)
      const { places, fewer } = drawTraining(labelled.classOf, classes.length, shots, random)
      const { present, fit, decides } = fitPlaces(labelled, places, measure.inverseRegularisation)
      fitted.push({
        facts: {
          shots,
          repeat,
          trained: places.length,
          fewer: fewer.map((one) => classes[one]),
          iterations: fit?.iterations ?? 0,
          converged: fit?.converged ?? true,
          loss: Number((fit?.loss ?? 0).toPrecision(LOSS_DIGITS)),
          absent: classes.filter((_, one) => !present.includes(one)),
        },
        decides,
      })
      await new Promise(setImmediate)
    }
  }
  return fitted
}

/** A classifier of the classes that have images. With one of them there is nothing to fit: every image is put into it. */
function fitPlaces({ vectors, dim, classOf }: Labelled, places: Int32Array, inverseRegularisation: number) {
  const own = Int32Array.from(places, (place) => classOf[place])
  const present = [...new Set(own)].sort((a, b) => a - b)
  if (present.length < 2) {
    const only = present[0] ?? -1
    return { present, fit: null, decides: (some: Float32Array) => new Int32Array(some.length / dim).fill(only) }
  }
  const chosen = new Float32Array(places.length * dim)
  places.forEach((place, row) => chosen.set(vectors.subarray(place * dim, (place + 1) * dim), row * dim))
  const fit = multinomialLogisticRegression(
    { vectors: chosen, dim, classOf: own.map((one) => present.indexOf(one)), classes: present.length },
    { inverseRegularisation },
  )
  const decides = (some: Float32Array): Int32Array => decideMultinomial(fit, some).map((one) => present[one])
  return { present, fit, decides }
}
