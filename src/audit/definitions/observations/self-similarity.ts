import { z } from 'zod'
import { count, group, reasonCode } from '../audit-shapes.js'

const measured = {
  value: z.number().nullable(),
  reason: reasonCode.exactOptional(),
  interval: z.tuple([z.number(), z.number()]).nullable().exactOptional(),
  intervalReason: reasonCode.exactOptional(),
}

/** Twin of {@link import('../../types/observed/self-similarity.js').SelfSimilarityObserved}. */
export const selfSimilarityObserved = z
  .looseObject({
    kind: z.literal('self-similarity'),
    probe: z.string(),
    evidence: z.string().nullable(),
    labelSet: z.string().nullable(),
    groups: z.array(
      z.looseObject({
        key: z.string(),
        group,
        images: count,
        ...measured,
        difference: z.looseObject(measured).nullable(),
      }),
    ),
  })
  .meta({ description: 'Mean cosine between two images of everyone, and of each group.' })
