import { describe, expect, it } from 'vitest'
import { equalMix } from '../../../../src/audit/report/view/equal-mix.js'
import { wordsFor } from '../../../../src/audit/report/words.js'
import type { StandardisedEstimate } from '../../../../src/audit/types/estimates.js'
import { exampleAudit } from '../example-audit.js'

const audit = exampleAudit()
const [first] = audit.derived.estimates.filter((estimate) => estimate.kind === 'standardised')

function tables(...changes: Partial<StandardisedEstimate>[]) {
  const estimates = changes.map((change) => ({ ...first, ...change }))
  return equalMix(wordsFor({ ...audit, derived: { ...audit.derived, estimates } }))
}

function row(change: Partial<StandardisedEstimate>) {
  return tables(change)[0]?.outcomes[0]?.rows[0]
}

describe('equalMix', () => {
  it('makes one table per label set, grouping and mix, with rows under their outcome', () => {
    const all = equalMix(wordsFor(audit))
    expect(all.map(({ caption }) => caption)).toEqual([
      'By gender, at an equal mix of race × age, label set clip-paper',
      'By gender, at an equal mix of race × age, label set clip-paper-child',
      'By race, at an equal mix of gender × age, label set clip-paper',
      'By race, at an equal mix of gender × age, label set clip-paper-child',
    ])
    expect(all[2]?.outcomes.map(({ outcome, rows }) => [outcome, rows.length])).toEqual([
      ['non-human', 7],
      ['crime', 7],
      ['flagged', 7],
    ])
  })

  it('closes long tables and leaves short ones open', () => {
    expect(equalMix(wordsFor(audit)).map(({ isLong }) => isLong)).toEqual([false, false, true, true])
  })

  it('sets the difference at an equal mix beside the difference as it is, with the counts of both sides', () => {
    const value = { value: 0.0791, interval: [0.0612, 0.097] } as const
    const rates = [
      { value: 0.184, interval: [0.174, 0.194] },
      { value: 0.079, interval: [0.07, 0.09] },
    ] as const
    expect(row({ outcome: 'crime', difference: value, common: value, rates, sameInAllStrata: { p: 0.7482 } })).toEqual({
      group: 'Male',
      reference: 'against Female',
      counts: ['1,099 of 5,811', '450 of 5,152'],
      plain: { value: '10.2', interval: '8.9 to 11.4' },
      rates: ['18.4% (17.4–19.4%)', '7.9% (7.0–9.0%)'],
      difference: { value: '7.9', interval: '6.1 to 9.7' },
      common: { value: '7.9', interval: '6.1 to 9.7' },
      same: '0.75',
      strata: '58',
      leftOut: 'left out: 5, with 41 images',
    })
  })

  it('says nothing of combinations left out where none was', () => {
    expect(row({ strataLeftOut: 0, imagesLeftOut: 0 })?.leftOut).toBe('')
  })

  it('names everyone else, and takes the comparison of the same group', () => {
    const asian = { groupBy: ['race'], group: [['race', 'East Asian']], reference: null } as const
    expect(row(asian)).toMatchObject({ group: 'East Asian', reference: 'against everyone else', counts: ['0 of 1,549', '304 of 9,398'] }) // prettier-ignore
  })

  it('says why there is no difference at an equal mix, and keeps the plain one', () => {
    const none = { rates: null, difference: null, common: null, sameInAllStrata: null, reason: 'no-overlap' } as const
    expect(row({ outcome: 'crime', ...none })).toMatchObject({
      plain: { value: '10.2' },
      rates: ['no combination has images on both sides'],
      difference: { value: '–', interval: '' },
      common: { value: '–', interval: '' },
      same: '–',
    })
  })

  it('says why an interval, a common difference or a test is not there', () => {
    const clustered = { value: 0.05, interval: null, intervalReason: 'repeated-subjects' } as const
    const changes = {
      common: null,
      commonReason: 'no-variation',
      sameInAllStrata: { p: null, reason: 'repeated-subjects' },
    } as const
    const found = row({ difference: clustered, rates: [clustered, clustered], ...changes })
    expect(found?.difference).toEqual({ value: '5.0', interval: 'several images show one subject' })
    expect(found?.rates).toEqual(['5.0%', '5.0%'])
    expect(found?.common).toEqual({ value: 'too few were, or were not, put there', interval: '' })
    expect(found?.same).toBe('several images show one subject')
  })

  it('prints what it has where the audit holds no such comparison', () => {
    expect(row({ outcome: 'other' })).toMatchObject({ counts: [], plain: { value: '–', interval: '' } })
  })

  it('is empty where nothing was asked for', () => {
    expect(tables()).toEqual([])
  })
})
