import { z } from 'zod'
import { count, words } from '../audit-shapes.js'
import { noProbabilities, observedBy } from './observed-shapes.js'

/** Twin of {@link import('../../types/observed/abstention.js').AbstentionObserved}. */
export const abstentionObserved = z.looseObject({
  kind: z.literal('abstention'),
  ...observedBy,
  by: z.enum(['margin', 'probability']),
  reason: noProbabilities.exactOptional(),
  attributes: words,
  outcomes: words,
  thresholds: z.array(
    z.looseObject({
      share: z.number(),
      threshold: z.number(),
      cells: z.array(
        z.looseObject({
          cell: count,
          images: count,
          kept: count,
          right: z.array(count),
          inOutcome: z.array(count),
        }),
      ),
    }),
  ),
})
