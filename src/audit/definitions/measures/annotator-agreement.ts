import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'

const DEFAULT_DRAWS = 999

export const annotatorAgreementSchema = z
  .strictObject({
    kind: z.literal('annotator-agreement'),
    draws: z
      .int()
      .min(99, 'a whole number from 99')
      .optional()
      .meta({ description: 'Bootstrap draws behind the intervals of alpha. Default: 999.' }),
  })
  .meta({ description: "How far people agree with one another, by group, and their rates beside the model's." })

export function toAnnotatorAgreement(
  written: z.output<typeof annotatorAgreementSchema>,
): MeasureOf<'annotator-agreement'> {
  return { kind: written.kind, draws: written.draws ?? DEFAULT_DRAWS }
}
