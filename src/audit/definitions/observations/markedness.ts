import { z } from 'zod'
import { count } from '../audit-shapes.js'
import { observedBy } from './observed-shapes.js'

export const markednessObserved = z
  .looseObject({
    kind: z.literal('markedness'),
    ...observedBy,
    attributes: z.array(
      z.looseObject({
        attribute: z.string(),
        cells: z.array(z.looseObject({ cell: count, unmarked: count, images: count, ties: count })),
      }),
    ),
  })
  .meta({ description: 'Images for which a label without a group beats that of the own group.' })
