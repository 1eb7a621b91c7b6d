import { z } from 'zod'
import { count, group, reasonCode, words } from './audit-shapes.js'

/** The parts of an audit that compare runs over the same images: two label sets, two models, one label more or less. */

const two = z.tuple([z.string(), z.string()])
const runKind = z.enum(['designs', 'models'])
const bounds = z.tuple([z.number(), z.number()])
export const pairedImages = z.looseObject({ both: count, onlyFirst: count, onlySecond: count, neither: count })

const changeFamily = z.looseObject({
  id: z.string(),
  kind: z.enum(['change', 'difference-in-differences']),
  probe: z.string(),
  groupBy: words,
  outcomes: words,
  alpha: z.number(),
  m: z.int().min(1),
  size: count,
  minimum: count,
  margin: z.number(),
})

export const pairSchema = z
  .looseObject({
    id: z.string(),
    kind: runKind,
    evidence: two,
    labelSets: two,
    added: words,
    removed: words,
    isSuperset: z.boolean(),
    families: z.array(changeFamily),
    cells: z.array(
      z.looseObject({
        flows: z.array(z.tuple([z.string(), z.string(), count])),
        nearTies: z
          .array(z.tuple([z.string(), z.string().nullable(), z.string(), z.string().nullable(), count]))
          .nullable(),
        onlyFirst: count,
        onlySecond: count,
      }),
    ),
  })
  .meta({ description: 'Two runs over the same images, and where the images of each cell go between them.' })

export const jointSchema = z
  .looseObject({
    id: z.string(),
    kind: runKind,
    runs: z.array(two),
    cells: z.array(z.array(z.tuple([words, count]))),
  })
  .meta({ description: 'Three or more runs over the same images: outcome categories under each, and how many images.' })

export const ablationFactsSchema = z
  .looseObject({
    id: z.string(),
    evidence: z.string(),
    labelSet: z.string(),
    action: z.enum(['remove', 'add']),
    label: z.looseObject({ id: z.string(), text: z.string(), outcome: z.string() }),
    cells: z.array(z.array(z.tuple([z.string(), z.string(), count]))),
  })
  .meta({ description: 'One label taken out of a label set or added to it, and which images move.' })

export const changeVerdict = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('change'), direction: z.enum(['higher', 'lower']) }),
  z.looseObject({ kind: z.literal('within-margin'), settledBy: z.literal('difference') }),
  z.looseObject({
    kind: z.literal('inconclusive'),
    reason: z.enum(['interval-too-wide', 'few-events', 'near-ties-decide', 'repeated-subjects']),
  }),
  z.looseObject({
    kind: z.literal('insufficient'),
    reason: z.enum(['group-too-small', 'reference-too-small']),
    total: count,
    minimum: count,
  }),
])

const pairedRate = z.looseObject({
  count,
  total: count,
  value: z.number().nullable(),
  interval: bounds.nullable(),
})
const pairedRates = z.tuple([pairedRate, pairedRate])
const sideChange = z.looseObject({ value: z.number().nullable(), interval: bounds.nullable() })

const changeOf = {
  id: z.string(),
  pair: z.string(),
  family: z.string(),
  probe: z.string(),
  outcome: z.string(),
  groupBy: words,
  group,
  paired: pairedImages,
  rates: pairedRates,
  difference: z.looseObject({
    value: z.number().nullable(),
    reason: z.literal('not-paired').exactOptional(),
    interval: bounds.nullable(),
    adjusted: bounds.nullable(),
    method: z.enum(['tango', 'mover']),
  }),
  level: z.number(),
  p: z.number().nullable(),
  pReason: z
    .union([z.enum(['not-paired', 'one-way', 'no-discordant-pairs', 'no-variation']), reasonCode])
    .exactOptional(),
  verdict: changeVerdict,
  asDecided: changeVerdict,
}

export const changeSchema = z
  .looseObject({
    ...changeOf,
    kind: runKind,
    unpaired: count,
    oneWay: z.enum(['higher', 'lower']).nullable(),
    q: z.number().nullable(),
    leftShare: z.number().nullable(),
  })
  .meta({ description: 'How the rate of one outcome changed in one group, on the same images.' })

export const changeContrastSchema = z
  .looseObject({
    ...changeOf,
    kind: z.literal('difference-in-differences'),
    reference: group.nullable(),
    referencePaired: pairedImages,
    referenceRates: pairedRates,
    changes: z.tuple([sideChange, sideChange]),
  })
  .meta({ description: 'How much more a rate changed in a group than in everyone else.' })

export const flowTestSchema = z.looseObject({
  pair: z.string(),
  groupBy: words,
  group,
  images: count,
  moved: count,
  outcomes: z.array(z.tuple([z.string(), z.string(), count])),
  labels: z.array(z.tuple([z.string(), z.string(), count, count])),
  statistic: z.number().nullable(),
  degreesOfFreedom: count.nullable(),
  p: z.number().nullable(),
  method: z.enum(['stuart-maxwell', 'permutation']).nullable(),
  reason: z.enum(['no-discordant-pairs', 'not-paired', 'one-way', 'repeated-subjects']).exactOptional(),
})

export const jointTestSchema = z.looseObject({
  joint: z.string(),
  probe: z.string(),
  outcome: z.string(),
  groupBy: words,
  group,
  images: count,
  flagged: z.array(count),
  statistic: z.number().nullable(),
  degreesOfFreedom: count.nullable(),
  p: z.number().nullable(),
  reason: z.enum(['no-discordant-pairs', 'no-images', 'repeated-subjects', 'one-way']).exactOptional(),
})

export const ablationSchema = z.looseObject({
  ablation: z.string(),
  probe: z.string(),
  outcome: z.string(),
  groupBy: words,
  group,
  paired: pairedImages,
  change: z.number().nullable(),
  interval: bounds.nullable(),
  gapChange: z.number().nullable(),
  leftShare: z.number().nullable(),
  rank: z.int().min(1),
})

export const agreementSchema = z.looseObject({
  probe: z.string(),
  labelSet: z.string(),
  outcome: z.string(),
  groupBy: words,
  group,
  findings: z.array(z.string().nullable()),
  holds: z.enum(['all', 'some', 'opposite', 'none']),
  direction: z.enum(['higher', 'lower']).nullable(),
})
