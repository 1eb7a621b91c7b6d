import { z } from 'zod'
import { count, reasonCode } from '../audit-shapes.js'

export const embeddingAssociationObserved = z
  .looseObject({
    kind: z.literal('embedding-association'),
    probe: z.string(),
    evidence: z.string().nullable(),
    labelSet: z.string().nullable(),
    tests: z.array(
      z.looseObject({
        test: z.string(),
        sizes: z.tuple([count, count, count, count]),
        difference: z.number().nullable(),
        partitions: z.enum(['all', 'drawn']).nullable(),
        value: z.number().nullable(),
        reason: reasonCode.exactOptional(),
        interval: z.tuple([z.number(), z.number()]).nullable().exactOptional(),
        intervalReason: reasonCode.exactOptional(),
        chance: z
          .looseObject({
            centre: z.number().nullable(),
            percentile95: z.number().nullable(),
            p: z.number(),
            draws: count,
          })
          .exactOptional(),
      }),
    ),
  })
  .meta({ description: 'Effect sizes of association tests, with what partitions of the same images give.' })
