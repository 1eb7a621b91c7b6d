import type { AttributeColumn, Warning } from '../../types/dataset.js'
import type { DatasetPlan } from '../../types/definitions.js'

/** Images per value in the published validation file of FairFace (fairface_label_val.csv, sha256 19906f69...), 10,954 rows. */
const PUBLISHED: readonly (readonly [
  attribute: string,
  counts: readonly (readonly [value: string, images: number])[],
])[] = [
  [
    'age',
    [
      ['0-2', 199],
      ['3-9', 1356],
      ['10-19', 1181],
      ['20-29', 3300],
      ['30-39', 2330],
      ['40-49', 1353],
      ['50-59', 796],
      ['60-69', 321],
      ['more than 70', 118],
    ],
  ],
  [
    'gender',
    [
      ['Male', 5792],
      ['Female', 5162],
    ],
  ],
  [
    'race',
    [
      ['White', 2085],
      ['Black', 1556],
      ['Latino_Hispanic', 1623],
      ['East Asian', 1550],
      ['Southeast Asian', 1415],
      ['Indian', 1516],
      ['Middle Eastern', 1209],
    ],
  ],
  [
    'service_test',
    [
      ['True', 5162],
      ['False', 5792],
    ],
  ],
]
const PUBLISHED_ROWS = 10_954

/** What a reader of a FairFace audit must know about the file: the crop is not stated, the children are missing as after a spreadsheet,
 *  or a file of the validation set's size is another one. Nothing of this is said of simulated data. */
export function fairFaceWarnings(plan: DatasetPlan, attributes: readonly AttributeColumn[]): Warning[] {
  if (plan.simulated) return []
  return [...cropWarning(plan), ...childrenWarning(attributes), ...countsWarning(attributes)]
}

function cropWarning({ crop }: DatasetPlan): Warning[] {
  if (crop !== null) return []
  const message =
    'FairFace has two crops, 0.25 and 1.25, with one label file; which one these images are is not stated (--crop)'
  return [{ code: 'crop.not-stated', count: 1, message }]
}

// In FairFace 23 % of the people are of these ages: 30 rows without one happen by chance less than once in two thousand files.
const ENOUGH_ROWS_FOR_CHILDREN = 30

function childrenWarning(attributes: readonly AttributeColumn[]): Warning[] {
  const age = attributes.find(({ name }) => name === 'age')
  if (age === undefined || age.codes.length < ENOUGH_ROWS_FOR_CHILDREN) return []
  const counts = countsOf(age)
  if ((counts.get('3-9') ?? 0) + (counts.get('10-19') ?? 0) > 0) return []
  const message =
    'no image is of age 3-9 or 10-19: spreadsheets turn exactly these into dates; compare with the original file'
  return [{ code: 'age.no-children', count: 1, message }]
}

function countsWarning(attributes: readonly AttributeColumn[]): Warning[] {
  if (attributes[0]?.codes.length !== PUBLISHED_ROWS) return []
  const differences = PUBLISHED.flatMap(([name, published]) => {
    const column = attributes.find((attribute) => attribute.name === name)
    if (column === undefined) return []
    const counts = countsOf(column)
    return published
      .filter(([value, images]) => counts.get(value) !== images)
      .map(([value, images]) => `${name} ${value} ${counts.get(value) ?? 0} (published ${images})`)
  })
  if (differences.length === 0) return []
  const message = `this is not the published validation set: ${differences.join(', ')}`
  return [{ code: 'fairface.counts-differ', count: differences.length, message }]
}

function countsOf({ values, codes }: AttributeColumn): Map<string, number> {
  const images = new Uint32Array(values.length)
  for (const code of codes) images[code]++
  return new Map(values.map((value, code) => [value, images[code]] as const))
}
