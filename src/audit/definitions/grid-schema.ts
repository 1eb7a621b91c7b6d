import { z } from 'zod'
import { LARGEST_SEED } from './plan-words.js'
import { definitionId, filledText, textOrList } from './schema-words.js'

/** How several templates become one decision. */
export const ENSEMBLINGS = ['mean', 'each', 'worst-case'] as const
/** Enough that a p of 0.05 has a Monte Carlo error of a seventh of itself. */
export const DEFAULT_DRAWS = 999
export const FEWEST_DRAWS = 99
export const MOST_DRAWS = 99_999

const choiceId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/, 'an id of letters, digits, dots, hyphens and underscores')
  .meta({ description: 'The name of this choice in tables and charts.' })
const note = filledText.optional().meta({ description: 'One line on why this choice is here.' })

const templates = z.strictObject({
  id: choiceId.optional(),
  note,
  texts: textOrList.optional().meta({ description: 'One sentence with {label}, or several to be joined.' }),
  family: filledText.optional().meta({ description: 'Id of a template family, or the path of its file.' }),
})

const wording = z.strictObject({
  id: choiceId,
  note,
  texts: z.map(z.string(), filledText).meta({ description: 'Label id to the text it has instead.' }),
})

const neutralLabel = z.strictObject({
  id: filledText.meta({ description: 'A short name for tables and files.' }),
  text: filledText.meta({ description: 'What takes the place of {label}, article included.' }),
  outcome: filledText
    .optional()
    .meta({ description: 'An outcome category without harm. Default: the first such category of the label set.' }),
})

const alternative = z.strictObject({
  id: choiceId,
  note,
  add: z.array(neutralLabel).min(1).meta({ description: 'Labels put after those of the label set.' }),
})

/** A grid as its file writes it. */
export const gridSchema = z
  .strictObject({
    id: definitionId,
    title: filledText.meta({ description: 'One line for headings.' }),
    source: filledText.meta({ description: 'Where the choices come from, and who made them.' }),
    labelSet: filledText.meta({ description: 'Id of the label set that is varied, or the path of its file.' }),
    probe: filledText.optional().meta({ description: 'Shipped id or path. Default: denigration.' }),
    policy: filledText.optional().meta({ description: 'Shipped id or path. Default: default.' }),
    templates: z
      .array(z.union([filledText, templates]))
      .min(1)
      .optional()
      .meta({ description: "Choices of templates. Default: the label set's own." }),
    ensembling: z
      .array(z.enum(ENSEMBLINGS))
      .min(1)
      .optional()
      .meta({ description: 'How several templates become one decision; each way is a choice. Default: mean.' }),
    wordings: z
      .array(wording)
      .min(1)
      .optional()
      .meta({ description: 'Other words for some labels together. The label set as written is always a choice too.' }),
    synonyms: z.map(z.string(), textOrList).optional().meta({
      description:
        'Label id to other words for it; each label is a factor of its own, and its text as written a choice.',
    }),
    alternatives: z
      .array(alternative)
      .min(1)
      .optional()
      .meta({ description: 'Neutral labels to add. Adding none is always a choice too.' }),
    seed: z
      .int()
      .min(0, `a whole number from 0 to ${LARGEST_SEED}`)
      .max(LARGEST_SEED, `a whole number from 0 to ${LARGEST_SEED}`)
      .optional()
      .meta({ description: 'Seed of the joint null. Default: 1.' }),
    draws: z
      .int()
      .min(FEWEST_DRAWS, `a whole number from ${FEWEST_DRAWS} to ${MOST_DRAWS}`)
      .max(MOST_DRAWS, `a whole number from ${FEWEST_DRAWS} to ${MOST_DRAWS}`)
      .optional()
      .meta({ description: `Random redistributions behind what chance alone gives. Default: ${DEFAULT_DRAWS}.` }),
  })
  .meta({
    title: 'Probity grid',
    description: 'Choices of templates, words and neutral labels; crossed, they make a specification curve.',
  })

/** What {@link gridSchema} reads. */
export type WrittenGrid = z.output<typeof gridSchema>
