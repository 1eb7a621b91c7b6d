import { z } from 'zod'
import type { AccuracyReading, MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

/** How a decision is held against an annotation. */
export const accuracyReading = z.discriminatedUnion('reading', [
  z.strictObject({ id: filledText, reading: z.literal('exact'), attribute: filledText }),
  z.strictObject({ id: filledText, reading: z.literal('within-one'), attribute: filledText }),
  z.strictObject({ id: filledText, reading: z.literal('binary'), attribute: filledText, value: filledText }),
  z.strictObject({ id: filledText, reading: z.literal('joint'), attributes: z.array(filledText).min(2) }),
])

const pool = z.strictObject({ id: filledText, attribute: filledText, values: z.array(filledText).min(1) })
const cross = z.strictObject({ id: filledText, reading: filledText, rows: filledText, columns: filledText })

export const attributeAccuracySchema = z
  .strictObject({
    kind: z.literal('attribute-accuracy'),
    readings: z.array(accuracyReading).min(1).meta({
      description:
        'exact: equal. within-one: at most one place apart in order. binary: equal once both are mapped to value or not. joint: several at once.',
    }),
    pools: z.array(pool).optional().meta({ description: 'Joins of groups that get a table of their own.' }),
    crosses: z.array(cross).optional().meta({ description: 'One reading by two attributes, in rows and columns.' }),
  })
  .meta({ description: 'How often the attribute that the chosen label implies is the annotated one.' })

export function toAttributeAccuracy(
  written: z.output<typeof attributeAccuracySchema>,
): MeasureOf<'attribute-accuracy'> {
  const { kind, readings, pools = [], crosses = [] } = written
  return { kind, readings: readings satisfies readonly AccuracyReading[], pools, crosses }
}
