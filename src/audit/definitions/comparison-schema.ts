import { z } from 'zod'
import { verdict } from './audit-derived-schema.js'
import { changeVerdict, pairedImages } from './audit-paired-schema.js'
import { count, group, words } from './audit-shapes.js'

const bounds = z.tuple([z.number(), z.number()])
const two = z.tuple([z.string().nullable(), z.string().nullable()])

const audit = z.looseObject({
  auditId: z.string(),
  version: z.string(),
  dataset: z.string(),
  simulated: z.boolean(),
  models: words,
  labelSets: words,
  policy: z.string(),
  alpha: z.number(),
  createdUtc: z.string(),
  findings: count,
  isIncomplete: z.boolean(),
})

const difference = z
  .looseObject({
    kind: z.enum([
      'simulated',
      'dataset',
      'crop',
      'attributes',
      'model',
      'preprocessing',
      'evidence',
      'label-set',
      'probe',
      'policy',
      'reference',
      'tool-version',
      'seed',
    ]),
    name: z.string(),
    first: z.string().nullable(),
    second: z.string().nullable(),
  })
  .meta({ description: 'One thing that is not the same: what it was and what it is; null where one audit has none.' })

const side = z
  .looseObject({
    finding: z.string(),
    verdict,
    severity: z.enum(['critical', 'serious', 'moderate', 'minor']).nullable(),
    count,
    total: count,
    interval: bounds.nullable(),
    method: z.enum(['wilson', 'wilson-effective']),
    referenceCount: count,
    referenceTotal: count,
    referenceInterval: bounds.nullable(),
  })
  .nullable()

const paired = z
  .looseObject({
    paired: pairedImages,
    difference: z.looseObject({
      value: z.number().nullable(),
      interval: bounds.nullable(),
      adjusted: bounds.nullable(),
      method: z.enum(['tango', 'mover']),
    }),
    level: z.number(),
    p: z.number().nullable(),
    verdict: changeVerdict,
  })
  .nullable()

const CHANGES = ['added', 'worsened', 'improved', 'unchanged', 'cannot-tell', 'gone', 'not-comparable'] as const

const finding = z
  .looseObject({
    probe: z.string(),
    evidence: two,
    sources: two,
    labelSets: two,
    outcome: z.string(),
    groupBy: words,
    group,
    first: side,
    second: side,
    change: z.enum(CHANGES),
    reason: z
      .enum([
        'other-images',
        'other-crop',
        'other-attributes',
        'other-labels',
        'other-preprocessing',
        'other-margin',
        'other-reference',
        'several-differ',
        'simulated-and-real',
        'other-evidence',
      ])
      .nullable(),
    decidedBy: z.enum(['verdict', 'paired']).nullable(),
    paired,
    independent: z.looseObject({ value: z.number(), interval: bounds }).nullable(),
  })
  .meta({ description: 'What became of one finding: both sides, and on the same images the paired change.' })

/** The shape of comparison.json. Fields that are not listed are allowed and ignored. */
export const comparisonSchema = z
  .looseObject({
    schema: z.literal('probity/comparison@1'),
    comparisonId: z.string(),
    audits: z.tuple([audit, audit]),
    differences: z.array(difference),
    basis: z.enum(['rerun', 'model', 'design', 'rule', 'tool', 'data', 'several']),
    pairing: z.enum(['paired', 'other-images', 'no-decisions', 'not-needed']),
    unpaired: count,
    counts: z.array(z.tuple([z.enum(CHANGES), count])),
    findings: z.array(finding),
  })
  .meta({
    title: 'Probity comparison',
    description: 'Two saved audits: what differs between them, and what became of each finding.',
  })
