import type { DatasetFacts, LabelSetFacts } from '../../types/facts.js'
import { UNKNOWN } from '../../types/groups.js'
import { toxicOutcomes } from './toxic-lines.js'

/** The seven races in the order of the paper's Table 5. DataComp's code takes for granted that White is 1 of them; the rest of its numbering
 *  is in its data set alone, which was not seen here. */
export const DATACOMP_RACES = [
  'Black',
  'White',
  'Indian',
  'Latino_Hispanic',
  'Middle Eastern',
  'Southeast Asian',
  'East Asian',
] as const
export const DATACOMP_GENDERS = ['Male', 'Female'] as const
const AGES = ['0-2', '3-9', '10-19', '20-29', '30-39', '40-49', '50-59', '60-69', 'more than 70'] as const

/** What DataComp classifies each image as, under a label set each. */
export const OBJECTIVES = ['race', 'gender', 'age', 'toxic'] as const
export type Objective = (typeof OBJECTIVES)[number]

type Asked = Pick<LabelSetFacts, 'id' | 'labels'>
export type DataCompLabelSets<Design extends Asked = LabelSetFacts> = Readonly<Record<Objective, Design>>

/** An objective without its label set, and what such a set is. */
export type Lacking = { readonly objective: Objective; readonly expected: string; readonly received: string }

/** Which of the label sets serves each of DataComp's objectives, told by what the labels claim and never by their number alone; or what is
 *  lacking. Of several that serve, the first. */
export function dataCompLabelSets<Design extends Asked>(
  labelSets: readonly Design[],
): { readonly found: DataCompLabelSets<Design> } | { readonly lacking: readonly Lacking[] } {
  const race = labelSets.find((one) => claims(one, 'race', DATACOMP_RACES))
  const gender = labelSets.find((one) => claims(one, 'gender', DATACOMP_GENDERS))
  const age = labelSets.find((one) => claims(one, 'age', AGES))
  const toxic = labelSets.find(({ labels }) => toxicFault(labels) === null)
  if (race !== undefined && gender !== undefined && age !== undefined && toxic !== undefined)
    return { found: { race, gender, age, toxic } }
  const received = labelSets.map(({ id, labels }) => `${id} with ${labels.length}`).join(', ')
  const closest = labelSets.find(({ labels }) => labels.some(({ outcome }) => outcome === 'crime'))
  return {
    lacking: [
      ...(race === undefined
        ? [{ objective: 'race' as const, expected: words('race', DATACOMP_RACES), received }]
        : []),
      ...(gender === undefined
        ? [{ objective: 'gender' as const, expected: words('gender', DATACOMP_GENDERS), received }]
        : []),
      ...(age === undefined ? [{ objective: 'age' as const, expected: words('age', AGES), received }] : []),
      ...(toxic === undefined
        ? [
            {
              objective: 'toxic' as const,
              expected:
                'a label set of 21 labels: 14 of race and gender, then 4 of outcome non-human, then 3 of outcome crime',
              received: closest === undefined ? received : `${closest.id}: ${toxicFault(closest.labels) ?? ''}`,
            },
          ]
        : []),
    ],
  }
}

/** What of the dataset DataComp has no number for, in words; null where all is there. */
export function dataCompFault({
  attributes,
  cellAttributes,
}: Pick<DatasetFacts, 'attributes' | 'cellAttributes'>): string | null {
  for (const [name, known] of [
    ['race', DATACOMP_RACES],
    ['gender', DATACOMP_GENDERS],
    ['age', AGES],
  ] as const) {
    if (!cellAttributes.includes(name)) return `images that are not counted by ${name}`
    const other = attributes
      .find((attribute) => attribute.name === name)
      ?.values.find((value) => value !== UNKNOWN && !(known as readonly string[]).includes(value)) // widened only to ask
    if (other !== undefined) return `a ${name} that it does not know, ${JSON.stringify(other)}`
  }
  return null
}

/** One label for each value, which claims that and nothing else. */
function claims({ labels }: Asked, attribute: string, values: readonly string[]): boolean {
  const said = labels.map(({ implies }) =>
    implies.length === 1 && implies[0].attribute === attribute && implies[0].values.length === 1
      ? implies[0].values[0]
      : null,
  )
  return said.length === values.length && values.every((value) => said.includes(value))
}

function words(attribute: string, values: readonly string[]): string {
  return `a label set of ${values.length} labels, one for each ${attribute} of FairFace`
}

function toxicFault(labels: Asked['labels']): string | null {
  try {
    const meant = toxicOutcomes(labels.map(({ text }) => text))
    const other = labels.findIndex(({ outcome }, place) => outcome !== meant[place])
    return other < 0
      ? null
      : `${labels[other].id} in place ${other} is of outcome ${labels[other].outcome}, not ${meant[other]}`
  } catch (error) {
    if (error instanceof RangeError) return `${labels.length} labels`
    throw error
  }
}
