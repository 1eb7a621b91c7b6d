import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'

export const captionAssociationSchema = z
  .strictObject({
    kind: z.literal('caption-association'),
    draws: z
      .int()
      .min(1, 'a whole number of at least 1')
      .max(100_000, 'a whole number of at most 100000')
      .default(999)
      .meta({ description: 'Random permutations behind what chance gives.' }),
  })
  .meta({ description: 'How near each caption lies to the images of a group, against everyone else (C-ASC).' })

export function toCaptionAssociation(
  written: z.output<typeof captionAssociationSchema>,
): MeasureOf<'caption-association'> {
  return { kind: written.kind, draws: written.draws }
}
