import { z } from 'zod'
import { count, group } from '../audit-shapes.js'
import { measuredValue, observedBy } from './observed-shapes.js'

/** Twin of {@link import('../../types/observed/self-similarity.js').SelfSimilarityObserved}. */
export const selfSimilarityObserved = z
  .looseObject({
    kind: z.literal('self-similarity'),
    ...observedBy,
    groups: z.array(
      z.looseObject({
        key: z.string(),
        group,
        images: count,
        ...measuredValue,
        difference: z.looseObject(measuredValue).nullable(),
      }),
    ),
  })
  .meta({ description: 'Mean cosine between two images of everyone, and of each group.' })
