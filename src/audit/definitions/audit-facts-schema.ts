import { z } from 'zod'
import { DTYPES } from '../types/dtype.js'
import { DTYPE_REASONS } from '../types/dtype-choice.js'
import { DEVICES } from '../types/device.js'
import { ablationFactsSchema, jointSchema, pairSchema } from './audit-paired-schema.js'
import { measureFacts } from './audit-measure-schema.js'
import { count, figure, group, label, reference, words } from './audit-shapes.js'
import { HARMS } from './label-set-schema.js'
import { NUMBER_KINDS } from '../types/vectors.js'
import { observationSchema } from './observations/observation-schema.js'

const harm = z.enum(HARMS)
const margin = z.looseObject({ difference: z.number(), ratio: z.number() })

const limitPart = {
  id: z.string(),
  probes: words.exactOptional(),
  labelSets: words.exactOptional(),
  outcomes: words.exactOptional(),
  harms: z.array(harm).exactOptional(),
  groupBy: z.array(words).exactOptional(),
}

const limit = z
  .discriminatedUnion('kind', [
    z.looseObject({ ...limitPart, kind: z.literal('disparity') }),
    z.looseObject({ ...limitPart, kind: z.literal('difference'), atMost: z.number() }),
    z.looseObject({ ...limitPart, kind: z.literal('ratio'), atMost: z.number() }),
    z.looseObject({
      ...limitPart,
      kind: z.literal('impact-ratio'),
      atLeast: z.number().exactOptional(),
      leaveOutUnder: z.number().exactOptional(),
    }),
    z.looseObject({ ...limitPart, kind: z.literal('ceiling'), atMost: z.number() }),
    z.looseObject({ ...limitPart, kind: z.literal('minimum-sample'), images: count }),
    z.looseObject({ ...limitPart, kind: z.literal('coverage'), atLeast: z.number() }),
  ])
  .meta({ id: 'limit', description: 'What the gate asks.' })

/** A waiver as a policy states it. */
export const waiverShape = {
  limit: z.string(),
  finding: z.string().exactOptional(),
  group: group.exactOptional(),
  outcome: z.string().exactOptional(),
  labelSet: z.string().exactOptional(),
  owner: z.string(),
  reason: z.string(),
  expires: z.string(),
}

const waiver = z.looseObject(waiverShape).meta({ id: 'waiver', description: 'What a limit finds and lets through.' })

export const policyFacts = z.looseObject({
  id: z.string(),
  title: z.string(),
  alpha: z.number(),
  minimumImages: count,
  margin,
  adjustment: z.enum(['bonferroni', 'holm']),
  nearTie: z.number(),
  quarantineLimit: z.number(),
  permutations: count,
  mode: z.enum(['regression', 'assurance']),
  limits: z.array(limit),
  waivers: z.array(waiver),
  warning: z.string().exactOptional(),
  sha256: z.string(),
})

const cell = z
  .looseObject({
    group,
    in: count,
    processed: count,
    excluded: z.array(z.tuple([z.string(), count])),
    quarantined: z.array(z.tuple([z.string(), count])),
  })
  .meta({ description: 'One cell of the cross of the base attributes: in = processed + excluded + quarantined.' })

const dataset = z.looseObject({
  id: z.string(),
  crop: z.string().nullable(),
  cropReason: z.string().nullable(),
  manifestSha256: z.string(),
  licence: z.string().nullable(),
  licenceReason: z.string().nullable(),
  permittedUse: z.string().exactOptional(),
  sources: z.array(z.looseObject({ file: z.string(), sha256: z.string(), rows: count })),
  attributes: z.array(
    z.looseObject({
      name: z.string(),
      labelledBy: z.enum(['self', 'annotator', 'machine', 'folder-name', 'simulated', 'unknown']),
      values: words,
      unknown: count,
      aliases: z.array(z.tuple([z.string(), z.string(), count])).exactOptional(),
      bins: z.array(z.number()).exactOptional(),
      note: z.string().exactOptional(),
    }),
  ),
  boxes: z.looseObject({ rows: count, padding: z.number() }).exactOptional(),
  rows: z.looseObject({ in: count, processed: count, quarantined: count, excluded: count }),
  subjects: count.nullable(),
  subjectsReason: z.string().nullable(),
  duplicates: z
    .looseObject({ contents: count, images: count, acrossGroups: count })
    .nullable()
    .meta({ description: 'Images whose files hold the same bytes as another; null when no image was opened.' }),
  duplicatesReason: z.enum(['decisions-only', 'vectors-only']).nullable(),
  warnings: z.array(z.tuple([z.string(), count, z.string()])),
  suppression: z.looseObject({ minDisclosed: z.null(), reason: z.string() }),
  cellAttributes: words,
  cells: z.array(cell),
})

