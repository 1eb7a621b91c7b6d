import { z } from 'zod'
import { definitionId, filledText, textOrList } from './schema-words.js'

/** The kinds of harm an outcome category can do to a person put into it. */
export const HARMS = [
  'none',
  'denigration',
  'stereotyping',
  'quality-of-service',
  'representation',
  'allocation',
] as const

const label = z
  .strictObject({
    id: filledText.meta({ description: 'A short name for tables and files.' }),
    text: filledText.meta({
      description: 'What takes the place of {label} in each template, article included: "a gorilla".',
    }),
    outcome: filledText.meta({ description: 'The outcome category of this label, one of those under `outcomes`.' }),
    implies: z
      .map(z.string(), textOrList)
      .optional()
      .meta({ description: 'Attribute values that the label claims of a person, spelt as in the dataset.' }),
    aliases: z.array(filledText).min(1).optional().meta({
      description: 'Other words by which decisions made elsewhere may name this label. They are no prompts.',
    }),
  })
  .meta({ description: 'One candidate label.' })

/** A label set as its file writes it: either whole (`labels`) or built on another one (`extends` with `add` and `remove`). */
export const labelSetSchema = z
  .strictObject({
    id: definitionId,
    title: filledText.optional().meta({ description: 'One line for headings.' }),
    source: filledText.optional().meta({ description: 'Where the labels and their wording come from.' }),
    extends: filledText
      .optional()
      .meta({ description: 'Id of the label set that this one changes, or the path of its file.' }),
    templates: z
      .array(filledText)
      .min(1)
      .optional()
      .meta({ description: 'Sentences with exactly one {label}. Several are averaged as normalised vectors.' }),
    outcomes: z
      .map(
        z.string().regex(/\S/, 'text that is not empty'),
        z.strictObject({
          harm: z.enum(HARMS).meta({ description: 'What this outcome does to a person put into it.' }),
        }),
      )
      .optional()
      .meta({ description: 'Outcome categories: what a label means to the audit.' }),
    labels: z.array(label).optional().meta({ description: 'All labels, in order; not together with `extends`.' }),
    add: z.array(label).min(1).optional().meta({ description: 'Labels put after those of the extended label set.' }),
    remove: z
      .array(filledText)
      .min(1)
      .optional()
      .meta({ description: 'Ids of labels left out of the extended label set.' }),
    otherLabels: filledText.optional().meta({
      description: 'Id of the label that stands for whatever decisions made elsewhere say that names no label.',
    }),
  })
  .meta({
    title: 'Probity label set',
    description: 'Candidate labels, their outcome categories and the prompt templates.',
  })

/** What {@link labelSetSchema} reads. */
export type WrittenLabelSet = z.output<typeof labelSetSchema>
/** One label of {@link WrittenLabelSet}. */
export type WrittenLabel = z.output<typeof label>
