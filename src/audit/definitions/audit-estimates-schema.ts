import { z } from 'zod'
import { count, group, reasonCode, words } from './audit-shapes.js'

const reason = reasonCode.exactOptional()
const interval = z.tuple([z.number(), z.number()])

const of = {
  family: z.string(),
  probe: z.string(),
  evidence: z.string().nullable(),
  labelSet: z.string().nullable(),
  outcome: z.string(),
  groupBy: words,
}

const spread = z
  .looseObject({
    kind: z.literal('spread'),
    ...of,
    groups: count,
    highest: group.nullable(),
    lowest: group.nullable(),
    reason,
    measures: z.array(
      z.looseObject({
        measure: z.enum(['gap', 'max-min-ratio', 'max-geometric-mean', 'gini', 'between-group-sd']),
        value: z.number().nullable(),
        reason,
        smoothed: z.literal(true).exactOptional(),
        parity: z
          .looseObject({
            centre: z.number().nullable(),
            percentile95: z.number().nullable(),
            unbounded: z.literal(true).exactOptional(),
            p: z.number(),
          })
          .nullable(),
        parityReason: reason,
      }),
    ),
    equalRates: z.looseObject({
      statistic: z.number().nullable(),
      degreesOfFreedom: count.nullable(),
      p: z.number().nullable(),
      method: z.enum(['chi-squared', 'permutation']),
      reason,
    }),
    draws: count,
  })
  .meta({ description: 'How far the rates of the groups lie apart, beside what chance alone gives at equal rates.' })

const shrunken = z
  .looseObject({
    kind: z.literal('shrunken'),
    ...of,
    mean: z.number().nullable(),
    strength: z.number().nullable(),
    complete: z.boolean().nullable(),
    reason,
    rates: z.array(z.looseObject({ rate: z.string(), value: z.number(), interval })),
  })
  .meta({ description: 'Steadier rates of small intersections, for display only (empirical Bayes).' })

const funnel = z
  .looseObject({
    kind: z.literal('funnel'),
    ...of,
    count,
    total: count,
    value: z.number().nullable(),
    reason,
    groups: count,
    outside: count,
    limits: z.array(z.tuple([count, z.number(), z.number()])),
  })
  .meta({ description: 'Where rates would lie, by number of images, if chance alone set the groups apart.' })

const standardisedValue = z.looseObject({ value: z.number(), interval: interval.nullable(), intervalReason: reason })

const standardised = z
  .looseObject({
    kind: z.literal('standardised'),
    ...of,
    over: words,
    group,
    reference: group.nullable(),
    strata: count,
    strataLeftOut: count,
    imagesLeftOut: count,
    rates: z.tuple([standardisedValue, standardisedValue]).nullable(),
    difference: standardisedValue.nullable(),
    common: standardisedValue.nullable(),
    commonReason: reason,
    sameInAllStrata: z.looseObject({ p: z.number().nullable(), reason }).nullable(),
    reason,
  })
  .meta({ description: 'A difference of rates with everyone weighted to the same mix of other attributes.' })

/** Numbers that are no contrast of a group with its reference. */
export const estimateSchema = z.discriminatedUnion('kind', [spread, shrunken, funnel, standardised])