const modelSource = z.looseObject({
  endpoint: z.string(),
  id: z.string(),
  revision: z.string(),
  licence: z.string().nullable(),
  licenceReason: z.literal('not-stated').nullable(),
  otherFiles: words.exactOptional(),
})

const moved = z.looseObject({
  labelSet: z.string(),
  moved: count,
  toAnotherOutcome: count,
  interval: z.tuple([z.number(), z.number()]),
})

const dtypeChoice = z
  .looseObject({
    taken: z.enum(DTYPES),
    reason: z.enum(DTYPE_REASONS),
    there: z.array(z.enum(DTYPES)),
    images: count.nullable(),
    mostMoved: z.number(),
    alpha: z.number(),
    trials: z.array(
      z.discriminatedUnion('kind', [
        z.looseObject({ dtype: z.enum(DTYPES), kind: z.literal('compared'), labelSets: z.array(moved) }),
        z.looseObject({ dtype: z.enum(DTYPES), kind: z.literal('refused'), code: z.string() }),
      ]),
    ),
  })
  .meta({
    description: 'What --dtype auto took, and how decisions of a sample moved. Absent: the precision was named.',
  })

export const model = z.looseObject({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  files: z.array(z.tuple([z.string(), z.string(), count])),
  dim: count,
  dtype: z.string().exactOptional(),
  dtypeChoice: dtypeChoice.exactOptional(),
  logitScale: z.number().nullable(),
  logitScaleReason: z.string().nullable(),
  activation: z.literal('sigmoid').exactOptional(),
  logitBias: z.number().nullable().exactOptional(),
  logitBiasReason: z.string().nullable().exactOptional(),
  batchInvariant: z.boolean(),
  source: modelSource.exactOptional(),
})

const decidedBy = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('annotator'), annotator: z.string(), condition: z.string().nullable() }),
  z.looseObject({ kind: z.literal('majority'), people: count, condition: z.string().nullable() }),
])

const vectorsSource = z.looseObject({
  model: z.string(),
  modelSha256: z.string().nullable(),
  modelSha256Reason: z.literal('not-stated').nullable(),
  preprocessing: z.string().nullable(),
  preprocessingReason: z.literal('not-stated').nullable(),
  sha256: z.string(),
  files: z.array(z.tuple([z.string(), z.string(), count])),
  rows: count,
  dim: count,
  dtype: z.enum(NUMBER_KINDS),
  normalised: z.looseObject({
    stated: z.boolean().nullable(),
    shortest: z.number().nullable(),
    longest: z.number().nullable(),
  }),
  joinedBy: z.enum(['id', 'order']),
  texts: z.discriminatedUnion('kind', [
    z.looseObject({ kind: z.literal('model'), model: z.string(), sha256: z.string() }),
    z.looseObject({ kind: z.literal('vectors'), prompts: count }),
  ]),
  logitScale: z.number().nullable(),
  logitScaleReason: z.string().nullable(),
  activation: z.literal('sigmoid').exactOptional(),
  logitBias: z.number().nullable().exactOptional(),
  logitBiasReason: z.string().nullable().exactOptional(),
})

export const evidence = z.discriminatedUnion('kind', [
  z.looseObject({
    id: z.string(),
    model: z.string(),
    kind: z.literal('embeddings'),
    preprocessing: z.looseObject({
      sha256: z.string(),
      resample: z.string(),
      resize: z.enum(['exact', 'fast']),
      size: z.string(),
      crop: z.string(),
      mean: z.array(z.number()),
      std: z.array(z.number()),
      exif: z.literal('ignored'),
    }),
    embeddedWith: z.array(
      z.looseObject({
        threads: count,
        batch: count,
        onnxruntime: z.string(),
        libvips: z.string(),
        device: z.enum(DEVICES).exactOptional(),
      }),
    ),
  }),
  z.looseObject({
    id: z.string(),
    model: z.null(),
    modelReason: z.literal('decisions-only'),
    kind: z.literal('decisions'),
    source: z.looseObject({ file: z.string(), sha256: z.string(), rows: count }),
    decidedBy: decidedBy.exactOptional(),
  }),
  z.looseObject({
    id: z.string(),
    model: z.null(),
    modelReason: z.literal('vectors-only'),
    kind: z.literal('vectors'),
    source: vectorsSource,
  }),
])

