import { z } from 'zod'
import type { MeasureOf, Transform } from '../../types/measures.js'
import { filledText } from '../schema-words.js'
import { toProbeOutcome, writtenOutcome } from './outcome-rate.js'

function strengths(
  strength: z.ZodNumber,
  preset: number[],
  description: string,
): z.ZodDefault<z.ZodArray<z.ZodNumber>> {
  return z.array(strength).refine(areDifferent, 'each strength once').default(preset).meta({ description })
}

function areDifferent(all: readonly (string | number)[]): boolean {
  return new Set(all).size === all.length
}

export const featureSensitivitySchema = z
  .strictObject({
    kind: z.literal('feature-sensitivity'),
    outcomes: z
      .array(writtenOutcome)
      .refine((all) => areDifferent(all.map((one) => toProbeOutcome(one).id)), 'each outcome once')
      .default([])
      .meta({
        description: 'Outcome categories, or { id, union } of several; asked of label sets that have all of them.',
      }),
    attributes: z.array(filledText).refine(areDifferent, 'each attribute once').default([]).meta({
      description: 'Attributes whose accuracy is asked; of label sets in which every label implies a value of it.',
    }),
    blur: strengths(
      z.number().gt(0, 'a number above 0').max(50, 'a number of at most 50'),
      [1, 2, 4],
      'Standard deviations of a Gaussian blur, in stored pixels.',
    ),
    brightness: strengths(
      z.number().gt(0, 'a factor above 0').max(10, 'a factor of at most 10'),
      [0.6, 0.8, 1.2, 1.4],
      'Factors for every stored value: below 1 darker, above 1 lighter.',
    ),
    jpeg: strengths(
      z.int().min(1, 'a quality from 1 to 100').max(100, 'a quality from 1 to 100'),
      [75, 50, 25],
      'Qualities at which images are written as JPEG and read again.',
    ),
    grey: z.boolean().default(true).meta({ description: 'Whether images are decided once more without colour.' }),
    crop: strengths(
      z.number().gt(0, 'a share above 0 and below 1').lt(1, 'a share above 0 and below 1'),
      [0.9, 0.75],
      'Shares of each side that stay when the centre is cut out.',
    ),
  })
  .refine(
    ({ blur, brightness, jpeg, grey, crop }) => grey || [blur, brightness, jpeg, crop].some(({ length }) => length > 0),
    'at least one alteration',
  )
  .meta({
    description: 'What happens to decisions, and to differences between groups, when the same images are altered.',
  })

export function toFeatureSensitivity(
  written: z.output<typeof featureSensitivitySchema>,
): MeasureOf<'feature-sensitivity'> {
  const { kind, outcomes, attributes, blur, brightness, jpeg, grey, crop } = written
  const transforms: Transform[] = [
    ...blur.map((sigma) => ({ id: `blur-${sigma}`, alter: 'blur', sigma }) as const),
    ...brightness.map((factor) => ({ id: `brightness-${factor}`, alter: 'brightness', factor }) as const),
    ...jpeg.map((quality) => ({ id: `jpeg-${quality}`, alter: 'jpeg', quality }) as const),
    ...(grey ? [{ id: 'grey', alter: 'grey' } as const] : []),
    ...crop.map((keep) => ({ id: `crop-${keep}`, alter: 'crop', keep }) as const),
  ]
  return { kind, transforms, outcomes: outcomes.map(toProbeOutcome), attributes }
}
