import { z } from 'zod'
import { count, group, reasonCode } from '../audit-shapes.js'
import { observedBy } from './observed-shapes.js'

/** Twin of {@link import('../../types/observed/identity.js').IdentityObserved}. */
export const identityObserved = z.looseObject({
  kind: z.literal('identity'),
  ...observedBy,
  names: count,
  images: count,
  counts: z.array(
    z.looseObject({
      classes: count,
      reason: reasonCode.exactOptional(),
      draws: z.array(z.looseObject({ draw: count, images: count, right: count })),
      groups: z.array(
        z.looseObject({
          group,
          value: z.number().nullable(),
          reason: reasonCode.exactOptional(),
          interval: z.tuple([z.number(), z.number()]).exactOptional(),
        }),
      ),
    }),
  ),
})
