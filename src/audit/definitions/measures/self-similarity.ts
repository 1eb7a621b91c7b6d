import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'

export const selfSimilaritySchema = z
  .strictObject({
    kind: z.literal('self-similarity'),
    draws: z
      .int()
      .min(99, 'a whole number from 99 to 99999')
      .max(99_999, 'a whole number from 99 to 99999')
      .default(999)
      .meta({ description: 'Bootstrap draws behind each interval; the time goes with them. Default: 999.' }),
  })
  .meta({ description: 'The mean cosine between two images of one group.' })

export function toSelfSimilarity(written: z.output<typeof selfSimilaritySchema>): MeasureOf<'self-similarity'> {
  return written
}
