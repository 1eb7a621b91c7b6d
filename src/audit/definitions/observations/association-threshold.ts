import { z } from 'zod'
import { count } from '../audit-shapes.js'

/** Twin of {@link import('../../types/observed/association-threshold.js').AssociationObserved}. */
export const associationThresholdObserved = z
  .looseObject({
    kind: z.literal('association-threshold'),
    probe: z.string(),
    evidence: z.string().nullable(),
    labelSet: z.string().nullable(),
    logitScale: z.number().nullable(),
    logitScaleReason: z.literal('not in the export').nullable(),
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
