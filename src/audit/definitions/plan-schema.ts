import { z } from 'zod'
import { datasetSchema } from './plan-dataset-schema.js'
import {
  ACKNOWLEDGEMENTS,
  DECISIONS_FORMATS,
  LARGEST_LOGIT_BIAS,
  LARGEST_LOGIT_SCALE,
  LARGEST_SEED,
  REFERENCE_WORDS,
  RESIZE_MODES,
} from './plan-words.js'
import { AUTO_DTYPE, DTYPES } from '../types/dtype.js'
import { filledText, textOrList } from './schema-words.js'

const relative = 'Relative paths start at the folder of this file.'

/** A plan as its file writes it; flags of the command line win over it. */
export const planSchema = z
  .strictObject({
    system: z.map(z.string(), filledText).optional().meta({
      description: 'The audited system in your words: purpose, deployer, people affected, ... Printed, never judged.',
    }),
    models: z
      .array(filledText)
      .optional()
      .meta({ description: `Model folders. ${relative}` }),
    fromDecisions: textOrList
      .optional()
      .meta({ description: `Decisions made elsewhere (CSV), instead of models or beside them. ${relative}` }),
    fromEmbeddings: textOrList.optional().meta({
      description: `Vectors made elsewhere: embeddings.yaml, or the folder that it lies in; instead of models or beside them. ${relative}`,
    }),
    decisionsMap: z.map(z.string(), filledText).optional().meta({
      description:
        '`image`, `score` or a label set to its column, where the files of decisions have one column for each label set.',
    }),
    dataset: datasetSchema.optional(),
    probes: z.array(filledText).optional().meta({ description: 'Shipped ids or paths. Default: denigration.' }),
    labelSets: z
      .array(filledText)
      .optional()
      .meta({ description: 'Shipped ids or paths. Default: those the probes suggest.' }),
    reference: z
      .union([
        z.enum(REFERENCE_WORDS),
        z.map(z.string(), filledText).refine((group) => group.size > 0, 'at least one attribute and value'),
      ])
      .optional()
      .meta({
        description:
          'Whom groups are compared with: rest (default), overall, best, or one group such as { race: White }.',
      }),
    policy: filledText.optional().meta({ description: 'Shipped id or path. Default: default.' }),
    seed: z
      .int()
      .min(0, `a whole number from 0 to ${LARGEST_SEED}`)
      .max(LARGEST_SEED, `a whole number from 0 to ${LARGEST_SEED}`)
      .optional()
      .meta({ description: 'Seed of everything random. Default: 1.' }),
    output: filledText.optional().meta({ description: `Folder for the results. Default: probity-audit. ${relative}` }),
    decisions: z.boolean().optional().meta({
      description: 'Also keep decisions.csv, one row per image and label set, and images.csv with their annotations.',
    }),
    decisionsFormat: z.enum(DECISIONS_FORMATS).optional().meta({
      description: 'As what decisions are kept, which asks for `decisions`. Default: csv.',
    }),
    ablate: z
      .union([z.boolean(), z.strictObject({ alternatives: z.array(filledText).min(1) })])
      .optional()
      .meta({
        description:
          'Take labels out and add others, one at a time, and rank them by their influence. `alternatives`: neutral labels to add. Default: false.',
      }),
    train: datasetSchema.omit({ licence: true, permittedUse: true, simulated: true }).optional().meta({
      description:
        'Images from which a linear probe is fitted; none of them may be audited. What is left out is as in `dataset`, but for `where`.',
    }),
    captions: filledText.optional().meta({
      description: `Captions among which images are tested (CSV: image, caption, role; protocol and sequence if wanted). ${relative}`,
    }),
    acknowledge: z.array(z.enum(ACKNOWLEDGEMENTS)).optional().meta({
      description: 'What you say to know about before a probe that names people may run: [identity].',
    }),
    logitScale: z
      .number()
      .gt(0, 'a number above 0')
      .max(LARGEST_LOGIT_SCALE, `a number of at most ${LARGEST_LOGIT_SCALE}`)
      .optional()
      .meta({
        description:
          'Factor of the cosines of a model whose folder does not state its own (100 for OpenAI CLIP). Probabilities need it.',
      }),
    logitBias: z
      .number()
      .min(-LARGEST_LOGIT_BIAS, `a number from -${LARGEST_LOGIT_BIAS}`)
      .max(LARGEST_LOGIT_BIAS, `a number of at most ${LARGEST_LOGIT_BIAS}`)
      .optional()
      .meta({
        description:
          'What is added to the scaled cosines of a model of the SigLIP kind whose folder does not state its own. Its probabilities need it.',
      }),
    dtype: z
      .union([z.enum([...DTYPES, AUTO_DTYPE]), z.strictObject({ vision: z.enum(DTYPES), text: z.enum(DTYPES) })])
      .optional()
      .meta({
        description:
          'Precision of the encoder files, by the suffix of their names; auto takes a faster one where it moves few decisions of a sample. Default: fp32.',
      }),
    resize: z.enum(RESIZE_MODES).optional().meta({ description: 'Default: exact.' }),
    isolate: z.boolean().optional().meta({
      description:
        'Decode images and run models in processes of their own, which may die without taking the run along. Changes no number. Default: false.',
    }),
  })
  .meta({ title: 'Probity audit plan', description: 'What to audit, over which images, with which questions.' })

/** What {@link planSchema} reads. */
export type WrittenPlan = z.output<typeof planSchema>
