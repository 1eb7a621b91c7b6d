import { z } from 'zod'
import { count } from '../audit-shapes.js'
import { atScale, observedBy } from './observed-shapes.js'

/** Twin of {@link import('../../types/observed/association-threshold.js').AssociationObserved}. */
export const associationThresholdObserved = z
  .looseObject({
    kind: z.literal('association-threshold'),
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
            labels: z.array(z.tuple([z.string(), count])),
          }),
        ),
      }),
    ),
  })
  .meta({ description: 'Images that were given each label at each threshold, cell by cell.' })
