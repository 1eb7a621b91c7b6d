import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

export const abstentionSchema = z
  .strictObject({
    kind: z.literal('abstention'),
    by: z.enum(['margin', 'probability']).default('margin').meta({
      description:
        'What counts as certain: the lead of the label in cosine over the next, or its probability. Default: margin.',
    }),
    steps: z
      .int()
      .min(2, 'a whole number from 2 to 100')
      .max(100, 'a whole number from 2 to 100')
      .default(20)
      .meta({ description: 'Thresholds, each with one more share of 1 / steps left undecided. Default: 20.' }),
    outcomes: z.array(filledText).default([]).meta({ description: 'Outcome categories whose rate is followed.' }),
    attributes: z.array(filledText).default([]).meta({ description: 'Attributes whose accuracy is followed.' }),
  })
  .refine(({ outcomes, attributes }) => outcomes.length + attributes.length > 0, 'at least one outcome or attribute')
  .meta({ description: 'What happens to errors and harms when the least certain images are left undecided.' })

export function toAbstention(written: z.output<typeof abstentionSchema>): MeasureOf<'abstention'> {
  return written
}
