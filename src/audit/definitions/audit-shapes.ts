import { z } from 'zod'
import { DEVICES, DEVICES_ASKED } from '../types/device.js'

/** Shapes that both blocks of an audit use. Objects are loose: a reader ignores fields it does not know. */

/** A whole number of images. */
export const count = z.int().min(0)
/** A list of [attribute, value] pairs. */
export const group = z.array(z.tuple([z.string(), z.string()])).meta({ id: 'group' })
/** A list of words. */
export const words = z.array(z.string())

/** A label as an audit states it. */
export const label = z.looseObject({
  id: z.string(),
  text: z.string(),
  outcome: z.string(),
  implies: z.array(z.looseObject({ attribute: z.string(), values: words })),
  aliases: words.exactOptional(),
})

export const reference = z
  .discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('rest') }),
    z.looseObject({ kind: z.literal('overall') }),
    z.looseObject({ kind: z.literal('best') }),
    z.looseObject({ kind: z.literal('named'), group }),
  ])
  .meta({ id: 'reference', description: 'Whom a group is compared with.' })

export const figure = z
  .discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('percent'), text: z.string(), decimals: count }),
    z.looseObject({ kind: z.literal('counts'), count, total: count }),
  ])
  .meta({ id: 'figure', description: 'A figure as printed in its source, or the counts behind it.' })

/** What may differ between two runs of one plan. */
export const runRecord = z.looseObject({
  createdUtc: z.string(),
  durations: z.array(z.tuple([z.string(), z.number()])),
  cacheHits: z.int(),
  commandLine: z.string(),
  host: z.looseObject({ node: z.string(), os: z.string() }),
  devices: z
    .array(
      z.looseObject({
        model: z.string(),
        asked: z.enum(DEVICES_ASKED),
        used: z.enum(DEVICES),
        passedOver: z.array(z.looseObject({ device: z.enum(DEVICES), reason: z.string() })),
        measured: z
          .looseObject({
            imagesPerSecond: z.number(),
            cpuImagesPerSecond: z.number(),
            smallestCosine: z.number(),
            operators: z.int(),
            operatorsOnCpu: z.int(),
          })
          .nullable(),
      }),
    )
    .exactOptional(),
})

/** Every null in an audit has one of these beside it. */
export const reasonCode = z
  .enum([
    'no-images',
    'group-too-small',
    'reference-too-small',
    'zero-reference-rate',
    'both-rates-zero',
    'few-events',
    'interval-too-wide',
    'near-ties-decide',
    'settled',
    'beyond-hundredfold',
    'not-detectable',
    'confirmatory',
    'decisions-only',
    'attribute-absent',
    'outcome-absent',
    'simulated',
    'zero-margin',
    'no-variation',
    'single-group',
    'too-few-groups',
    'no-overlap',
    'only-hidden',
    'repeated-subjects',
    'class-absent',
    'cut-exceeds-list',
  ])
  .meta({ id: 'reason' })
