import { z } from 'zod'
import { count, group, words } from '../audit-shapes.js'
import { chance, observedBy } from './observed-shapes.js'

const ofFigure = z.array(z.tuple([z.enum(['maxSkew', 'minSkew', 'ndkl', 'entropy', 'bias']), chance]))

export const retrievalSkewObserved = z
  .looseObject({
    kind: z.literal('retrieval-skew'),
    ...observedBy,
    groupBy: words,
    groups: z.array(group),
    images: z.array(count),
    queries: z.array(
      z.looseObject({
        query: z.string(),
        ranked: z.string().regex(/^([0-9]+( [0-9]+)*)?$/, 'whole numbers with spaces between'),
        ties: z.array(z.tuple([count, count, count])),
      }),
    ),
    together: z.array(z.looseObject({ cut: count, outcome: z.string().nullable(), means: ofFigure, beyond: ofFigure })),
  })
  .meta({ description: 'The images that each query puts first, as groups, and what means over queries are by chance.' })
