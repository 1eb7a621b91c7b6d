import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

const SHOTS = 'a whole number from 0 (all) to 10000'
const once = <Item>(all: readonly Item[]): boolean => new Set(all).size === all.length

export const linearProbeSchema = z
  .strictObject({
    kind: z.literal('linear-probe'),
    attributes: z
      .array(filledText)
      .min(1)
      .refine(once, 'each attribute once')
      .meta({ description: 'Attributes that classifiers are fitted to tell, one classifier each.' }),
    shots: z
      .array(z.int().min(0, SHOTS).max(10_000, SHOTS))
      .min(1)
      .refine(once, 'each number once')
      .default([1, 2, 4, 8, 16, 0])
      .meta({
        description:
          'Training images of each class; 0 stands for all: the linear probe. Default: 1, 2, 4, 8, 16 and 0.',
      }),
    inverseRegularisation: z.number().positive('a number above 0').default(0.316).meta({
      description: "C of scikit-learn's LogisticRegression. Default: 0.316, as in the README of openai/CLIP.",
    }),
    norm: z
      .enum(['none', 'l2'])
      .default('none')
      .meta({ description: 'Vectors as the encoder gives them, or divided by their length. Default: none.' }),
    repeats: z
      .int()
      .min(1, 'a whole number from 1 to 100')
      .max(100, 'a whole number from 1 to 100')
      .default(10)
      .meta({ description: 'How often the images of a few-shot classifier are drawn. Default: 10.' }),
  })
  .meta({ description: 'Classifiers fitted to the embeddings of training images, beside zero-shot.' })

export function toLinearProbe(written: z.output<typeof linearProbeSchema>): MeasureOf<'linear-probe'> {
  return written
}
