import { z } from 'zod'
import { count, words } from '../audit-shapes.js'
import { observedBy } from './observed-shapes.js'

const keptLostGained = z.tuple([count, count, count])

export const featureSensitivityObserved = z
  .looseObject({
    kind: z.literal('feature-sensitivity'),
    ...observedBy,
    outcomes: words,
    attributes: words,
    asTheyAre: z.array(z.looseObject({ cell: count, images: count, inOutcome: z.array(count), right: z.array(count) })),
    transforms: z.array(
      z.looseObject({
        transform: z.string(),
        cells: z.array(
          z.looseObject({
            cell: count,
            images: count,
            failed: count,
            changed: count,
            inOutcome: z.array(keptLostGained),
            right: z.array(keptLostGained),
          }),
        ),
      }),
    ),
  })
  .meta({ description: 'Decisions on altered images beside those on the same images as they are, cell by cell.' })
