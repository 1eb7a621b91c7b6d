import type { Label } from '../types/definitions.js'
import { ADULT_AGE, type AgeBand } from './lint/age-band.js'
import { articleBefore } from './lint/english-article.js'
import { agesOfValue, isAgeName, isGenderName } from './lint/label-words.js'
import { genderOf, type Gender } from './lint/lexicon.js'

type Attribute = { readonly name: string; readonly values: readonly string[] }

/** One label per combination of attribute values, in English words, each implying the values it was made of: race and gender give
 *  "a black woman", race alone "a black person", age "a person aged 3 to 9". In the order of the attributes and their values. */
export function personLabels(attributes: readonly Attribute[]): readonly Pick<Label, 'text' | 'implies'>[] {
  const crossed = attributes.reduce<readonly (readonly (readonly [string, string])[])[]>(
    (groups, { name, values }) => groups.flatMap((group) => values.map((value) => [...group, [name, value] as const])),
    [[]],
  )
  return crossed.map((group) => ({
    text: describePerson(group),
    implies: group.map(([attribute, value]) => ({ attribute, values: [value] })),
  }))
}

function describePerson(group: readonly (readonly [attribute: string, value: string])[]): string {
  const gender = group.find(([name, value]) => isGenderName(name) && genderOf(value) !== null)
  const age = group.find(([name, value]) => isAgeName(name) && agesOfValue(value) !== null)
  const others = group.filter((pair) => pair !== gender && pair !== age).map(([, value]) => inWords(value))
  const noun = nounFor(
    gender === undefined ? null : genderOf(gender[1]),
    age === undefined ? null : agesOfValue(age[1]),
  )
  const words = [...others, noun].join(' ')
  const article = articleBefore(words) ?? 'a'
  return age === undefined ? `${article} ${words}` : `${article} ${words} ${agedWords(age[1])}`
}

/** Nobody says "a man aged 3 to 9"; of a band with children and adults in it only "male person" is true. */
function nounFor(gender: Gender | null, ages: AgeBand | null): string {
  if (gender === null) return 'person'
  const isMasculine = gender === 'masculine'
  if (ages === null || ages.from >= ADULT_AGE) return isMasculine ? 'man' : 'woman'
  if (ages.to < ADULT_AGE) return isMasculine ? 'boy' : 'girl'
  return isMasculine ? 'male person' : 'female person'
}

/** "aged 3 to 9", as the label set fairface-age words it: a text encoder may read "3-9" as a sum or a score. */
function agedWords(value: string): string {
  return `aged ${inWords(value).replace(/(\d)\s*[-\u2013]\s*(\d)/, '$1 to $2')}`
}

/** Where the value of a dataset is no English phrase: FairFace's `Latino_Hispanic` is "latino" in the shipped label sets. */
const PHRASES: ReadonlyMap<string, string> = new Map([['latino_hispanic', 'latino']])

function inWords(value: string): string {
  const lower = value.toLowerCase()
  return PHRASES.get(lower) ?? lower.replace(/_+/g, ' ').trim()
}
