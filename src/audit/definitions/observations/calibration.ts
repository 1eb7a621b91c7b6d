import { z } from 'zod'
import { count, group } from '../audit-shapes.js'
import { atScale, measuredValue, observedBy } from './observed-shapes.js'

/** Twin of {@link import('../../types/observed/calibration.js').CalibrationObserved}. */
export const calibrationObserved = z.looseObject({
  kind: z.literal('calibration'),
  ...observedBy,
  attribute: z.string(),
  bins: count,
  ...atScale,
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
      difference: z.looseObject(measuredValue).nullable(),
    }),
  ),
})
