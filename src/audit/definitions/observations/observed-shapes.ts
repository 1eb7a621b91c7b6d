import { z } from 'zod'
import { count, reasonCode } from '../audit-shapes.js'

/** Whose observation it is: twin of {@link import('../../types/observed/observed.js').Observed}, but for its kind. */
export const observedBy = {
  probe: z.string(),
  evidence: z.string().nullable(),
  labelSet: z.string().nullable(),
}

export const noProbabilities = z.enum(['not in the export', 'no logit bias'])

/** Twin of {@link import('../../types/observed/observed.js').AtScale}. */
export const atScale = {
  logitScale: z.number().nullable(),
  logitScaleReason: noProbabilities.nullable(),
  logitBias: z.number().exactOptional(),
}

/** Twin of {@link import('../../types/chance.js').Chance}. */
export const chance = z.looseObject({
  centre: z.number().nullable(),
  percentile95: z.number().nullable(),
  p: z.number(),
  draws: count,
})

/** Twin of {@link import('../../types/observed/observed.js').MeasuredValue}. */
export const measuredValue = {
  value: z.number().nullable(),
  reason: reasonCode.exactOptional(),
  interval: z.tuple([z.number(), z.number()]).nullable().exactOptional(),
  intervalReason: reasonCode.exactOptional(),
  chance: chance.exactOptional(),
}
