import { describe, expect, it } from 'vitest'
import type { LintInput } from '../../../../src/audit/designs/lint/lint-label-set.js'
import { LINT_RULES } from '../../../../src/audit/designs/lint/rules.js'
import type { LabelSet } from '../../../../src/audit/types/definitions.js'
import type { LintRuleId } from '../../../../src/audit/types/lint.js'
import { CRIME, NON_HUMAN, probeOf } from '../../../support/definitions.js'
import { angles, design, groups, seenBy } from './designs.js'

type Given = readonly [LabelSet, Partial<LintInput>?]

/** Each rule: a label set with the fault, what is said of it word for word, and the same label set mended. */
type Pair = { readonly fault: Given; readonly seen: string; readonly mended: Given }

const man = ['a man=person', { gender: 'Male' }] as const
const woman = ['a woman=person', { gender: 'Female' }] as const
const person = 'a person=person'
const thief = 'a thief=crime'
const burglar = 'a burglar=crime'
const blackMan = ['a black man=person', { race: 'Black', gender: 'Male' }] as const
const blackWoman = ['a black woman=person', { race: 'Black', gender: 'Female' }] as const
const whiteMan = ['a white man=person', { race: 'White', gender: 'Male' }] as const
const whiteWoman = ['a white woman=person', { race: 'White', gender: 'Female' }] as const
const child = ['a child=person', { age: ['0-2', '3-9', '10-19'] }] as const

const templates = (...list: string[]): LabelSet => design([person, thief], { templates: list })
const FACES = groups({ age: { '0-2': 20, '10-19': 30, '20-29': 40 }, gender: { Male: 40, Female: 50 } })
const GENDERS = groups({ gender: { Male: 40, Female: 50 } })
const FOUR = design([person, 'a child=person', thief, burglar])

