import { z } from 'zod'
import { count, group, words } from '../audit-shapes.js'
import { measuredValue, observedBy } from './observed-shapes.js'

export const captionAssociationObserved = z
  .looseObject({
    kind: z.literal('caption-association'),
    ...observedBy,
    groupBy: words,
    groups: z.array(z.looseObject({ group, images: count })),
    captions: z.array(
      z.looseObject({
        caption: z.string(),
        associations: z.array(z.looseObject(measuredValue)),
      }),
    ),
  })
  .meta({ description: 'How near each caption lies to the images of a group, against everyone else.' })
