import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

export const calibrationSchema = z
  .strictObject({
    kind: z.literal('calibration'),
    attributes: z.array(filledText).min(1).meta({
      description: 'Attributes that are decided; asked of label sets whose labels imply their values one to one.',
    }),
    bins: z
      .int()
      .min(2, 'a whole number from 2 to 100')
      .max(100, 'a whole number from 2 to 100')
      .default(10)
      .meta({ description: 'Bins of equal width over the probability. Default: 10.' }),
    draws: z
      .int()
      .min(99, 'a whole number from 99 to 99999')
      .max(99_999, 'a whole number from 99 to 99999')
      .default(999)
      .meta({ description: 'Draws behind what chance alone gives, and behind intervals. Default: 999.' }),
  })
  .meta({ description: 'How far the probability of the chosen label is from the share that is right.' })

export function toCalibration(written: z.output<typeof calibrationSchema>): MeasureOf<'calibration'> {
  return written
}
