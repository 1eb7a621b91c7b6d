import { z } from 'zod'
import { count } from '../audit-shapes.js'
import { measuredValue, observedBy } from './observed-shapes.js'

export const embeddingAssociationObserved = z
  .looseObject({
    kind: z.literal('embedding-association'),
    ...observedBy,
    tests: z.array(
      z.looseObject({
        test: z.string(),
        sizes: z.tuple([count, count, count, count]),
        difference: z.number().nullable(),
        partitions: z.enum(['all', 'drawn']).nullable(),
        ...measuredValue,
      }),
    ),
  })
  .meta({ description: 'Effect sizes of association tests, with what partitions of the same images give.' })
