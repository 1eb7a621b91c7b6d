import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

const threshold = z.number().gt(0, 'a share above 0 and below 1').lt(1, 'a share above 0 and below 1')

const said = z.strictObject({
  labelSet: filledText.meta({ description: 'The label set that asks the same.' }),
  threshold,
  side: filledText.meta({ description: 'For whom the label is given more often, as the source words it.' }),
  labels: z.array(filledText).min(1).meta({ description: 'Ids of labels.' }),
})

export const associationThresholdSchema = z
  .strictObject({
    kind: z.literal('association-threshold'),
    thresholds: z
      .array(threshold)
      .min(1)
      .refine((all) => new Set(all).size === all.length, 'each threshold once')
      .default([0.005, 0.04])
      .meta({ description: 'An image is given every label whose softmax probability reaches the threshold.' }),
    top: z
      .int()
      .min(1, 'a whole number of at least 1')
      .max(1000, 'a whole number of at most 1000')
      .default(20)
      .meta({ description: 'How many labels are listed for each group: those with the largest chi-squared.' }),
    keyness: z.enum(['image', 'token']).default('image').meta({
      description: 'image: chi-squared over images. token: over all labels given, with Yates correction, as quanteda.',
    }),
    named: z
      .strictObject({ source: filledText, neverComparable: filledText, said: z.array(said).min(1) })
      .optional()
      .meta({ description: 'What a publication says of single labels in words, to print beside.' }),
  })
  .meta({ description: 'Every label whose probability reaches a threshold, and which labels tell the groups apart.' })

export function toAssociationThreshold(
  written: z.output<typeof associationThresholdSchema>,
): MeasureOf<'association-threshold'> {
  const { kind, thresholds, top, keyness, named = null } = written
  return { kind, thresholds, top, keyness, named }
}
