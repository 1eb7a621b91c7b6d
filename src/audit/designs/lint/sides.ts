import type { LabelSet } from '../../types/definitions.js'
import { ageGaps, ANY_AGE } from './age-band.js'
import { isAgeName, isGenderName } from './label-words.js'
import type { Design } from './rule.js'

/** Indices of the labels of harmless and of harmful outcome categories. */
export type Sides = { readonly harmless: readonly number[]; readonly harmful: readonly number[] }

/** Parts the labels by whether their outcome category has a kind of harm. */
export function sidesOf({ labels, outcomes }: LabelSet): Sides {
  const harmfulOutcomes = new Set(outcomes.filter(({ harm }) => harm !== 'none').map(({ id }) => id))
  const indices = labels.map((_, index) => index)
  return {
    harmless: indices.filter((index) => !harmfulOutcomes.has(labels[index].outcome)),
    harmful: indices.filter((index) => harmfulOutcomes.has(labels[index].outcome)),
  }
}

/** The attributes that some label of the set implies, in the order of first mention. */
export function impliedAttributes({ labels }: LabelSet): readonly string[] {
  return [...new Set(labels.flatMap(({ implies }) => implies.map(({ attribute }) => attribute)))]
}

/** The values of an attribute that a label implies; none where it does not speak of it. */
export function impliedValues(design: Design, label: number, attribute: string): readonly string[] {
  return design.labelSet.labels[label].implies
    .filter((implication) => implication.attribute === attribute)
    .flatMap(({ values }) => values)
}

/** The attributes that a label names: those it implies, and gender where one of its words does. */
export function namedAttributes(design: Design, label: number): readonly string[] {
  const implied = design.labelSet.labels[label].implies.map(({ attribute }) => attribute)
  const byWord = design.words[label].gender === null ? [] : [design.genderAttribute]
  return [...new Set([...implied, ...byWord])]
}

/** What a label set calls gender; "gender" where it implies none. */
export function genderAttributeOf(labelSet: LabelSet): string {
  return impliedAttributes(labelSet).find(isGenderName) ?? 'gender'
}

/** Whether a label names no group at all and yet is about people: "a person", "a face". */
export function isNeutral(design: Design, label: number): boolean {
  const { personWords, ages } = design.words[label]
  const isAnyAge = ages !== null && ageGaps(ANY_AGE, ages).length === 0
  return personWords.length > 0 && isAnyAge && namedAttributes(design, label).length === 0
}

/** Attributes other than age: an age label adds a way out for one part of life, and ages have rules of their own. */
export function comparedAttributes(design: Design): readonly string[] {
  const { labels } = design.labelSet
  return [...new Set(labels.flatMap((_, label) => namedAttributes(design, label)))].filter((name) => !isAgeName(name))
}
