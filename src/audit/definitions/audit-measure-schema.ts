import { z } from 'zod'
import { count, words } from './audit-shapes.js'

const outcomes = z.array(z.looseObject({ id: z.string(), categories: words, isUnion: z.boolean() }))
const readings = z.array(
  z.discriminatedUnion('reading', [
    z.looseObject({ id: z.string(), reading: z.enum(['exact', 'within-one']), attribute: z.string() }),
    z.looseObject({ id: z.string(), reading: z.literal('binary'), attribute: z.string(), value: z.string() }),
    z.looseObject({ id: z.string(), reading: z.literal('joint'), attributes: words }),
  ]),
)
const numbers = z.array(z.number())
const transforms = z.array(
  z.discriminatedUnion('alter', [
    z.looseObject({ id: z.string(), alter: z.literal('blur'), sigma: z.number() }),
    z.looseObject({ id: z.string(), alter: z.literal('brightness'), factor: z.number() }),
    z.looseObject({ id: z.string(), alter: z.literal('jpeg'), quality: z.number() }),
    z.looseObject({ id: z.string(), alter: z.literal('crop'), keep: z.number() }),
    z.looseObject({ id: z.string(), alter: z.literal('grey') }),
  ]),
)

/** What a probe computes, as an audit states it. */
export const measureFacts = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('outcome-rate'), outcomes }),
  z.looseObject({
    kind: z.literal('attribute-accuracy'),
    readings,
    pools: z.array(z.looseObject({ id: z.string(), attribute: z.string(), values: words })),
    crosses: z.array(z.looseObject({ id: z.string(), reading: z.string(), rows: z.string(), columns: z.string() })),
  }),
  z.looseObject({
    kind: z.literal('association-threshold'),
    thresholds: numbers,
    top: count,
    keyness: z.enum(['image', 'token']),
    named: z
      .looseObject({
        source: z.string(),
        neverComparable: z.string(),
        said: z.array(z.looseObject({ labelSet: z.string(), threshold: z.number(), side: z.string(), labels: words })),
      })
      .nullable(),
  }),
  z.looseObject({
    kind: z.literal('top-k-association'),
    thresholds: numbers,
    most: count,
    associations: words,
  }),
  z.looseObject({
    kind: z.literal('retrieval-skew'),
    cuts: z.array(count),
    desired: z.enum(['uniform', 'dataset']),
    as: z.enum(['strict', 'debias-vision-lang', 'visogender']),
    bias: z.array(z.looseObject({ attribute: z.string(), first: z.string(), second: z.string() })),
    draws: count,
  }),
  z.looseObject({ kind: z.literal('caption-association'), draws: count }),
  z.looseObject({
    kind: z.literal('embedding-association'),
    tests: z.array(
      z.looseObject({
        id: z.string(),
        attribute: z.string(),
        x: z.string(),
        y: z.string(),
        a: z.string(),
        b: z.string(),
      }),
    ),
    deviation: z.enum(['sample', 'population']),
    draws: count,
  }),
  z.looseObject({ kind: z.literal('self-similarity'), draws: count }),
  z.looseObject({ kind: z.literal('markedness'), unmarked: z.string(), attributes: words }),
  z.looseObject({ kind: z.literal('calibration'), bins: count, draws: count, attributes: words }),
  z.looseObject({
    kind: z.literal('abstention'),
    by: z.enum(['margin', 'probability']),
    steps: count,
    outcomes: words,
    attributes: words,
  }),
  z.looseObject({ kind: z.literal('feature-sensitivity'), transforms, outcomes, attributes: words }),
  z.looseObject({
    kind: z.literal('linear-probe'),
    attributes: words,
    shots: z.array(count),
    inverseRegularisation: z.number(),
    norm: z.enum(['none', 'l2']),
    repeats: count,
  }),
  z.looseObject({ kind: z.literal('caption-test'), protocols: z.array(z.enum(['coarse', 'stress', 'fine'])) }),
  z.looseObject({ kind: z.literal('identity'), classCounts: z.array(count), draws: count }),
  z.looseObject({ kind: z.literal('data-overlap'), attribute: z.string(), level: z.number(), readings }),
  z.looseObject({ kind: z.literal('annotator-agreement'), draws: count }),
])
