import { describe, expect, it } from 'vitest'
import type { DesiredMix } from '../../../src/audit/measures/retrieval-skew/desired-shares.js'
import { rankTop } from '../../../src/audit/measures/retrieval-skew/rank-top.js'
import { retrievalSkew } from '../../../src/audit/measures/retrieval-skew/retrieval-skew.js'
import { topOfList, type RankedList } from '../measures/retrieval-skew/top-of-list.js'
import { countAssociations } from '../../../src/audit/measures/top-k-association/count-associations.js'
import { createRandom } from '../../../src/audit/statistics/random.js'

// What other tools get wrong, by the numbers of measures.md, part C: rankings and lists of labels.

const TIED = { scores: [0.9, 0.8, 0.8, 0.8, 0.5, 0.4], values: [0, 1, 2, 1, 0, 2] }

describe('what others get wrong in retrieval', () => {
  it.each([
    [2, 0.405465108, 0.830466356, 1.098612289, 0.846017729],
    [3, 0, 0.635606259, 0.693147181, 0.647508668], // the last is printed as ...677 there, a slip
  ])(
    'measures.md C9: of ties at the cut %i exactly as many are taken; the published way takes all four',
    (cut, maxSkew, ndkl, publishedMaxSkew, publishedNdkl) => {
      expect(rankTop(TIED.scores, cut).images).toHaveLength(cut)
      const strict = skewOf(TIED, cut, 'uniform', 'strict').figures
      expect([strict?.maxSkew.skew, strict?.ndkl]).toEqual([close(maxSkew), close(ndkl)])
      const published = skewOf(TIED, cut, 'uniform', 'debias-vision-lang').figures
      expect(published).toMatchObject({
        taken: 4,
        maxSkew: { skew: close(publishedMaxSkew) },
        ndkl: close(publishedNdkl),
      })
    },
  )

  it('measures.md C10: the skew of the whole list is refused, not reported as 0', () => {
    expect(skewOf(TIED, 6, 'dataset', 'strict')).toEqual({ figures: null, reason: 'no-variation' })
    expect(skewOf(TIED, 6, 'dataset', 'debias-vision-lang').figures?.maxSkew.skew).toBe(0)
    expect(skewOf(TIED, 7, 'dataset', 'strict')).toEqual({ figures: null, reason: 'cut-exceeds-list' })
  })

  it('measures.md C11: ordered scores have another skew than random ones, which the whole list does not show', () => {
    const values = Array.from({ length: 100 }, (_, image) => image % 2)
    const random = createRandom(1, 'scores')
    const ordered = { scores: values.map((value, image) => (value === 0 ? 1 : 0) - image / 1000), values }
    const shuffled = { scores: values.map(() => random.uniform()), values }
    const skewAt = (list: typeof ordered): number | undefined =>
      skewOf(list, 50, 'dataset', 'strict').figures?.maxSkew.skew
    expect(skewAt(ordered)).toBe(Math.log(2))
    expect(skewAt(shuffled)).toBeLessThan(0.3)
    const atWholeList = [ordered, shuffled].map(
      (list) => skewOf(list, 100, 'dataset', 'debias-vision-lang').figures?.maxSkew.skew,
    )
    expect(atWholeList).toEqual([0, 0])
  })

  it('measures.md C14: an image without a label above the threshold stays in the total', () => {
    const images = [[], [{ label: 'dog', score: 0.6 }]]
    const associations = [{ id: 'non-human', labels: new Set(['dog']) }]
    expect(countAssociations(images, associations, { threshold: 0.5, most: 5 })).toEqual([
      { association: 'non-human', count: 1, total: 2 },
    ])
    expect(countAssociations(images, associations, { threshold: 0.7, most: 5 })[0]).toMatchObject({
      count: 0,
      total: 2,
    })
  })

  it('measures.md C14: the threshold comes before the top labels, which are the highest whatever their order', () => {
    const listed = ['cat', 'dog', 'ape'].map((label, place) => ({ label, score: [0.1, 0.6, 0.7][place] }))
    const associations = [{ id: 'dog', labels: new Set(['dog']) }]
    const countAt = (most: number): number =>
      countAssociations([listed], associations, { threshold: 0.5, most })[0].count
    expect([countAt(1), countAt(2)]).toEqual([0, 1])
  })
})

function skewOf(
  list: RankedList,
  cut: number,
  mix: DesiredMix,
  as: 'strict' | 'debias-vision-lang',
): ReturnType<typeof retrievalSkew> {
  return retrievalSkew(topOfList(list, cut), { mix, as })
}

function close(value: number): number {
  return expect.closeTo(value, 9) as number // stands where a number is compared
}
