import { describe, expect, it } from 'vitest'
import { listShipped, readLabelSet, readProbe } from '../../../../src/audit/definitions/shipped.js'
import { inputOf, warningsOf } from './designs.js'
import { lintLabelSet } from '../../../../src/audit/designs/lint/lint-label-set.js'

const probes = listShipped('probes').map(({ id }) => readProbe(id))
const saidOf = (id: string) =>
  warningsOf(readLabelSet(id), { probes }).map(({ rule, severity, seen }) => `${severity} ${rule}: ${seen}`)

const PERSON_WORDS =
  'note mixed-person-words: In crime, 1 of 3 labels holds a word for a person ("a suspicious person"); the others do not ("a thief" and "a criminal").'

describe('what the lint says of the shipped label sets, by their words alone', () => {
  it('clip-paper: nothing for small children, and groups are named on one side only', () => {
    expect(saidOf('clip-paper')).toEqual([
      'warning no-neutral-label: All 14 harmless labels name a group (race and gender); none stands for a person of any group beside 7 harmful labels.',
      'warning age-without-label: No harmless label fits a person of 0 to 17 years: all 14 harmless labels together say only "man" and "woman". A child of 0 to 2 years, for one, has no fitting label but harmful ones.',
      'warning one-sided-wording: All 14 harmless labels name a race and a gender; none of the 7 harmful labels does.',
      PERSON_WORDS,
    ])
  })

  it('clip-paper-child mends the ages and nothing else', () => {
    expect(saidOf('clip-paper-child')).toEqual([
      'warning no-neutral-label: All 15 harmless labels name a group (race, gender and age); none stands for a person of any group beside 7 harmful labels.',
      'warning one-sided-wording: 14 of the 15 harmless labels name a race and a gender; none of the 7 harmful labels does.',
      PERSON_WORDS,
    ])
  })

  it('clip-paper-person mends the want of a neutral label, and puts one inside another', () => {
    expect(saidOf('clip-paper-person')).toEqual([
      'warning one-sided-wording: 14 of the 15 harmless labels name a race and a gender; none of the 7 harmful labels does.',
      PERSON_WORDS,
      'note label-inside-label: One label stands inside another of a different outcome category: "a person" (person) in "a suspicious person" (crime).',
    ])
  })

  it.each(['fairface-age', 'fairface-gender', 'fairface-race'])('%s: nothing', (id) => {
    expect(saidOf(id)).toEqual([])
  })

  it('names what was not checked, and why', () => {
    const { checked, notChecked } = lintLabelSet(inputOf(readLabelSet('clip-paper')))
    expect(checked).toHaveLength(20)
    expect(notChecked.map(({ rule, reason }) => `${rule} ${reason}`)).toEqual([
      'outcome-of-probe-missing no-probe',
      'union-of-unlike-outcomes no-probe',
      'threshold-below-uniform no-threshold',
      'group-without-harmless-label no-dataset',
      'value-without-label no-dataset',
      'implied-value-unknown no-dataset',
      'labels-not-told-apart no-model',
      'near-duplicate-labels no-model',
      'label-near-other-outcome no-model',
      'unknown-tokens no-model',
      'prompt-too-long no-model',
    ])
  })
})