const labelSet = z.looseObject({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  sha256: z.string(),
  templates: words,
  promptsSha256: z.string(),
  outcomes: z.array(z.tuple([z.string(), harm])),
  labels: z.array(label),
  otherLabels: z.string().exactOptional(),
})

const family = z
  .looseObject({
    id: z.string(),
    evidence: z.string().nullable(),
    labelSet: z.string().nullable(),
    groupBy: words,
    outcomes: words,
    reference,
    alpha: z.number(),
    m: z.int().min(1),
    size: count,
    minimum: count,
    adjustment: z.enum(['bonferroni', 'holm']),
    margin,
  })
  .meta({ id: 'family', description: 'Comparisons that are corrected together; intervals are adjusted to alpha / m.' })

const publishedTable = z.looseObject({
  id: z.string(),
  source: z.string(),
  labelSet: z.string(),
  outcome: z.string(),
  attribute: z.string(),
  figures: z.array(z.looseObject({ value: z.string(), figure })),
  neverComparable: z.string().nullable(),
  conditions: z.looseObject({ crop: z.string(), promptsSha256: z.string() }).nullable(),
  note: z.string().nullable(),
})

const grid = z.looseObject({
  id: z.string(),
  source: z.string(),
  beside: z.string(),
  columns: words,
  rows: z.array(
    z.looseObject({ name: z.string(), against: z.string().nullable(), figures: z.array(z.string().nullable()) }),
  ),
  unit: z.enum(['percent', 'number']),
  neverComparable: z.string().nullable(),
  conditions: z.looseObject({ crop: z.string(), promptsSha256: z.string() }).nullable(),
  note: z.string().nullable(),
})

const probe = z.looseObject({
  id: z.string(),
  sha256: z.string(),
  question: z.string(),
  motivation: z.string(),
  howToRead: words,
  cannotShow: words,
  measure: measureFacts,
  counted: z.array(z.looseObject({ id: z.string(), harm, isUnion: z.boolean() })),
  groupBy: z.array(words),
  derive: z.array(
    z.looseObject({
      id: z.string(),
      from: z.string(),
      groups: z.array(z.looseObject({ value: z.string(), values: words })),
    }),
  ),
  notApplicable: z.array(
    z.looseObject({
      labelSet: z.string().nullable(),
      groupBy: words.nullable(),
      reason: z.enum(['attribute-absent', 'outcome-absent', 'decisions-only']),
      missing: z.string(),
    }),
  ),
  families: z.array(family),
  standardise: z.array(z.looseObject({ groupBy: words, over: words })),
  published: z.array(publishedTable),
  publishedTables: z.array(grid),
  caveats: words,
  references: words,
})

const tally = z
  .looseObject({
    evidence: z.string(),
    labelSet: z.string(),
    group,
    total: count,
    undecided: count,
    counts: z.array(z.tuple([z.string(), count])),
    nearTies: z.array(z.tuple([z.string(), z.string(), count])).nullable(),
    nearTiesReason: z.enum(['decisions-only', 'scores-of-another-scale']).nullable(),
    exactTies: count.nullable(),
    exactTiesReason: z.enum(['decisions-only', 'scores-of-another-scale']).nullable(),
  })
  .meta({ description: 'Decisions of one cell under one label set, as counts by label.' })

const subjectSums = z.looseObject({ subjects: count, squaredCounts: count, crossProducts: count, squaredImages: count })

const subjectCounts = z
  .looseObject({
    family: z.string(),
    outcome: z.string(),
    groups: z.array(subjectSums),
    rests: z.array(subjectSums),
    everyone: subjectSums,
  })
  .meta({ description: 'How the images of each group, and of everyone else, are spread over subjects.' })

/** The block `facts` of an audit: what was seen. */
export const factsSchema = z.looseObject({
  simulated: z.boolean(),
  tool: z.looseObject({ name: z.literal('probity'), version: z.string() }),
  plan: z.looseObject({ sha256: z.string() }),
  policy: policyFacts,
  system: z.array(z.tuple([z.string(), z.string()])),
  seed: z.int(),
  nearTie: z.number(),
  gateDate: z.string().exactOptional(),
  reference,
  dataset,
  models: z.array(model),
  evidence: z.array(evidence),
  labelSets: z.array(labelSet),
  probes: z.array(probe),
  failureFamilies: z.array(family),
  tallies: z.array(tally),
  observations: z.array(observationSchema),
  subjectCounts: z.array(subjectCounts),
  paired: z.array(pairSchema),
  joint: z.array(jointSchema),
  ablations: z.array(ablationFactsSchema),
})
