/** The images that a ranking puts first, with what was left to the order of the images. */
export type TopOfRanking = {
  /** Places of the images in the list, highest score first: exactly as many as the cut. */
  readonly images: readonly number[]
  /** Images of the top whose score another image of the list has too: their place in it is that of the list. */
  readonly tiedWithin: number
  /** Images left out although their score equals the last one taken. */
  readonly tiedBeyond: number
}

/** The `cut` images with the highest scores, exactly that many: of equal scores the image that comes first in the list, so the
 *  list must be in canonical order (that of the dataset). Cost: one sort of the list.
 *  Throws RangeError unless every score is finite and the cut is a whole number from 1 to the length of the list.
 *  @example rankTop([0.9, 0.8, 0.8, 0.8], 2)  // { images: [0, 1], tiedWithin: 1, tiedBeyond: 2 } */
export function rankTop(scores: ArrayLike<number>, cut: number): TopOfRanking {
  if (!Number.isSafeInteger(cut) || cut < 1 || cut > scores.length) {
    throw new RangeError(`rankTop expected a whole cut from 1 to ${scores.length} but received ${cut}`)
  }
  const order = rankImages(scores)
  const images = order.slice(0, cut)
  const isTied = (place: number): boolean =>
    scores[order[place]] === scores[order[place - 1]] || scores[order[place]] === scores[order[place + 1]]
  const last = scores[order[cut - 1]]
  return {
    images,
    tiedWithin: images.filter((_, place) => isTied(place)).length,
    tiedBeyond: order.slice(cut).filter((image) => scores[image] === last).length,
  }
}

/** Places of all images in the list, highest score first; of equal scores the one that comes first in the list.
 *  Throws RangeError unless every score is finite: NaN would leave the order to the sorting method. */
export function rankImages(scores: ArrayLike<number>): number[] {
  const order = Array.from(scores, (_, image) => image)
  const wrong = order.find((image) => !Number.isFinite(scores[image]))
  if (wrong !== undefined) throw new RangeError(`rankImages expected finite scores but received ${scores[wrong]}`)
  return order.sort((a, b) => scores[b] - scores[a]) // stable, by the standard: equal scores stay in the order of the list
}
