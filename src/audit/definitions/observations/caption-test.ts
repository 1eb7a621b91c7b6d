import { z } from 'zod'
import { CAPTION_PROTOCOLS } from '../../types/captions.js'
import { count } from '../audit-shapes.js'
import { observedBy } from './observed-shapes.js'

/** Twin of {@link import('../../types/observed/caption-test.js').CaptionTestObserved}. */
export const captionTestObserved = z.looseObject({
  kind: z.literal('caption-test'),
  ...observedBy,
  captions: z.looseObject({ file: z.string(), sha256: z.string() }),
  clusters: z.enum(['sequences', 'subjects']).nullable(),
  protocols: z.array(
    z.looseObject({
      protocol: z.enum(CAPTION_PROTOCOLS),
      notProcessed: count,
      cells: z.array(
        z.looseObject({ cell: count, cluster: count.nullable(), correct: count, close: count, other: count }),
      ),
    }),
  ),
})
