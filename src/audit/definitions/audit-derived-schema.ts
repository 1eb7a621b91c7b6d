import { z } from 'zod'
import { estimateSchema } from './audit-estimates-schema.js'
import {
  ablationSchema,
  agreementSchema,
  changeContrastSchema,
  changeSchema,
  flowTestSchema,
  jointTestSchema,
} from './audit-paired-schema.js'
import { count, figure, group, reasonCode, reference, words } from './audit-shapes.js'
import { gateSchema } from './audit-gate-schema.js'
import { figureTableSchema } from './figure-table-schema.js'
import { HARMS } from './label-set-schema.js'

const bounds = z.tuple([z.number(), z.number().nullable()])
const reason = reasonCode.exactOptional()

const rate = z
  .looseObject({
    id: z.string(),
    probe: z.string(),
    evidence: z.string().nullable(),
    labelSet: z.string().nullable(),
    outcome: z.string(),
    groupBy: words,
    group: group.nullable(),
    restOf: z.string().exactOptional(),
    count,
    total: count,
    value: z.number().nullable(),
    interval: z.tuple([z.number(), z.number()]).nullable(),
    reason: z.literal('no-images').exactOptional(),
    method: z.enum(['wilson', 'wilson-effective']),
    subjects: count.exactOptional(),
    designEffect: z.number().exactOptional(),
  })
  .meta({ description: 'A count over a total; value and interval are null exactly when total is 0.' })

const comparison = z
  .looseObject({
    value: z.number().nullable(),
    reason,
    interval: bounds.nullable(),
    intervalReason: reason,
    unbounded: z.literal(true).exactOptional(),
    method: z.enum(['newcombe', 'score']),
    adjusted: bounds.nullable(),
    adjustedReason: reason,
    adjustedUnbounded: z.literal(true).exactOptional(),
  })
  .meta({
    id: 'comparison',
    description:
      'A difference or ratio: its plain interval at level 1 - alpha for reading, its adjusted one for the verdict.',
  })

const contrast = z.looseObject({
  id: z.string(),
  kind: z.literal('groups'),
  probe: z.string(),
  family: z.string(),
  evidence: z.string().nullable(),
  labelSet: z.string().nullable(),
  outcome: z.string(),
  groupBy: words,
  sides: z.tuple([
    z.looseObject({ group, rate: z.string() }),
    z.looseObject({ reference, group: group.nullable(), rate: z.string() }),
  ]),
  difference: comparison,
  ratio: comparison,
  level: z.number(),
  direction: z.enum(['higher', 'lower', 'equal']).nullable(),
  directionReason: reason,
  margins: z.tuple([z.number(), z.number()]).nullable(),
  marginsReason: reason,
  p: z.number().nullable(),
  pReason: reason,
  pMethod: z.literal('margin'),
  q: z.number().nullable(),
  qReason: reason,
  exactP: z.number().nullable(),
  exactPReason: reason,
  detectableRate: z.number().nullable(),
  detectableRateReason: reason,
  needed: z.number().nullable(),
  neededReason: reason,
  labelErrors: z
    .looseObject({
      fewest: count.nullable(),
      fewestReason: reason,
      randomShare: z.number().nullable(),
      randomShareReason: reason,
    })
    .meta({ description: 'How many wrong group labels would make the verdict another.' }),
})

export const verdict = z
  .discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('disparity'), direction: z.enum(['higher', 'lower']) }),
    z.looseObject({ kind: z.literal('within-margin'), settledBy: z.enum(['difference', 'ratio', 'each-side']) }),
    z.looseObject({
      kind: z.literal('inconclusive'),
      reason: z.enum(['interval-too-wide', 'few-events', 'near-ties-decide']),
    }),
    z.looseObject({
      kind: z.literal('insufficient'),
      reason: z.enum(['group-too-small', 'reference-too-small']),
      total: count,
      minimum: count,
    }),
  ])
  .meta({ id: 'verdict' })

const messageValue = z.union([z.string(), z.number(), z.null()])

const finding = z.looseObject({
  id: z.string(),
  contrast: z.string(),
  verdict,
  asDecided: verdict,
  harm: z.enum(HARMS),
  severity: z.enum(['critical', 'serious', 'moderate', 'minor']).nullable(),
  severityReason: z.enum(['no-disparity', 'no-harm']).exactOptional(),
  caveats: words,
  fingerprint: z.string(),
  message: z.looseObject({ id: z.string(), values: z.array(z.tuple([z.string(), messageValue])) }),
})

const published = z.looseObject({
  evidence: z.string(),
  table: z.string(),
  source: z.string(),
  probe: z.string(),
  labelSet: z.string(),
  outcome: z.string(),
  group,
  figure,
  rate: z.string().nullable(),
  rateReason: z.enum(['design-not-run', 'attribute-absent']).exactOptional(),
  status: z.enum(['reproduces', 'differs', 'not-comparable']).nullable(),
  statusReason: z.string().exactOptional(),
})

const distribution = z.looseObject({
  evidence: z.string(),
  labelSet: z.string(),
  attribute: z.string(),
  rows: z.array(
    z.looseObject({ value: z.string(), total: count, counts: z.array(z.tuple([z.string(), count, z.boolean()])) }),
  ),
})

/** The block `derived` of an audit: one pure function of its facts. */
export const derivedSchema = z.looseObject({
  distributions: z.array(distribution),
  rates: z.array(rate),
  contrasts: z.array(contrast),
  estimates: z.array(estimateSchema),
  findings: z.array(finding),
  changes: z.array(changeSchema),
  changeContrasts: z.array(changeContrastSchema),
  flowTests: z.array(flowTestSchema),
  jointTests: z.array(jointTestSchema),
  ablations: z.array(ablationSchema),
  agreement: z.array(agreementSchema),
  summary: z.looseObject({
    verdicts: z.array(
      z.tuple([
        z.enum(['disparity', 'within-margin', 'inconclusive', 'insufficient']),
        z.enum(['higher', 'lower']).nullable(),
        count,
      ]),
    ),
    largest: words,
    undecided: z.array(z.tuple([z.string(), z.string(), count, count])),
    ties: z.array(z.tuple([z.string(), z.string(), count.nullable(), count.nullable()])),
  }),
  tables: z.array(figureTableSchema),
  published: z.array(published),
  notMeasured: z.array(z.looseObject({ what: z.string(), why: z.string() })),
  gate: gateSchema,
})
