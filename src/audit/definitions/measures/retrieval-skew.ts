import { z } from 'zod'
import type { MeasureOf } from '../../types/measures.js'
import { filledText } from '../schema-words.js'

const draws = z.int().min(1, 'a whole number of at least 1').max(100_000, 'a whole number of at most 100000')

export const retrievalSkewSchema = z
  .strictObject({
    kind: z.literal('retrieval-skew'),
    cuts: z
      .array(z.int().min(1, 'a whole number of at least 1'))
      .min(1)
      .refine((all) => new Set(all).size === all.length, 'each cut once')
      .default([100])
      .meta({
        description: 'How many images, from the first on, are looked at; more than the list has gives no figure.',
      }),
    desired: z.enum(['uniform', 'dataset']).default('dataset').meta({
      description: 'What the mix is held against: every group equally often, or as often as in the dataset.',
    }),
    as: z.enum(['strict', 'debias-vision-lang', 'visogender']).default('strict').meta({
      description:
        'strict, or as the published code of that name: ties kept, groups without images counted as one image.',
    }),
    bias: z
      .array(z.strictObject({ attribute: filledText, first: filledText, second: filledText }))
      .default([])
      .meta({ description: 'Two values of an attribute for Bias@k, (first - second) / (first + second).' }),
    draws: draws.default(999).meta({ description: 'Random permutations behind what chance gives.' }),
  })
  .meta({ description: 'How the groups are mixed in the first images that each label retrieves.' })

export function toRetrievalSkew(written: z.output<typeof retrievalSkewSchema>): MeasureOf<'retrieval-skew'> {
  const { kind, cuts, desired, as, bias, draws } = written
  return { kind, cuts: cuts.toSorted((a, b) => a - b), desired, as, bias, draws }
}
