import { z } from 'zod'
import { count, words } from '../audit-shapes.js'
import { observedBy } from './observed-shapes.js'

/** Twin of {@link import('../../types/observed/linear-probe.js').LinearProbeObserved}. */
export const linearProbeObserved = z
  .looseObject({
    kind: z.literal('linear-probe'),
    ...observedBy,
    attribute: z.string(),
    classes: words,
    train: z.looseObject({ dataset: z.string(), sha256: z.string(), images: count, quarantined: count }),
    fits: z.array(
      z.looseObject({
        shots: count,
        repeat: count,
        trained: count,
        fewer: words,
        iterations: count,
        converged: z.boolean(),
        loss: z.number(),
        absent: words,
        cells: z.array(z.looseObject({ cell: count, classes: z.array(z.tuple([count, count])) })),
      }),
    ),
  })
  .meta({ description: 'Images of each cell that fitted classifiers put into each class.' })
