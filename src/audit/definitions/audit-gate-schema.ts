import { z } from 'zod'
import { waiverShape } from './audit-facts-schema.js'
import { count, group, reference, words } from './audit-shapes.js'

const caseReason = z.enum([
  'no-images',
  'group-too-small',
  'reference-too-small',
  'interval-too-wide',
  'few-events',
  'near-ties-decide',
  'zero-reference-rate',
  'both-rates-zero',
  'best-group',
  'share-too-small',
  'counted',
])

const boundedValue = {
  value: z.number().nullable(),
  valueReason: caseReason.exactOptional(),
  bounds: z.tuple([z.number(), z.number().nullable()]).nullable(),
  boundsReason: caseReason.exactOptional(),
  unbounded: z.literal(true).exactOptional(),
}

const limitCase = z
  .looseObject({
    probe: z.string().exactOptional(),
    evidence: z.string().exactOptional(),
    labelSet: z.string().exactOptional(),
    outcome: z.string().exactOptional(),
    groupBy: words,
    group: group.exactOptional(),
    count,
    total: count,
    against: z.looseObject({ reference, group: group.exactOptional(), count, total: count }).exactOptional(),
    ...boundedValue,
    adverse: z.looseObject(boundedValue).exactOptional(),
    finding: z.string().exactOptional(),
    standing: z.enum(['exceeded', 'within', 'unsettled', 'insufficient', 'left-out', 'best']),
    reason: caseReason.exactOptional(),
    waiver: count.exactOptional(),
  })
  .meta({ id: 'limitCase', description: 'One group before one limit, with both sides and the interval that decides.' })

const limitResult = z
  .looseObject({
    id: z.string(),
    kind: z.enum(['disparity', 'difference', 'ratio', 'impact-ratio', 'ceiling', 'minimum-sample', 'coverage']),
    result: z.enum(['passed', 'failed', 'cannot-tell', 'waived', 'not-applicable']),
    resultReason: z
      .enum([
        'nothing-selected',
        'partly-nothing',
        'all-insufficient',
        'unsettled',
        'evidence-incomplete',
        'no-threshold',
      ])
      .exactOptional(),
    missing: words.exactOptional(),
    bound: z.number().exactOptional(),
    m: count,
    level: z.number().nullable(),
    levelReason: z.enum(['by-family', 'counted']).exactOptional(),
    counts: z.looseObject({
      exceeded: count,
      waived: count,
      within: count,
      unsettled: count,
      insufficient: count,
      leftOut: count,
    }),
    worst: limitCase.nullable(),
    worstReason: z.enum(['nothing-selected', 'all-insufficient', 'evidence-incomplete']).exactOptional(),
    cases: z.array(limitCase),
    findings: words,
  })
  .meta({ description: 'One limit of the policy, held against the data.' })

/** What the gate says, and every limit with it. */
export const gateSchema = z.looseObject({
  result: z.enum(['passed', 'failed', 'evidence-incomplete', 'not-requested']),
  mode: z.enum(['regression', 'assurance']),
  reasons: z.array(
    z.looseObject({
      id: z.enum([
        'gate.passed',
        'gate.passed.assured',
        'gate.passed.data',
        'gate.waived',
        'gate.failed.limits',
        'gate.failed.waiver-expired',
        'gate.data-limits',
        'gate.not-assured',
        'gate.quarantine-over-limit',
        'gate.undecided-over-limit',
        'gate.failures-differ',
        'gate.nothing-compared',
        'gate.nothing-to-judge',
        'gate.only-reported',
      ]),
      values: z.array(z.tuple([z.string(), z.union([z.string(), z.number()])])),
    }),
  ),
  findings: words,
  limits: z.array(limitResult),
  waivers: z.array(z.looseObject({ ...waiverShape, state: z.enum(['in-force', 'expired']), covers: count })),
})
