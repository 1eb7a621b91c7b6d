import type { Label } from '../../types/definitions.js'
import { ageBand, ANY_AGE, sharedAges, type AgeBand } from './age-band.js'
import { ARTICLES, PERSON_WORDS, type Gender, type PersonWord } from './lexicon.js'

/** What the lint understands of one label, from its words and from what it implies. */
export type LabelWords = {
  /** The words in lower case, the article left out. */
  readonly words: readonly string[]
  readonly article: string | null
  /** The known words for a person in it, as they stand: `man`. */
  readonly personWords: readonly string[]
  readonly gender: Gender | null
  /** Ages that the label fits: of the implied age values where there are any, else of its words. Null where nothing says that it is about people. */
  readonly ages: readonly AgeBand[] | null
  readonly isPlural: boolean
}

/** Reads a label's text as English words and its implications. */
export function labelWords({ text, implies }: Pick<Label, 'text' | 'implies'>): LabelWords {
  const all = splitWords(text)
  const article = ARTICLES.has(all[0] ?? '') ? all[0] : null
  const words = article === null ? all : all.slice(1)
  const known = words.flatMap((word, index) => {
    const meaning = words[index - 1] === 'non' ? undefined : PERSON_WORDS.get(word) // "non-human" is nobody
    return meaning === undefined ? [] : [{ word, meaning }]
  })
  const people = known.filter(({ meaning }) => meaning.isPerson)
  const isAboutPeople = people.length > 0 || implies.length > 0
  return {
    words,
    article,
    personWords: people.map(({ word }) => word),
    gender: known.map(({ meaning }) => meaning.gender).find((gender) => gender !== null) ?? null,
    ages: impliedAges(implies) ?? (isAboutPeople ? [agesOfWords(known.map(({ meaning }) => meaning))] : null),
    isPlural: people.some(({ meaning }) => meaning.isPlural),
  }
}

/** Letters and digits of any script, in lower case; hyphens part words, apostrophes do not. */
export function splitWords(text: string): readonly string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}'\u2019]+/u)
    .filter((word) => word !== '')
}

/** Whether an attribute is about age or gender, by its name: what datasets call them. */
export const isAgeName = (attribute: string): boolean => /(^|[^a-z])ages?([^a-z]|$)/i.test(attribute)
export const isGenderName = (attribute: string): boolean => /(^|[^a-z])(gender|sex)([^a-z]|$)/i.test(attribute)

/** The ages that the value of an age attribute covers, written as a band (`0-2`) or as a word (`child`). */
export function agesOfValue(value: string): AgeBand | null {
  return ageBand(value) ?? PERSON_WORDS.get(value.trim().toLowerCase())?.ages ?? null
}

function impliedAges(implies: Label['implies']): readonly AgeBand[] | null {
  const values = implies.filter(({ attribute }) => isAgeName(attribute)).flatMap((each) => each.values)
  // a value that cannot be read may mean any age: no warning is better than a wrong one
  return values.length === 0 ? null : values.map((value) => agesOfValue(value) ?? ANY_AGE)
}

/** "An elderly man" is both; words that exclude each other ("a baby woman") leave any age. */
function agesOfWords(known: readonly PersonWord[]): AgeBand {
  return known.reduce<AgeBand>((ages, meaning) => sharedAges(ages, meaning.ages) ?? ages, ANY_AGE)
}
