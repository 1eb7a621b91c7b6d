import { z } from 'zod'
import { measureFacts } from './audit-measure-schema.js'
import { policyFacts } from './audit-facts-schema.js'
import { count, group, reference, words } from './audit-shapes.js'
import { HARMS } from './label-set-schema.js'

const suppressed = z.literal('suppressed').exactOptional()

const rate = {
  count: count.nullable(),
  total: count.nullable(),
  value: z.number().nullable(),
  reason: suppressed,
}

const comparison = z
  .looseObject({
    value: z.number().nullable(),
    interval: z.tuple([z.number(), z.number().nullable()]).nullable(),
    unbounded: z.literal(true).exactOptional(),
    reason: z.string().exactOptional(),
  })
  .meta({ id: 'comparison', description: 'A difference or ratio with its interval for reading.' })

const verdict = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('disparity'), direction: z.enum(['higher', 'lower']) }),
  z.looseObject({ kind: z.literal('within-margin'), settledBy: z.enum(['difference', 'ratio', 'each-side']) }),
  z.looseObject({
    kind: z.enum(['inconclusive', 'insufficient']),
    reason: z.enum(['interval-too-wide', 'few-events', 'near-ties-decide', 'group-too-small', 'reference-too-small']),
  }),
])

const contrast = z.looseObject({
  group,
  reference,
  referenceGroup: group.nullable(),
  difference: comparison.nullable(),
  ratio: comparison.nullable(),
  verdict: verdict.nullable(),
  q: z.number().nullable(),
  reason: suppressed,
  verdictReason: suppressed,
  qReason: z.string().exactOptional(),
})

const table = z
  .looseObject({
    probe: z.string(),
    evidence: z.string().nullable(),
    labelSet: z.string().nullable(),
    outcome: z.string(),
    groupBy: words,
    everyone: z.looseObject(rate),
    rows: z.array(
      z.looseObject({
        group,
        ...rate,
        interval: z.tuple([z.number(), z.number()]).nullable(),
        method: z.enum(['wilson', 'wilson-effective']),
      }),
    ),
    contrasts: z.array(contrast).nullable(),
    contrastsReason: suppressed,
  })
  .meta({ description: 'One outcome over the groups of one grouping; a suppressed number is null, with the reason.' })

/** The shape of published.json. Fields that are not listed are allowed and ignored. */
export const publishedSchema = z
  .looseObject({
    schema: z.literal('probity/published@1'),
    simulated: z.boolean(),
    tool: z.looseObject({ name: z.literal('probity'), version: z.string() }),
    dataset: z.looseObject({
      ...{ id: z.string(), crop: z.string().nullable(), licence: z.string().nullable() },
      permittedUse: z.string().exactOptional(),
    }),
    models: z.array(z.looseObject({ id: z.string(), name: z.string(), sha256: z.string() })),
    evidence: z.array(
      z.looseObject({
        id: z.string(),
        kind: z.enum(['embeddings', 'vectors', 'decisions']),
        model: z.string().nullable(),
        name: z.string().exactOptional(),
      }),
    ),
    policy: policyFacts.omit({ waivers: true, sha256: true }).extend({
      sha256: z.string().nullable(),
      sha256Reason: z.literal('covers-waivers').exactOptional(),
    }),
    labelSets: z.array(
      z.looseObject({
        id: z.string(),
        title: z.string(),
        sha256: z.string(),
        templates: words,
        promptsSha256: z.string(),
        outcomes: z.array(z.tuple([z.string(), z.enum(HARMS)])),
        labels: z.array(
          z.looseObject({
            id: z.string(),
            text: z.string(),
            outcome: z.string(),
            implies: z.array(z.looseObject({ attribute: z.string(), values: words })),
          }),
        ),
      }),
    ),
    probes: z.array(
      z.looseObject({
        id: z.string(),
        sha256: z.string(),
        question: z.string(),
        measure: measureFacts,
        derive: z.array(
          z.looseObject({
            id: z.string(),
            from: z.string(),
            groups: z.array(z.looseObject({ value: z.string(), values: words })),
          }),
        ),
        caveats: words,
      }),
    ),
    suppression: z.looseObject({ minDisclosed: z.int().min(1), cells: count, suppressed: count }),
    tables: z.array(table),
    leftOut: z.array(
      z.looseObject({
        what: z.enum([
          'near-ties',
          'label-errors',
          'estimates',
          'distributions',
          'changes',
          'ablations',
          'gate',
          'waivers',
          'failure-to-process',
        ]),
        why: z.enum(['rests-on-small-cells', 'undecided-images', 'names-people']),
      }),
    ),
  })
  .meta({
    title: 'Probity published rates',
    description: 'What of an audit of private data may be given away: no small counts, and nothing they follow from.',
  })
