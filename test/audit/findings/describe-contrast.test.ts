import { describe, expect, it } from 'vitest'
import { describeContrast } from '../../../src/audit/findings/describe-contrast.js'
import { judgeContrast } from '../../../src/audit/findings/judge-contrast.js'
import type { Contrast } from '../../../src/audit/types/derived.js'

type Counts = readonly [count: number, total: number]

function describeOf(group: Counts, reference: Counts, q: number | null = 0.5): Contrast {
  const sides = {
    group: { count: group[0], total: group[1] },
    reference: { count: reference[0], total: reference[1] },
  }
  const judged = judgeContrast({
    ...sides,
    referenceKind: 'rest',
    alpha: 0.05,
    m: 1,
    minimum: 30,
    margin: { difference: 0.01, ratio: 1.25 },
  })
  return describeContrast(
    {
      id: 'c1',
      kind: 'groups',
      probe: 'p',
      family: 'f1',
      evidence: 'e1',
      labelSet: 's',
      outcome: 'crime',
      groupBy: ['race'],
      sides: [
        { group: [['race', 'A']], rate: 'r1' },
        { reference: { kind: 'rest' }, group: null, rate: 'r2' },
      ],
    },
    judged,
    { sides, q },
  )
}

describe('describeContrast', () => {
  it('writes an infinite bound as null and says that it is unbounded', () => {
    const { ratio } = describeOf([5, 750], [0, 750])
    expect(ratio).toMatchObject({
      value: null,
      reason: 'zero-reference-rate',
      unbounded: true,
      adjustedUnbounded: true,
    })
    expect(ratio.interval?.[1]).toBeNull()
  })

  it('leaves the reasons out where there is a number', () => {
    const contrast = describeOf([50, 200], [30, 300])
    expect(Object.keys(contrast).filter((key) => key.endsWith('Reason'))).toEqual(['neededReason'])
    expect(contrast.neededReason).toBe('settled')
    expect(Object.keys(contrast.ratio)).not.toContain('reason')
  })

  it('gives every absent number its reason where a side has no images', () => {
    expect(describeOf([0, 0], [30, 300])).toMatchObject({
      difference: { value: null, reason: 'no-images', interval: null, intervalReason: 'no-images', adjusted: null },
      direction: null,
      directionReason: 'no-images',
      p: null,
      pReason: 'no-images',
      exactP: null,
      exactPReason: 'zero-margin',
    })
    expect(describeOf([3, 40], [0, 0])).toMatchObject({ margins: null, marginsReason: 'no-images' })
  })

  it('gives the reasons of absent intervals and no others, also of the adjusted one', () => {
    const { difference, ratio } = describeOf([0, 0], [30, 300])
    for (const one of [difference, ratio]) {
      expect(one).toMatchObject({ intervalReason: 'no-images', adjustedReason: 'no-images' })
      expect(one).not.toHaveProperty('unbounded')
      expect(one).not.toHaveProperty('adjustedUnbounded')
    }
    const given = describeOf([50, 200], [30, 300])
    for (const one of [given.difference, given.ratio]) {
      expect(Object.keys(one)).toEqual(['value', 'interval', 'method', 'adjusted'])
    }
  })

  it('names the method of each number', () =>
    expect(describeOf([50, 200], [30, 300])).toMatchObject({
      difference: { method: 'newcombe' },
      ratio: { method: 'score' },
      pMethod: 'margin',
    }))

  it('says why a comparison is left out of the q-values', () => {
    expect(describeOf([3, 20], [30, 300], null)).toMatchObject({ q: null, qReason: 'group-too-small' })
    expect(describeOf([0, 0], [30, 300], null)).toMatchObject({ q: null, qReason: 'no-images' })
  })

  it('has no reason for images needed where their number is given', () => {
    const open = describeOf([40, 300], [30, 300])
    expect(open.needed).toBeGreaterThan(300)
    expect(open).not.toHaveProperty('neededReason')
  })

  it("gives Fisher's p beside the margin p", () => {
    // tea tasting, 3 of 4 against 1 of 4: two-sided p = 34/70 (Fisher 1935)
    expect(describeOf([3, 4], [1, 4]).exactP).toBeCloseTo(34 / 70, 12)
    expect(describeOf([3, 40], [3, 40]).exactP).toBe(1)
  })

  it("has no Fisher's p where nobody, or everybody, was put into the outcome", () => {
    expect(describeOf([0, 40], [0, 40])).toMatchObject({ exactP: null, exactPReason: 'zero-margin' })
    expect(describeOf([40, 40], [40, 40])).toMatchObject({ exactP: null, exactPReason: 'zero-margin' })
  })
})
