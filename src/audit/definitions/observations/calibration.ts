import { z } from 'zod'
import { count, group, reasonCode } from '../audit-shapes.js'

/** Twin of {@link import('../../types/observed/calibration.js').CalibrationObserved}. */
export const calibrationObserved = z.looseObject({
  kind: z.literal('calibration'),
  probe: z.string(),
  evidence: z.string().nullable(),
  labelSet: z.string().nullable(),
  attribute: z.string(),
  bins: count,
  logitScale: z.number().nullable(),
  logitScaleReason: z.string().nullable(),
  leftOut: count,
  cells: z.array(
    z.looseObject({
      cell: count,
      bins: z.array(z.tuple([count, count, count, z.number()])),
      squares: z.tuple([z.number(), z.number()]),
    }),
  ),
  groups: z.array(
    z.looseObject({
      group,
      chance: z.looseObject({ centre: z.number(), percentile95: z.number(), p: z.number(), draws: count }),
      difference: z
        .looseObject({
          value: z.number().nullable(),
          reason: reasonCode.exactOptional(),
          interval: z.tuple([z.number(), z.number()]).nullable().exactOptional(),
          intervalReason: reasonCode.exactOptional(),
        })
        .nullable(),
    }),
  ),
})
