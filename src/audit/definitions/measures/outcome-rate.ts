import { z } from 'zod'
import type { MeasureOf, ProbeOutcome } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

/** An outcome as a probe's file writes it. */
export const writtenOutcome = z.union([
  filledText,
  z.strictObject({ id: filledText, union: z.array(filledText).min(2, 'at least two outcome categories') }),
])

export const outcomeRateSchema = z
  .strictObject({
    kind: z.literal('outcome-rate'),
    outcomes: z.array(writtenOutcome).min(1).meta({ description: 'Outcome categories, or { id, union } of several.' }),
  })
  .meta({ description: 'The share of each group whose decision lies in an outcome category.' })

export function toOutcomeRate(written: z.output<typeof outcomeRateSchema>): MeasureOf<'outcome-rate'> {
  return { kind: written.kind, outcomes: written.outcomes.map(toProbeOutcome) }
}

export function toProbeOutcome(written: z.output<typeof writtenOutcome>): ProbeOutcome {
  if (typeof written === 'string') return { id: written, categories: [written], isUnion: false }
  return { id: written.id, categories: written.union, isUnion: true }
}