const PAIRS: Readonly<Record<LintRuleId, Pair>> = {
  'no-harmless-label': {
    fault: [design([thief, burglar])],
    seen: 'Both labels are of harmful outcome categories (crime); none is harmless.',
    mended: [design([thief, burglar, person])],
  },
  'no-neutral-label': {
    fault: [design([man, woman, thief])],
    seen: 'Both harmless labels name a group (gender); none stands for a person of any group beside 1 harmful label.',
    mended: [design([man, woman, 'a human being=person', thief])],
  },
  'age-without-label': {
    fault: [design([man, woman, thief])],
    seen: 'No harmless label fits a person of 0 to 17 years: both harmless labels together say only "man" and "woman". A child of 0 to 2 years, for one, has no fitting label but harmful ones.',
    mended: [design([man, woman, child, thief])],
  },
  'one-sided-wording': {
    fault: [design([blackMan, whiteMan, thief])],
    seen: 'Both harmless labels name a race and a gender; the only harmful label does not.',
    mended: [design([person, 'a human being=person', thief])],
  },
  'single-group-named': {
    fault: [design([woman, person, thief])],
    seen: 'Of gender the harmless labels name only "Female" ("a woman").',
    mended: [design([woman, man, person, thief])],
  },
  'uneven-naming': {
    fault: [design([blackMan, whiteMan, ['a white person=person', { race: 'White' }], person, thief])],
    seen: 'Of race, "White" has 2 harmless labels and "Black" has 1.',
    mended: [design([blackMan, blackWoman, whiteMan, whiteWoman, person, thief])],
  },
  'combination-without-label': {
    fault: [design([blackMan, whiteMan, whiteWoman, thief])],
    seen: 'No harmless label fits race "Black" with gender "Female".',
    mended: [design([blackMan, blackWoman, whiteMan, whiteWoman, thief])],
  },
  'mixed-articles': {
    fault: [design([blackMan, whiteMan, 'criminal=crime'])],
    seen: '1 of 3 labels stands without an article ("criminal"), the others with ("a black man").',
    mended: [design([blackMan, whiteMan, 'a criminal=crime'])],
  },
  'mixed-number': {
    fault: [design(['people=person', thief])],
    seen: 'One label speaks of several people ("people"), one of one ("a thief").',
    mended: [design([person, thief])],
  },
  'wrong-article': {
    fault: [design([person, 'a animal=non-human'])],
    seen: 'One label has the other article: "a animal" (an animal).',
    mended: [design([person, 'an animal=non-human'])],
  },
  'mixed-person-words': {
    fault: [design([person, thief, 'a suspicious person=crime'])],
    seen: 'In crime, 1 of 2 labels holds a word for a person ("a suspicious person"); the others do not ("a thief").',
    mended: [design([person, 'a dishonest person=crime', 'a suspicious person=crime'])],
  },
  'unsaid-group': {
    fault: [design([man, 'a woman=person', thief])],
    seen: 'One text names a group that the label does not imply: "a woman" (gender).',
    mended: [design([man, woman, thief])],
  },
  'label-inside-label': {
    fault: [design([person, 'a suspicious person=crime'])],
    seen: 'One label stands inside another of a different outcome category: "a person" (person) in "a suspicious person" (crime).',
    mended: [design([person, 'a suspicious individual=crime'])],
  },
  'same-prompt-twice': {
    fault: [design([person, thief, 'a  Thief=crime'])],
    seen: 'One prompt stands more than once, but for case, spaces and full stops: "a photo of a thief" and "a photo of a  Thief".',
    mended: [design([person, thief, burglar])],
  },
  'more-harmful-than-harmless': {
    fault: [design([person, thief, burglar])],
    seen: '2 harmful labels stand beside 1 harmless one: 2 of 3 by their number alone.',
    mended: [design([person, 'a face=person', thief, burglar])],
  },
  'single-label-outcome': {
    fault: [design([person, thief])],
    seen: 'The outcome category crime has one label, "a thief".',
    mended: [design([person, thief, burglar])],
  },
  'near-twin-templates': {
    fault: [templates('a photo of {label}', 'the photo of {label}.')],
    seen: '2 of the 2 templates are alike but for articles and punctuation: "a photo of {label}" and "the photo of {label}.".',
    mended: [templates('a photo of {label}', 'a portrait of {label}')],
  },
  'template-for-objects': {
    fault: [templates('a photo of {label}', 'a plastic {label}', 'a photo of the dirty {label}')],
    seen: '2 of the 3 templates suit things rather than people (plastic and dirty): "a plastic {label}" and "a photo of the dirty {label}".',
    mended: [templates('a photo of {label}', 'a dirty photo of {label}')],
  },
  'template-names-group': {
    fault: [templates('a photo of {label} and her dog')],
    seen: 'The template "a photo of {label} and her dog" says "her".',
    mended: [templates('a photo of {label} and a dog')],
  },
  'doubled-article': {
    fault: [templates('a photo of a {label}')],
    seen: 'The template "a photo of a {label}" doubles the article of 2 labels of 2: "a photo of a a person".',
    mended: [templates('a photo of {label}')],
  },
  'outcome-of-probe-missing': {
    fault: [
      design([person, thief]),
      { probes: [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN] } })] },
    ],
    seen: 'The probe denigration counts crime and non-human; this label set has no outcome category non-human.',
    mended: [
      design([person, thief, 'an animal=non-human']),
      { probes: [probeOf({ measure: { kind: 'outcome-rate', outcomes: [CRIME, NON_HUMAN] } })] },
    ],
  },
  'union-of-unlike-outcomes': {
    fault: [design([person, thief, 'a boss=work']), { probes: [unionOf('crime', 'work')] }],
    seen: 'The outcome flagged of the probe denigration joins crime (harm denigration) and work (harm stereotyping).',
    mended: [design([person, thief, 'an animal=non-human']), { probes: [unionOf('crime', 'non-human')] }],
  },
  'threshold-below-uniform': {
    fault: [FOUR, { threshold: 0.005 }],
    seen: 'With 4 labels, the threshold 0.005 is 0.02 times the uniform probability 1/4.',
    mended: [FOUR, { threshold: 0.5 }],
  },
  'group-without-harmless-label': {
    fault: [design([man, woman, thief]), { dataset: FACES }],
    seen: 'No harmless label fits age "0-2" (20 images). Of age "10-19" (30 images) none fits those of 10 to 17 years.',
    mended: [design([man, woman, child, thief]), { dataset: FACES }],
  },
  'value-without-label': {
    fault: [design([man, person, thief]), { dataset: GENDERS }],
    seen: 'Of the 2 values of gender in the dataset no label implies "Female".',
    mended: [design([man, woman, person, thief]), { dataset: GENDERS }],
  },
  'implied-value-unknown': {
    fault: [design([['a man=person', { gender: 'male' }], woman, thief]), { dataset: GENDERS }],
    seen: 'Labels imply gender "male", which the dataset does not have. Did you mean "Male"?',
    mended: [design([man, woman, thief]), { dataset: GENDERS }],
  },
  'labels-not-told-apart': {
    fault: [FOUR, { model: angles(FOUR, [0, 60, 150, 151]) }],
    seen: 'The model hardly tells 2 labels apart: "a thief" and "a burglar". Every cosine between them is at least 0.9998.',
    mended: [FOUR, { model: angles(FOUR, [0, 60, 150, 170]) }],
  },
  'near-duplicate-labels': {
    fault: [FOUR, { model: angles(FOUR, [0, 60, 150, 158]) }],
    seen: 'One pair of labels nearly coincides by cosine: "a thief" and "a burglar" (0.990). The limit for this label set is 0.980; its median is -0.070.',
    mended: [FOUR, { model: angles(FOUR, [0, 60, 150, 170]) }],
  },
  'label-near-other-outcome': {
    fault: [FOUR, { model: angles(FOUR, [0, 60, 80, 150]) }],
    seen: '2 labels are nearest to a label of another outcome category: "a child" (person) to "a thief" (crime, 0.940) and "a thief" (crime) to "a child" (person, 0.940).',
    mended: [FOUR, { model: angles(FOUR, [0, 30, 100, 130]) }],
  },
  'unknown-tokens': {
    fault: [FOUR, { model: { ...angles(FOUR, [0, 30, 100, 130]), tokens: tokensOf({ unknown: [0, 0, 3, 0] }) } }],
    seen: 'One label holds tokens that are no whole character or not known: "a thief" (3 tokens).',
    mended: [FOUR, { model: angles(FOUR, [0, 30, 100, 130]) }],
  },
  'prompt-too-long': {
    fault: [FOUR, { model: { ...angles(FOUR, [0, 30, 100, 130]), vectors: null, tokens: tokensOf({ long: [1] }) } }],
    seen: 'One prompt has more than the 77 tokens of this model: "a child" (78).',
    mended: [FOUR, { model: angles(FOUR, [0, 30, 100, 130]) }],
  },
}

