import type { Random } from '../../statistics/random.js'

/** `scores`: images x captions, row-major, the cosine of every image with every caption. `codes`: the group of each image. */
export type CaptionScores = {
  readonly captions: number
  readonly scores: Float32Array
  readonly codes: Uint16Array
  readonly groups: number
}

/** C-ASC of every caption with every group (So-B-IT, Hamidieh et al. 2024): mean cosine with the images of the group less that with all other
 *  images, over the deviation (population) of the caption's cosines with all. Captions x groups, row-major; NaN where a side has no image or
 *  the cosines are all equal. Cost: two passes over the scores. */
export function captionAssociations(of: CaptionScores): Float64Array {
  const associations = new Float64Array(of.captions * of.groups)
  associator(of)(of.codes, associations)
  return associations
}

/** The same when the groups are permuted over the images, once for all captions: `each` is called with every draw, in an array that the next
 *  draw overwrites. Cost: draws x captions x images, some 3 ns each. */
export function permutedAssociations(
  of: CaptionScores,
  { draws, random }: { readonly draws: number; readonly random: Random },
  each: (associations: Float64Array) => void,
): void {
  const associate = associator(of)
  const associations = new Float64Array(of.captions * of.groups)
  const permuted = of.codes.slice()
  for (let draw = 0; draw < draws; draw++) {
    for (let i = permuted.length - 1; i > 0; i--) {
      const j = random.below(i + 1)
      const code = permuted[i]
      permuted[i] = permuted[j]
      permuted[j] = code
    }
    associate(permuted, associations)
    each(associations)
  }
}

/** What does not move when groups do, sizes, totals and deviations, is computed once. Sums run along the captions of one image after another:
 *  caption by caption, each sum would wait for the one before. */
function associator({
  captions,
  scores,
  codes,
  groups,
}: CaptionScores): (codes: Uint16Array, to: Float64Array) => void {
  const images = codes.length
  const sizes = sizesOf(codes, groups)
  const spreads = Array.from({ length: captions }, (_, caption) =>
    spreadOf(Float32Array.from({ length: images }, (_, image) => scores[image * captions + caption])),
  )
  const sums = new Float64Array(groups * captions)
  return (given, to) => {
    sums.fill(0)
    for (let image = 0; image < images; image++) {
      const [from, into] = [image * captions, given[image] * captions]
      for (let caption = 0; caption < captions; caption++) sums[into + caption] += scores[from + caption]
    }
    for (let group = 0; group < groups; group++)
      for (let caption = 0; caption < captions; caption++) {
        const { total, deviation } = spreads[caption]
        const sum = sums[group * captions + caption]
        const difference = sum / sizes[group] - (total - sum) / (images - sizes[group])
        to[caption * groups + group] = deviation === 0 ? NaN : difference / deviation
      }
  }
}

export function sizesOf(codes: Uint16Array, groups: number): number[] {
  const sizes = Array<number>(groups).fill(0)
  for (const code of codes) sizes[code]++
  return sizes
}

/** Sum and population deviation; 0 exactly where all are equal, which sums of squares would not give. */
function spreadOf(values: Float32Array): { readonly total: number; readonly deviation: number } {
  let [total, squares, isConstant] = [0, 0, true]
  for (let i = 0; i < values.length; i++) {
    total += values[i]
    isConstant &&= values[i] === values[0]
  }
  if (isConstant) return { total, deviation: 0 }
  const mean = total / values.length
  for (let i = 0; i < values.length; i++) squares += (values[i] - mean) ** 2
  return { total, deviation: Math.sqrt(squares / values.length) }
}
