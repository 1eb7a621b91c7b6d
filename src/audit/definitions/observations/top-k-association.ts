import { z } from 'zod'
import { count } from '../audit-shapes.js'
import { atScale, observedBy } from './observed-shapes.js'

export const topKAssociationObserved = z
  .looseObject({
    kind: z.literal('top-k-association'),
    ...observedBy,
    ...atScale,
    thresholds: z.array(
      z.looseObject({
        threshold: z.number(),
        cells: z.array(
          z.looseObject({
            cell: count,
            images: count,
            without: count,
            associations: z.array(z.tuple([z.string(), count])),
          }),
        ),
      }),
    ),
  })
  .meta({ description: 'Images with at least one counting label in each association, by threshold.' })
