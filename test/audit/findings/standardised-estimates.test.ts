import { describe, expect, it } from 'vitest'
import { outcomeTasks } from '../../../src/audit/findings/outcome-tasks.js'
import { standardisedEstimates } from '../../../src/audit/findings/standardised-estimates.js'
import type { StandardisedEstimate } from '../../../src/audit/types/estimates.js'
import { probeOf } from '../../support/definitions.js'
import { factsOf, type Block, type Scene } from '../../support/facts.js'

type Row = readonly [gender: string, age: string, thieves: number, images: number]

function scene(rows: readonly Row[], changes: Partial<Scene> = {}): Scene {
  return {
    attributes: [
      { name: 'gender', values: ['Male', 'Female'] },
      { name: 'age', values: ['young', 'old', 'oldest'] },
    ],
    blocks: rows.flatMap(([gender, age, thieves, images]): Block[] => [
      { of: [gender, age], images: thieves, label: 'thief' },
      { of: [gender, age], images: images - thieves, label: 'man' },
    ]),
    probes: [probeOf({ groupBy: [['gender'], ['age']], standardise: [{ groupBy: ['gender'], over: ['age'] }] })],
    ...changes,
  }
}
function estimatesOf(of: Scene): StandardisedEstimate[] {
  const facts = factsOf(of)
  return standardisedEstimates(facts, outcomeTasks(facts))
}

/** Both genders are put into "crime" alike at each age, but more of the men are young, and the young are put there more. */
const CONFOUNDED: Row[] = [
  ['Male', 'young', 90, 300],
  ['Male', 'old', 10, 100],
  ['Female', 'young', 30, 100],
  ['Female', 'old', 30, 300],
]

describe('standardisedEstimates', () => {
  it('takes away a gap that is only another mix of ages', () => {
    const [estimate, ...others] = estimatesOf(scene(CONFOUNDED))
    expect(others).toEqual([])
    expect(estimate).toMatchObject({
      kind: 'standardised',
      outcome: 'crime',
      over: ['age'],
      group: [['gender', 'Male']],
      reference: [['gender', 'Female']],
      strata: 2,
      strataLeftOut: 0,
      imagesLeftOut: 0,
    })
    expect(estimate.rates?.[0].value).toBeCloseTo(0.2, 12)
    expect(estimate.rates?.[1].value).toBeCloseTo(0.2, 12)
    expect(estimate.difference?.value).toBeCloseTo(0, 12)
    expect(estimate.common?.value).toBeCloseTo(0, 12)
    expect(estimate.difference?.interval?.[0]).toBeLessThan(0)
    expect(estimate.difference?.interval?.[1]).toBeGreaterThan(0)
  })

  it('weighs both genders by the ages of all images together', () => {
    const [{ rates, difference }] = estimatesOf(
      scene([['Male', 'young', 60, 200], ['Male', 'old', 20, 200], ['Female', 'young', 20, 100], ['Female', 'old', 15, 300]]), // prettier-ignore
    )
    // by hand: weights 300 and 500 of 800
    expect(rates?.[0].value).toBeCloseTo((300 * 0.3 + 500 * 0.1) / 800, 12)
    expect(rates?.[1].value).toBeCloseTo((300 * 0.2 + 500 * 0.05) / 800, 12)
    expect(difference?.value).toBeCloseTo(0.06875, 12)
  })

  it('is said against everyone where the plain difference is', () => {
    const rows: Row[] = [['Male', 'young', 60, 200], ['Female', 'young', 20, 200]] // prettier-ignore
    const [rest] = estimatesOf(scene(rows))
    const [overall] = estimatesOf(scene(rows, { reference: { kind: 'overall' } }))
    expect(rest.difference?.value).toBeCloseTo(0.2, 12)
    expect(overall.difference?.value).toBeCloseTo(0.1, 12)
    expect(overall.common?.value).toBeCloseTo(0.1, 12)
    expect(overall.difference?.interval?.[0]).toBeCloseTo((rest.difference?.interval?.[0] ?? NaN) / 2, 12)
  })

  it('leaves out ages that only one side has, and says how many images that is', () => {
    const [estimate] = estimatesOf(scene([...CONFOUNDED, ['Female', 'oldest', 40, 50]]))
    expect(estimate).toMatchObject({ strata: 2, strataLeftOut: 1, imagesLeftOut: 50 })
    expect(estimate.difference?.value).toBeCloseTo(0, 12)
  })

  it('tells an effect that is the same at all ages from one that is not', () => {
    const pOf = (rows: readonly Row[]): number => estimatesOf(scene(rows))[0].sameInAllStrata?.p ?? NaN
    expect(pOf(CONFOUNDED)).toBeGreaterThan(0.9)
    expect(
      pOf([['Male', 'young', 90, 300], ['Male', 'old', 60, 100], ['Female', 'young', 60, 100], ['Female', 'old', 30, 300]]), // prettier-ignore
    ).toBeLessThan(1e-6)
  })

  it('simulates where the cells are too small for the chi-squared curve', () => {
    const rows: Row[] = [['Male', 'young', 3, 20], ['Male', 'old', 1, 20], ['Female', 'young', 1, 20], ['Female', 'old', 2, 20]] // prettier-ignore
    const p = estimatesOf(scene(rows))[0].sameInAllStrata?.p ?? NaN
    expect(p * 100).toBeCloseTo(Math.round(p * 100), 9) // of 99 draws
    expect(p).toBeGreaterThan(0.05)
  })

  it('keeps the values and gives no interval where several images show one subject', () => {
    const [estimate] = estimatesOf(scene(CONFOUNDED, { imagesPerSubject: 10 }))
    expect(estimate).toMatchObject({
      sameInAllStrata: { p: null, reason: 'repeated-subjects' },
      difference: { interval: null, intervalReason: 'repeated-subjects' },
      common: { interval: null, intervalReason: 'repeated-subjects' },
    })
    expect(estimate.rates?.[0].value).toBeCloseTo(0.2, 12)
  })

  it('says why it has nothing: no such attribute, no age that both have, nobody counted', () => {
    const asked = probeOf({ groupBy: [['gender']], standardise: [{ groupBy: ['gender'], over: ['skin-tone'] }] })
    expect(estimatesOf(scene(CONFOUNDED, { probes: [asked] }))[0]).toMatchObject({ rates: null, difference: null, reason: 'attribute-absent' }) // prettier-ignore
    const apart: Row[] = [['Male', 'young', 3, 40], ['Female', 'old', 1, 40]] // prettier-ignore
    expect(estimatesOf(scene(apart))[0]).toMatchObject({ strata: 0, strataLeftOut: 2, imagesLeftOut: 80, rates: null, reason: 'no-overlap' }) // prettier-ignore
    const nobody: Row[] = [['Male', 'young', 0, 40], ['Female', 'young', 0, 40]] // prettier-ignore
    expect(estimatesOf(scene(nobody))[0]).toMatchObject({
      difference: { value: 0 },
      common: null,
      commonReason: 'no-variation',
      sameInAllStrata: { p: null, reason: 'no-variation' },
    })
  })

  it('is made only where a probe asks', () => {
    expect(estimatesOf(scene(CONFOUNDED, { probes: [probeOf({ groupBy: [['gender']] })] }))).toEqual([])
  })
})
