import { z } from 'zod'
import type { CurveResult } from '../types/curve.js'
import { evidence, model, policyFacts } from './audit-facts-schema.js'
import { count, group, label, runRecord, words } from './audit-shapes.js'
import { CURVE_FORM } from './curve-form.js'
import { HARMS } from './label-set-schema.js'
import { parseSaved, type SavedKind } from './saved-file.js'

const labelSet = z.looseObject({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  templates: words,
  outcomes: z.array(z.looseObject({ id: z.string(), harm: z.enum(HARMS) })),
  labels: z.array(label),
  sha256: z.string(),
})

const factor = z.looseObject({
  id: z.string(),
  choices: z.array(
    z.looseObject({ id: z.string(), note: z.string(), texts: z.array(z.tuple([z.string(), z.string()])).optional() }),
  ),
})

const againstChance = z.looseObject({ mean: z.number(), percentile95: z.number(), p: z.number() })

const table = z
  .looseObject({
    outcome: z.looseObject({ id: z.string(), categories: words, isUnion: z.boolean() }),
    groupBy: words,
    groups: z.array(group),
    comparable: z.array(z.boolean()),
    totals: z.array(count),
    counts: z.array(z.array(count)),
    jointNull: z.looseObject({
      draws: count,
      groups: z.array(z.looseObject({ medianDifference: againstChance, shareBeyondMargin: againstChance }).nullable()),
    }),
  })
  .meta({ description: 'Images inside one outcome by group: counts[specification][group] of totals[group].' })

const facts = z.looseObject({
  simulated: z.boolean(),
  tool: z.looseObject({ name: z.literal('probity'), version: z.string() }),
  grid: z.looseObject({ id: z.string(), title: z.string(), source: z.string(), sha256: z.string(), repeated: count }),
  labelSet,
  policy: policyFacts,
  seed: z.int(),
  dataset: z.looseObject({
    id: z.string(),
    crop: z.string().nullable(),
    manifestSha256: z.string(),
    licence: z.string().nullable(),
    rows: z.looseObject({ in: count, processed: count, quarantined: count, excluded: count }),
    subjects: count.nullable(),
  }),
  model,
  evidence,
  factors: z.array(factor),
  specifications: z.array(z.looseObject({ choices: z.array(count), labels: count, promptsSha256: z.string() })),
  asWritten: count.nullable(),
  tables: z.array(table),
})

const verdict = z.enum(['higher', 'lower', 'within-margin', 'inconclusive', 'insufficient'])

const record = z
  .looseObject({
    table: count,
    outcome: z.string(),
    groupBy: words,
    group,
    differences: z.array(z.number().nullable()),
    intervals: z.array(z.tuple([z.number(), z.number()]).nullable()),
    verdicts: z.array(verdict),
    shares: z.looseObject({
      higher: z.number(),
      lower: z.number(),
      'within-margin': z.number(),
      inconclusive: z.number(),
      insufficient: z.number(),
    }),
    lowest: z.number().nullable(),
    quartiles: z.tuple([z.number(), z.number(), z.number()]).nullable(),
    highest: z.number().nullable(),
    changesSign: z.boolean(),
    variance: z.looseObject({ factors: z.array(z.number()), rest: z.number() }).nullable(),
    varianceReason: z.enum(['no-variation', 'unbalanced', 'no-images']).optional(),
    ranges: z.array(z.number()).optional(),
  })
  .meta({ description: 'One group against everyone else, over all specifications.' })

const rank = z.looseObject({
  table: count,
  outcome: z.string(),
  groupBy: words,
  kendallW: z.number().nullable(),
  reason: z.enum(['single-group', 'no-variation']).optional(),
})

/** The shape of curve.json. Fields that are not listed are allowed and ignored. */
export const curveSchema = z
  .looseObject({
    schema: z.literal(CURVE_FORM.schemaId),
    curveId: z.string(),
    facts,
    derived: z.looseObject({ records: z.array(record), ranks: z.array(rank) }),
    run: runRecord,
  })
  .meta({
    title: 'Probity specification curve',
    description: 'The same images under every specification of a grid: facts, what follows from them, and the run.',
  })

/** Reads the text of a saved curve. `file` is for messages. Only its shape is checked; `verify` recomputes what it says.
 *  Throws DefinitionError with all faults. */
export function parseCurve(text: string, file: string): CurveResult {
  // the schema above has just said so (test/audit/definitions/curve-schema.test.ts holds the two together)
  return parseSaved(SAVED_CURVE, text, file) as CurveResult
}

const SAVED_CURVE: SavedKind = { ...CURVE_FORM, schema: curveSchema }
