import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

export const topKAssociationSchema = z
  .strictObject({
    kind: z.literal('top-k-association'),
    associations: z.array(filledText).min(1).meta({ description: 'Outcome categories that are looked for.' }),
    most: z
      .int()
      .min(1, 'a whole number of at least 1')
      .default(5)
      .meta({ description: 'Best labels that count. Default: 5.' }),
    thresholds: z
      .array(z.number().min(0, 'a number from 0 to 1').max(1, 'a number from 0 to 1'))
      .min(1)
      .default([0, 0.1, 0.3, 0.8])
      .meta({
        description: 'Least probability of a label that counts; before the cut to the best. Default: 0, 0.1, 0.3, 0.8.',
      }),
  })
  .meta({ description: 'Images with at least one of their best labels in an association, of all images.' })

export function toTopKAssociation(written: z.output<typeof topKAssociationSchema>): MeasureOf<'top-k-association'> {
  return written
}
