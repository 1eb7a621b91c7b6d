import type { Random } from '../../statistics/random.js'

/** Images to fit one classifier to: places in a list of labelled images, ascending. */
export type Drawn = {
  readonly places: Int32Array
  /** Classes of which there are fewer images than were wanted; all of these are taken. */
  readonly fewer: readonly number[]
}

/** Draws the first `shots` images of each class from one shuffle: with an equal `random`, sixteen images of a class hold the eight of a smaller
 *  draw. `classOf`: class of each labelled image. shots 0: all of them, and nothing is drawn. */
export function drawTraining(classOf: Int32Array, classes: number, shots: number, random: Random): Drawn {
  if (shots === 0) return { places: Int32Array.from(classOf.keys()), fewer: [] }
  const ofClass = Array.from({ length: classes }, (): number[] => [])
  classOf.forEach((own, place) => ofClass[own].push(place))
  const drawn = ofClass.map((places) => random.shuffle(places).slice(0, shots))
  return {
    places: Int32Array.from(drawn.flat()).sort(),
    fewer: [...ofClass.keys()].filter((own) => ofClass[own].length > 0 && ofClass[own].length < shots),
  }
}
