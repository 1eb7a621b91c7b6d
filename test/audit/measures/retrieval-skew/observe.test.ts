import { describe, expect, it } from 'vitest'
import { observeRetrieval } from '../../../../src/audit/measures/retrieval-skew/observe.js'
import type { MeasureOf } from '../../../../src/audit/types/measures.js'
import { rankingInput, type RankedImage } from '../ranking-input.js'

const MEASURE: MeasureOf<'retrieval-skew'> = {
  kind: 'retrieval-skew',
  cuts: [2, 3, 9],
  desired: 'dataset',
  as: 'strict',
  bias: [],
  draws: 19,
}

const IMAGES: readonly RankedImage[] = [
  { gender: 'Male', scores: [0.1, 0.5] },
  { gender: 'Female', scores: [0.5, 0.5] },
  { gender: 'unknown', scores: [0.9, 0.5] },
  { gender: 'Male', scores: [0.7, 0.5] },
  { gender: 'Female', scores: [0.5, 0.5] },
  { gender: 'Male', scores: [0.8, 0.9], processed: false },
]

describe('observeRetrieval', () => {
  it('ranks the processed images of known value, ties in the order of the dataset, as far as the longest cut of the list', async () => {
    const [observed, ...others] = await observeRetrieval(rankingInput(IMAGES, MEASURE))
    expect(others).toEqual([]) // the dataset has no shoe-size
    expect(observed).toMatchObject({
      kind: 'retrieval-skew',
      groupBy: ['gender'],
      groups: [[['gender', 'Male']], [['gender', 'Female']]],
      images: [2, 2],
    })
    expect(observed.queries.map(({ ranked, ties }) => [ranked, ties])).toEqual([
      ['0 1 1', [[2, 1, 1], [3, 2, 0]]], // prettier-ignore
      ['0 1 0', [[2, 2, 2], [3, 3, 1]]], // prettier-ignore
    ])
  })

  it('keeps the images that tie with the last one where the published code does', async () => {
    const measure = { ...MEASURE, as: 'debias-vision-lang' } as const
    const [observed] = await observeRetrieval(rankingInput(IMAGES, measure))
    expect(observed.queries.map(({ ranked }) => ranked)).toEqual(['0 1 1', '0 1 0 1'])
    expect(observed.together.map(({ cut }) => cut)).toEqual([2, 3])
  })

  it('says what chance gives over all queries at every cut below the list, and of each outcome', async () => {
    const [observed] = await observeRetrieval(rankingInput(IMAGES, { ...MEASURE, cuts: [1, 4] }))
    expect(observed.queries[0].ties.map(([cut]) => cut)).toEqual([1, 4])
    expect(new Set(observed.together.map(({ cut }) => cut))).toEqual(new Set([1]))
    for (const { means } of observed.together) for (const [, { p }] of means) expect(p).toBeGreaterThan(0)
  })

  it('does not depend on how images come in tiles, nor on images that are not ranked', async () => {
    const known = IMAGES.filter(({ gender, processed }) => gender !== 'unknown' && processed !== false)
    const [all] = await observeRetrieval(rankingInput(IMAGES, MEASURE))
    const [some] = await observeRetrieval(rankingInput(known, MEASURE))
    expect(some).toEqual(all)
  })

  it('observes a cut beyond the list, and the whole list, without stopping', async () => {
    const [observed] = await observeRetrieval(rankingInput(IMAGES, { ...MEASURE, cuts: [4, 100] }))
    expect(observed.together).toEqual([])
    const [none] = await observeRetrieval(rankingInput(IMAGES, { ...MEASURE, cuts: [100] }))
    expect(none.queries[0]).toMatchObject({ ranked: '', ties: [] })
  })
})
