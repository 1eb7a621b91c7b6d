/** One person of a made-up annotations.csv; `tones`: how many annotators chose which tone. */
export type FacetPerson = {
  readonly person: string
  readonly file: string
  readonly gender: 'masc' | 'fem' | 'non_binary' | 'na'
  readonly age: 'young' | 'middle' | 'older' | 'na'
  readonly tones: Readonly<Record<number, number>>
  readonly box: string
}

const GENDERS = ['masc', 'fem', 'non_binary', 'na']
const AGES = ['young', 'middle', 'older', 'na']
const TONES = Array.from({ length: 10 }, (_, index) => index + 1)

/** A made-up annotations.csv in the layout of FACET. */
export function facetCsv(people: readonly FacetPerson[]): string {
  const header = [
    ...['person_id', 'filename', 'class1', 'class2', 'bounding_box'],
    ...GENDERS.map((name) => `gender_presentation_${name}`),
    ...AGES.map((name) => `age_presentation_${name}`),
    ...TONES.map((tone) => `skin_tone_${tone}`),
    ...['skin_tone_na', 'has_cap'],
  ]
  const rows = people.map(({ person, file, gender, age, tones, box }) =>
    [
      ...[person, file, 'doctor', '', `"${box.replaceAll('"', '""')}"`],
      ...GENDERS.map((name) => (name === gender ? 1 : 0)),
      ...AGES.map((name) => (name === age ? 1 : 0)),
      ...TONES.map((tone) => tones[tone] ?? 0),
      ...[0, 0],
    ].join(','),
  )
  return [header.join(','), ...rows, ''].join('\n')
}
