import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'
import { accuracyReading } from './attribute-accuracy.js'

const PUBLISHED_LEVEL = 0.995 // CLIP paper, section 5

export const dataOverlapSchema = z
  .strictObject({
    kind: z.literal('data-overlap'),
    attribute: filledText.optional().meta({
      description:
        'The attribute that says whether a reference set holds the image too: yes or no, as probity overlap writes it. Default: overlap.',
    }),
    level: z
      .number()
      .gt(0)
      .lt(1)
      .optional()
      .meta({ description: 'Level of the interval of the overlap. Default: 0.995, as in the CLIP paper.' }),
    readings: z.array(accuracyReading).min(1).meta({
      description:
        'exact: equal. within-one: at most one place apart in order. binary: equal once both are mapped to value or not. joint: several at once.',
    }),
  })
  .meta({ description: 'Accuracy on images that a reference set holds too, and on the others.' })

export function toDataOverlap(written: z.output<typeof dataOverlapSchema>): MeasureOf<'data-overlap'> {
  const { kind, attribute = 'overlap', level = PUBLISHED_LEVEL, readings } = written
  return { kind, attribute, level, readings }
}
