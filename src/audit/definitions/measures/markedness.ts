import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

export const markednessSchema = z
  .strictObject({
    kind: z.literal('markedness'),
    unmarked: filledText.meta({ description: 'Outcome category of the labels that name no group.' }),
    attributes: z.array(filledText).min(1).meta({
      description: 'Attributes whose values the other labels imply, one value each.',
    }),
  })
  .meta({ description: 'How often a label without a group beats the label of the own group.' })

export function toMarkedness(written: z.output<typeof markednessSchema>): MeasureOf<'markedness'> {
  return written
}
