import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'

const MESSAGE = 'a whole number of names from 10 to 10000'

export const identitySchema = z
  .strictObject({
    kind: z.literal('identity'),
    classCounts: z
      .array(z.int().min(10, MESSAGE).max(10_000, MESSAGE))
      .min(1)
      .refine((all) => new Set(all).size === all.length, 'each number once')
      .default([100, 1000, 2000])
      .meta({ description: 'Among how many names one is chosen. Default: 100, 1000 and 2000.' }),
    draws: z
      .int()
      .min(1, 'a whole number from 1 to 100')
      .max(100, 'a whole number from 1 to 100')
      .default(5)
      .meta({ description: 'How often names are drawn. Default: 5.' }),
  })
  .meta({ description: 'How often the right name is put to images of people. Refused unless acknowledged.' })

export function toIdentity(written: z.output<typeof identitySchema>): MeasureOf<'identity'> {
  return written
}
