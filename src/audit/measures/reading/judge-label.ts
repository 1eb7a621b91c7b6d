import type { LabelSetFacts } from '../../types/facts.js'
import { UNKNOWN, type Group } from '../../types/groups.js'
import type { AccuracyReading } from '../../types/measures.js'
import { impliedValues } from './implied-values.js'
import { ordinalPlaces } from './ordinal.js'

/** What a label is for an image of a cell: right, wrong, or wrong because it claims nothing of the attribute (*thief*, when the question
 *  is race). null where the annotation is unknown. */
export type Judgement = 'right' | 'wrong' | 'off-attribute' | null

type Labels = Pick<LabelSetFacts, 'labels'>

/** The labels that are judged, and the values that images are annotated with. */
export type JudgedUnder = {
  readonly labelSet: Labels & Pick<LabelSetFacts, 'id'>
  readonly dataset: { readonly attributes: readonly { readonly name: string; readonly values: readonly string[] }[] }
}

/** The reading of one attribute that holds the value of the label against that of the image. */
export function exactly(attribute: string): AccuracyReading {
  return { id: attribute, reading: 'exact', attribute }
}

/** Whether the labels of a set claim what a reading needs: one value each, of every attribute of the reading. A binary reading also needs
 *  a label for its value, or nobody could be decided to have it. */
export function canRead(reading: AccuracyReading, { labels }: Labels): boolean {
  const implied = attributesOf(reading).map((attribute) => impliedValues(labels, attribute))
  if (implied.includes(null)) return false
  return reading.reading !== 'binary' || [...(implied[0]?.values() ?? [])].includes(reading.value)
}

/** How one reading judges the labels of one set (measures.md B2). Throws RangeError where the set cannot be read so. */
export function judgeLabel(
  reading: AccuracyReading,
  { labelSet, dataset }: JudgedUnder,
): (label: string, cell: Group) => Judgement {
  if (reading.reading === 'joint') {
    const parts = reading.attributes.map((attribute) => judgeLabel(exactly(attribute), { labelSet, dataset }))
    return (label, cell) => joined(parts.map((judge) => judge(label, cell)))
  }
  const implied = impliedValues(labelSet.labels, reading.attribute)
  if (implied === null) {
    throw new RangeError(
      `judgeLabel expected labels that imply one value of ${reading.attribute} each, in ${labelSet.id}`,
    )
  }
  const isRight = comparing(reading, dataset, implied)
  return (label, cell) => {
    const annotated = cell.find(([name]) => name === reading.attribute)?.[1] ?? UNKNOWN
    if (annotated === UNKNOWN) return null
    const decided = implied.get(label)
    if (decided === undefined) return 'off-attribute'
    return isRight(decided, annotated) ? 'right' : 'wrong'
  }
}

function comparing(
  reading: Exclude<AccuracyReading, { reading: 'joint' }>,
  { attributes }: JudgedUnder['dataset'],
  implied: ReadonlyMap<string, string>,
): (decided: string, annotated: string) => boolean {
  switch (reading.reading) {
    case 'exact':
      return (decided, annotated) => decided === annotated
    case 'binary':
      return (decided, annotated) => (decided === reading.value) === (annotated === reading.value)
    case 'within-one': {
      const declared = attributes.find(({ name }) => name === reading.attribute)?.values ?? []
      // a band that no image has still lies between its neighbours: the labels know of it
      const places = ordinalPlaces(
        [...new Set([...implied.values(), ...declared])].filter((value) => value !== UNKNOWN),
      )
      return (decided, annotated) => {
        const [one, other] = [places.get(decided), places.get(annotated)]
        return one !== undefined && other !== undefined && Math.abs(one - other) <= 1
      }
    }
  }
}

/** All right is right; unknown in one is unknown; off in one is off. */
function joined(parts: readonly Judgement[]): Judgement {
  if (parts.includes(null)) return null
  if (parts.includes('off-attribute')) return 'off-attribute'
  return parts.includes('wrong') ? 'wrong' : 'right'
}

export function attributesOf(reading: AccuracyReading): readonly string[] {
  return reading.reading === 'joint' ? reading.attributes : [reading.attribute]
}
