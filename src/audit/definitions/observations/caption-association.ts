import { z } from 'zod'
import { count, group, reasonCode, words } from '../audit-shapes.js'

export const captionAssociationObserved = z
  .looseObject({
    kind: z.literal('caption-association'),
    probe: z.string(),
    evidence: z.string().nullable(),
    labelSet: z.string().nullable(),
    groupBy: words,
    groups: z.array(z.looseObject({ group, images: count })),
    captions: z.array(
      z.looseObject({
        caption: z.string(),
        associations: z.array(
          z.looseObject({
            value: z.number().nullable(),
            reason: reasonCode.exactOptional(),
            interval: z.tuple([z.number(), z.number()]).nullable().exactOptional(),
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
      }),
    ),
  })
  .meta({ description: 'How near each caption lies to the images of a group, against everyone else.' })
