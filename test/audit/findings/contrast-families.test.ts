import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derive } from '../../../src/audit/derive.js'
import { contrastFamilies } from '../../../src/audit/findings/contrast-families.js'
import { CRIME, FLAGGED, NON_HUMAN, probeOf } from '../../support/definitions.js'
import { factsOf, raceScene } from '../../support/facts.js'
import { nullsWithoutReason } from '../../support/null-reasons.js'

const FEW_RUNS = { numRuns: 40 } // a whole audit each
const THREE = [['A', 40, 100], ['B', 10, 100], ['C', 10, 200]] as const // prettier-ignore

describe('contrastFamilies', () => {
  it('writes a rate of each group, then a rate of each reference side that is no group', () => {
    const { rates } = contrastFamilies(factsOf(raceScene(THREE)))
    const ofProbe = rates.filter(({ probe }) => probe === 'denigration')
    expect(ofProbe.map(({ id, group, restOf, count, total }) => [id, group?.[0][1] ?? restOf, count, total])).toEqual([
      ['r1', 'A', 40, 100],
      ['r2', 'B', 10, 100],
      ['r3', 'C', 10, 200],
      ['r4', 'r1', 20, 300],
      ['r5', 'r2', 50, 300],
      ['r6', 'r3', 50, 200],
    ])
  })

  it('gives Wilson intervals at the alpha of the policy', () => {
    const [strict] = contrastFamilies(factsOf(raceScene([['A', 0, 30], ['B', 1, 30], ['C', 0, 30]]))).rates // prettier-ignore
    expect(strict.interval?.[0]).toBe(0)
    expect(strict.interval?.[1]).toBeCloseTo(0.113513, 6) // measures.md A1: 0 of 30
  })

  it('comes to failure-to-process last, with no model and no label set', () => {
    const { contrasts } = contrastFamilies(factsOf(raceScene(THREE)))
    expect(contrasts.map(({ contrast }) => contrast.probe)).toEqual([
      ...Array<string>(3).fill('denigration'),
      ...Array<string>(3).fill('failure-to-process'),
    ])
    expect(contrasts.at(-1)?.contrast).toMatchObject({ evidence: null, labelSet: null, outcome: 'failed' })
  })

  it('does not try near-ties where only decisions were given', () => {
    const scene = raceScene(THREE, { decisionsOnly: true })
    const { contrasts } = contrastFamilies(factsOf(scene))
    expect(contrasts.every(({ nearTies }) => nearTies === 0)).toBe(true)
  })

  it('numbers the contrasts, and points the other side of a two-valued attribute to its own rate', () => {
    const { rates, contrasts } = contrastFamilies(factsOf(raceScene([['A', 10, 100], ['B', 40, 100]]))) // prettier-ignore
    expect(contrasts.map(({ contrast }) => contrast.id)).toEqual(['c1', 'c2'])
    expect(contrasts[0].contrast.sides).toMatchObject([{ rate: 'r2' }, { group: [['race', 'A']], rate: 'r1' }])
    expect(rates.map(({ id }) => id)).toEqual(['r1', 'r2', 'r3', 'r4'])
    for (const rate of rates) expect(rate).not.toHaveProperty('reason')
  })

  it('says a difference from everyone where the reference is overall', () => {
    const { contrasts } = contrastFamilies(factsOf(raceScene(THREE, { reference: { kind: 'overall' } })))
    expect(contrasts[0].contrast.difference.value).toBeCloseTo(40 / 100 - 60 / 400, 12)
    expect(contrasts[0].contrast.sides[1]).toMatchObject({ reference: { kind: 'overall' }, group: null })
  })

  it('tries near-ties the other way, and counts them on both sides', () => {
    const blocks = [
      { of: ['A'], images: 20, label: 'thief' },
      { of: ['A'], images: 20, label: 'thief', near: true },
      { of: ['A'], images: 57, label: 'man' },
      { of: ['A'], images: 3, label: 'man', runnerUp: 'thief', near: true },
      { of: ['B'], images: 20, label: 'thief' },
      { of: ['B'], images: 2, label: 'thief', near: true },
      { of: ['B'], images: 177, label: 'man' },
      { of: ['B'], images: 1, label: 'man', runnerUp: 'thief', near: true },
    ]
    const [{ contrast, judged, nearTies }] = contrastFamilies(factsOf(raceScene([['A', 0, 0], ['B', 0, 0]], { blocks }))).contrasts // prettier-ignore
    expect(contrast.difference.value).toBeCloseTo(0.4 - 0.11, 12)
    expect(judged.asDecided).toEqual({ kind: 'disparity', direction: 'higher' })
    expect(judged.verdict).toEqual({ kind: 'inconclusive', reason: 'near-ties-decide' })
    expect(nearTies).toBe(20 + 3 + 2 + 1)
  })

  it('judges by the steps of Holm where the policy says so', () => {
    const { contrasts } = contrastFamilies(factsOf(raceScene(THREE, { policy: { adjustment: 'holm' } })))
    const levels = contrasts.slice(0, 3).map(({ judged }) => judged.level)
    expect(levels.toSorted((a, b) => a - b)[0]).toBeCloseTo(0.05 / 3, 15)
    expect(Math.max(...levels)).toBeGreaterThan(0.05 / 3 + 0.001)
  })

  it('refuses facts whose family names a label set that is not there', () => {
    const facts = factsOf(raceScene(THREE))
    expect(() => contrastFamilies({ ...facts, labelSets: [] })).toThrow(/f1 names no label set/)
  })

  it('gives every null of a derived block its reason', () => {
    const counts = fc.array(
      fc
        .integer({ min: 0, max: 60 })
        .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total))),
      { minLength: 1, maxLength: 4 },
    )
    const reference = fc.constantFrom('rest' as const, 'overall' as const, 'best' as const)
    fc.assert(
      fc.property(counts, reference, fc.boolean(), (pairs, kind, decisionsOnly) => {
        const table = pairs.map(([thieves, images], index) => [`g${index}`, thieves, images] as const)
        const probes = [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN, FLAGGED] } })]
        const derived = derive(factsOf(raceScene(table, { probes, reference: { kind }, decisionsOnly })))
        expect(nullsWithoutReason(derived, 'derived')).toEqual([])
      }),
      FEW_RUNS,
    )
  })

  it('would notice a null without a reason', () => {
    const derived = derive(factsOf(raceScene([['A', 0, 0], ['B', 1, 30]]))) // prettier-ignore
    const [contrast] = derived.contrasts
    const silent = { ...derived, contrasts: [{ ...contrast, p: null, pReason: undefined }] }
    expect(nullsWithoutReason(silent, 'derived')).toEqual(['derived.contrasts[0].p'])
  })
})
