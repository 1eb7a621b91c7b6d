import { ADULT_AGE, ANY_AGE, OLDEST, type AgeBand } from './age-band.js'

export type Gender = 'masculine' | 'feminine'

/** What an English word says of a person. `isPerson` is false for adjectives ("elderly"). */
export type PersonWord = {
  readonly gender: Gender | null
  readonly ages: AgeBand
  readonly isPerson: boolean
  readonly isPlural: boolean
}

const adults: AgeBand = { from: ADULT_AGE, to: OLDEST }
const children: AgeBand = { from: 0, to: ADULT_AGE - 1 }

const NOUNS: readonly (readonly [one: string, many: string, gender: Gender | null, ages: AgeBand])[] = [
  ['man', 'men', 'masculine', adults],
  ['gentleman', 'gentlemen', 'masculine', adults],
  ['guy', 'guys', 'masculine', adults],
  ['woman', 'women', 'feminine', adults],
  ['lady', 'ladies', 'feminine', adults],
  ['boy', 'boys', 'masculine', children],
  ['girl', 'girls', 'feminine', children],
  ['male', 'males', 'masculine', ANY_AGE],
  ['female', 'females', 'feminine', ANY_AGE],
  ['adult', 'adults', null, adults],
  ['child', 'children', null, children],
  ['kid', 'kids', null, children],
  ['minor', 'minors', null, children],
  ['baby', 'babies', null, { from: 0, to: 2 }],
  ['infant', 'infants', null, { from: 0, to: 2 }],
  ['newborn', 'newborns', null, { from: 0, to: 0 }],
  ['toddler', 'toddlers', null, { from: 1, to: 3 }],
  ['teenager', 'teenagers', null, { from: 13, to: 19 }],
  ['teen', 'teens', null, { from: 13, to: 19 }],
  ['adolescent', 'adolescents', null, { from: 10, to: 19 }],
  ['pensioner', 'pensioners', null, { from: 60, to: OLDEST }],
  ['person', 'people', null, ANY_AGE],
  ['individual', 'individuals', null, ANY_AGE],
  ['human', 'humans', null, ANY_AGE],
  ['face', 'faces', null, ANY_AGE],
]

const OTHERS: readonly (readonly [word: string, meaning: PersonWord])[] = [
  ['persons', { gender: null, ages: ANY_AGE, isPerson: true, isPlural: true }],
  ['someone', { gender: null, ages: ANY_AGE, isPerson: true, isPlural: false }],
  ['somebody', { gender: null, ages: ANY_AGE, isPerson: true, isPlural: false }],
  ['elderly', { gender: null, ages: { from: 60, to: OLDEST }, isPerson: false, isPlural: false }],
]

/** The English words that the lint knows. `male` and `female` are also adjectives, which does no harm here. */
export const PERSON_WORDS: ReadonlyMap<string, PersonWord> = new Map([
  ...NOUNS.flatMap(([one, many, gender, ages]): (readonly [string, PersonWord])[] => [
    [one, { gender, ages, isPerson: true, isPlural: false }],
    [many, { gender, ages, isPerson: true, isPlural: true }],
  ]),
  ...OTHERS,
])

/** Values of a gender attribute beside the words above, as datasets write them. */
const GENDER_VALUES: ReadonlyMap<string, Gender> = new Map([
  ['m', 'masculine'],
  ['f', 'feminine'],
])

/** The gender that the value of an attribute names: `Male`, `woman`, `F`. Null for any other value. */
export function genderOf(value: string): Gender | null {
  const word = value.trim().toLowerCase()
  return PERSON_WORDS.get(word)?.gender ?? GENDER_VALUES.get(word) ?? null
}

export const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the'])
