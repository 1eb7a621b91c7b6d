import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lintLabelSet } from '../../../../src/audit/designs/lint/lint-label-set.js'
import { probeOf } from '../../../support/definitions.js'
import { angles, design, groups, inputOf, seenBy, warningsOf } from './designs.js'

const korean = design(['사람=person', '남자=person', '도둑=crime'])

describe('lintLabelSet', () => {
  it('says that it cannot read the words of a language it does not know, instead of finding fault with them', () => {
    const { notChecked, warnings } = lintLabelSet(inputOf(korean))
    expect(notChecked.filter(({ reason }) => reason === 'words-not-known').map(({ rule }) => rule)).toContain(
      'age-without-label',
    )
    expect(warnings.map(({ rule }) => rule)).toEqual(['single-label-outcome'])
  })

  it('puts warnings before notes and names labels by their ids', () => {
    const said = warningsOf(design(['a man=person', 'a thief=crime']))
    const severities = said.map(({ severity }) => severity)
    expect(severities).toEqual([...severities].sort().reverse())
    expect(said.find(({ rule }) => rule === 'single-label-outcome')?.labels).toEqual(['label-1'])
  })

  it('does not change the label set', () => {
    const frozen = design(['a man=person', 'a thief=crime'])
    const before = JSON.stringify(frozen)
    warningsOf(frozen)
    expect(JSON.stringify(frozen)).toBe(before)
  })

  it('has nothing to say of ages and neutral labels where no outcome does harm', () => {
    expect(warningsOf(design(['a man=person', 'a woman=person'])).map(({ rule }) => rule)).not.toContain(
      'age-without-label',
    )
  })

  it('shows names with control characters escaped', () => {
    const [seen] = seenBy('single-label-outcome', design(['a person=person', 'a \u001b[31mthief=crime']))
    expect(seen).toBe('The outcome category crime has one label, "a \\u001b[31mthief".')
  })
})

describe('the groups of a dataset', () => {
  const races = { race: { Black: 10, White: 10 }, gender: { Male: 10, Female: 10 } }
  const labels = [
    ['a black man=person', { race: 'Black', gender: 'Male' }],
    ['a white woman=person', { race: 'White', gender: 'Female' }],
    'a thief=crime',
  ] as const

  it('finds combinations that have images and no label', () => {
    const dataset = groups(races, ([race, gender]) => ((race === 'Black') === (gender === 'Male') ? 9 : 1))
    expect(seenBy('group-without-harmless-label', design(labels), { dataset })).toEqual([
      'No harmless label fits race with gender "Black" with "Female" (1 image) and "White" with "Male" (1 image).',
    ])
  })

  it('leaves out combinations without an image', () => {
    const dataset = groups(races, ([race, gender]) => ((race === 'Black') === (gender === 'Male') ? 10 : 0))
    expect(seenBy('group-without-harmless-label', design(labels), { dataset })).toEqual([])
  })

  it('says which attribute is missing and what was meant', () => {
    const dataset = groups({ ethnicity: { Black: 1 }, genders: { Male: 1 } })
    expect(seenBy('implied-value-unknown', design(labels), { dataset })).toEqual([
      'Labels imply "race", which the dataset does not have (it has ethnicity and genders).',
      'Labels imply "gender", which the dataset does not have (it has ethnicity and genders). Did you mean "genders"?',
    ])
  })

  it('says when a group that labels speak of has no image', () => {
    const dataset = groups({ race: { Black: 10, White: 0 }, gender: { Male: 10, Female: 1 } })
    expect(seenBy('implied-value-unknown', design(labels), { dataset })).toEqual([
      'Labels imply race "White", of which the dataset has 0 images.',
    ])
  })
})

describe('any label set', () => {
  const outcome = fc.constantFrom('person', 'crime', 'non-human')
  const word = fc.constantFrom('a', 'an', 'black', 'man', 'women', 'child', 'thief', 'person', '3', '사람', 'non-human')
  const text = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '))
  const implies = fc.dictionary(
    fc.constantFrom('race', 'age', 'gender', '__proto__'),
    fc.constantFrom('Black', '0-2', 'Male', 'more than 70'),
    { maxKeys: 2, noNullPrototype: true },
  )
  const labels = fc.array(fc.tuple(text, outcome, implies), { minLength: 2, maxLength: 8 })
  const dataset = groups({
    race: { Black: 3, White: 0 },
    age: { '0-2': 1, '20-29': 2 },
    gender: { Male: 2, Female: 1 },
  })

  it('is linted without an error, in sentences without a hole', () => {
    fc.assert(
      fc.property(labels, fc.integer({ min: 0, max: 359 }), (written, turn) => {
        const set = design(written.map(([words, id, implied], index) => [`${words} ${index}=${id}`, implied] as const))
        const degrees = written.map((_, index) => index * turn)
        const said = warningsOf(set, { dataset, threshold: 0.1, model: angles(set, degrees), probes: [probeOf()] })
        for (const { seen } of said) expect(seen).toMatch(/^[A-Z0-9"].*[^ ][.?]$/s)
        expect(said.map(({ seen }) => seen).join(' ')).not.toMatch(
          /undefined|NaN|null|\[object|\b1 (labels|images)| {2}/,
        )
      }),
    )
  })
})
