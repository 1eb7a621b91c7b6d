import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

const test = z.strictObject({
  id: filledText,
  attribute: filledText.meta({ description: 'Attribute of the dataset that x and y are values of.' }),
  x: filledText,
  y: filledText,
  a: filledText.meta({ description: 'Outcome category whose labels are the first set of words.' }),
  b: filledText,
})

export const embeddingAssociationSchema = z
  .strictObject({
    kind: z.literal('embedding-association'),
    tests: z.array(test).min(1),
    deviation: z
      .enum(['sample', 'population'])
      .default('sample')
      .meta({ description: 'Divisor of the standard deviation: N - 1 or N. Default: sample.' }),
    draws: z
      .int()
      .min(99, 'a whole number from 99 to 99999')
      .max(99_999, 'a whole number from 99 to 99999')
      .default(9999)
      .meta({ description: 'Random partitions where there are more than 100,000. Default: 9999.' }),
  })
  .meta({ description: 'How much nearer images of x lie to words of a than of b, against images of y (WEAT, iEAT).' })

export function toEmbeddingAssociation(
  written: z.output<typeof embeddingAssociationSchema>,
): MeasureOf<'embedding-association'> {
  return written
}
