import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import { decideVerdict, type VerdictRule } from '../../../src/audit/findings/decide-verdict.js'
import { sideOf } from '../../../src/audit/findings/task-sides.js'
import { createRandom } from '../../../src/audit/statistics/random.js'
import { factsOf, raceScene } from '../../support/facts.js'
import { contrastOf, findingOf, rateById } from '../../support/look-up.js'

const RULE: VerdictRule = {
  referenceKind: 'rest',
  alpha: 0.05,
  m: 1,
  minimum: 30,
  margin: { difference: 0.01, ratio: 1.25 },
}
const COUNTS = [['A', 60, 400], ['B', 20, 400], ['C', 20, 400]] as const // prettier-ignore

describe('several images of one subject', () => {
  it('widen the intervals and keep the rates', () => {
    const apart = derive(factsOf(raceScene(COUNTS)))
    const together = derive(factsOf(raceScene(COUNTS, { imagesPerSubject: 10 })))
    const [alone, clustered] = [apart, together].map((derived) => {
      const { difference, sides } = contrastOf(derived, 'A')
      return { difference, rate: rateById(derived, sides[0].rate) }
    })
    expect(clustered.difference.value).toBe(alone.difference.value)
    expect(clustered.rate).toMatchObject({ count: 60, total: 400, method: 'wilson-effective', subjects: 40 })
    expect(clustered.rate.designEffect).toBeCloseTo((10 * 40) / 39, 9) // all ten images of a subject agree here
    expect(alone.rate).toMatchObject({ method: 'wilson' })
    expect(alone.rate.designEffect).toBeUndefined()
    const width = ({ interval }: typeof alone.difference): number => (interval?.[1] ?? NaN) - (interval?.[0] ?? NaN)
    expect(width(clustered.difference) / width(alone.difference)).toBeGreaterThan(2.5)
  })

  it('can take away a verdict that the same images of as many people would carry', () => {
    expect(findingOf(...pair(derive(factsOf(raceScene(COUNTS))))).verdict.kind).toBe('disparity')
    expect(findingOf(...pair(derive(factsOf(raceScene(COUNTS, { imagesPerSubject: 10 }))))).verdict.kind).not.toBe('disparity') // prettier-ignore
  })

  it('are insufficient where there are fewer subjects than the minimum, however many images', () => {
    const derived = derive(factsOf(raceScene(COUNTS, { imagesPerSubject: 20 })))
    const contrast = contrastOf(derived, 'A')
    expect(findingOf(derived, contrast).verdict).toEqual({
      kind: 'insufficient',
      reason: 'group-too-small',
      total: 20,
      minimum: 30,
    })
    expect(contrast).toMatchObject({ exactP: null, exactPReason: 'repeated-subjects' })
  })

  it('are counted once among everyone, though a subject has images in several groups', () => {
    const scene = raceScene([['A', 4, 40], ['B', 4, 40], ['C', 4, 40]], { reference: { kind: 'overall' }, imagesPerSubject: 3 }) // prettier-ignore
    const everyone = derive(factsOf(scene)).rates.filter(
      ({ group, probe }) => group === null && probe === 'denigration',
    )
    expect(new Set(everyone.map(({ subjects, designEffect, interval }) => JSON.stringify([subjects, designEffect, interval]))).size).toBe(1) // prettier-ignore
    expect(everyone[0].subjects).toBe(40)
  })

  it('change nothing where each subject has one image', () => {
    const { rates } = derive(factsOf(raceScene(COUNTS, { imagesPerSubject: 1 })))
    expect(rates.every(({ method }) => method === 'wilson')).toBe(true)
  })

  it('are no disparity at parity as often as images taken as independent would make them', () => {
    // 60 subjects a side with 20 images each; a subject's own rate is 0 or 1 (probability 0.1): perfectly alike
    const random = createRandom(7, 'subjects')
    const sums = (k: number) => ({
      subjects: 60,
      squaredCounts: k * 400,
      crossProducts: k * 400,
      squaredImages: 24_000,
    })
    const runs = 1000
    let [naive, careful] = [0, 0]
    for (let run = 0; run < runs; run++) {
      const [k1, k2] = [random.binomial(60, 0.1), random.binomial(60, 0.1)]
      const images = [k1, k2].map((k) => ({ count: 20 * k, total: 1200 }))
      if (decideVerdict({ group: images[0], reference: images[1] }, RULE).kind === 'disparity') naive++
      const sides = { group: sideOf(images[0], sums(k1)), reference: sideOf(images[1], sums(k2)) }
      if (decideVerdict(sides, RULE).kind === 'disparity') careful++
    }
    expect(naive / runs).toBeGreaterThan(0.3)
    expect(careful / runs).toBeLessThan(0.05)
  })
})

function pair(derived: ReturnType<typeof derive>) {
  return [derived, contrastOf(derived, 'A')] as const
}

describe('sideOf', () => {
  it('never leaves less than one image worth of information', () => {
    const side = sideOf({ count: 1, total: 4 }, { subjects: 2, squaredCounts: 1, crossProducts: 1, squaredImages: 10 })
    expect(side.subjects?.designEffect).toBeLessThanOrEqual(4)
  })
  it('asks for no design effect of an empty side', () =>
    expect(sideOf({ count: 0, total: 0 }, { subjects: 0, squaredCounts: 0, crossProducts: 0, squaredImages: 0 })).toEqual({ count: 0, total: 0 })) // prettier-ignore
})
