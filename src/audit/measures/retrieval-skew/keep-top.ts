import { rankImages } from './rank-top.js'

const LEAST_ROOM = 256 // images kept between two sortings: fewer would sort all the time

/** The images that may be among the first, taken as they come: never many more than are asked for, whatever the dataset holds. */
export type TopKeeper = {
  /** Images must come in the order of the dataset, which decides between equal scores. */
  readonly offer: (image: number, score: number) => void
  /** All images whose score reaches that of the last one asked for, in the order of the dataset, with their scores. */
  readonly take: () => { readonly images: readonly number[]; readonly scores: readonly number[] }
}

/** Keeps the `most` images with the highest scores and all that tie with the last of them. Throws RangeError for a score that is not finite,
 *  when the images are next sorted. */
export function topKeeper(most: number): TopKeeper {
  let [images, scores]: [number[], number[]] = [[], []]
  let lowest = -Infinity
  let room = Math.max(2 * most, LEAST_ROOM)

  const prune = (): void => {
    const order = rankImages(scores)
    if (order.length > most) lowest = scores[order[most - 1]]
    const isKept = scores.map((score) => score >= lowest)
    images = images.filter((_, place) => isKept[place])
    scores = scores.filter((_, place) => isKept[place])
    room = Math.max(2 * images.length, LEAST_ROOM) // many may tie: then fewer sortings
  }
  return {
    offer: (image, score) => {
      if (score < lowest) return
      images.push(image)
      scores.push(score)
      if (images.length >= room) prune()
    },
    take: () => {
      prune()
      return { images, scores }
    },
  }
}