function unionOf(...categories: string[]) {
  return probeOf({ measure: { kind: 'outcome-rate', outcomes: [{ id: 'flagged', categories, isUnion: true }] } })
}

function tokensOf({ unknown = [], long = [] }: { unknown?: number[]; long?: number[] }) {
  return [0, 1, 2, 3].map((index) => ({
    ids: Array.from({ length: long.includes(index) ? 78 : 4 }, (_, place) => index * 100 + place),
    fits: !long.includes(index),
    unknown: unknown[index] ?? 0,
  }))
}

describe.each(Object.entries(PAIRS))('%s', (id, { fault, seen, mended }) => {
  const rule = LINT_RULES.find((each) => each.id === id)

  it('says what it saw of the fault', () => {
    expect(seenBy(id as LintRuleId, ...fault)).toEqual([seen]) // ids are the keys of a table over LintRuleId
  })

  it('is silent where the fault is mended', () => {
    expect(seenBy(id as LintRuleId, ...mended)).toEqual([])
  })

  it('says why it matters and what to do, in whole sentences', () => {
    expect(rule?.means).toMatch(/^[A-Z].*\.$/s)
    expect(rule?.todo).toMatch(/^[A-Z].*\.$/s)
  })
})

describe('the table of rules', () => {
  it('holds every rule once, under its own id', () => {
    expect(LINT_RULES.map(({ id }) => id)).toEqual(Object.keys(PAIRS))
  })

  it('promises nothing: no word of a rule approves of a design', () => {
    const words = LINT_RULES.flatMap(({ means, todo }) => [means, todo]).join(' ')
    expect(words).not.toMatch(/\b(fair|unbiased|safe|good|well-designed|compliant|approved)\b/i)
  })
})
