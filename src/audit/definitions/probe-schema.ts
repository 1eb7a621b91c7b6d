import { z } from 'zod'
import { writtenMeasure } from './measures/written-measure.js'
import { publishedGrid } from './published-grid.js'
import { definitionId, filledText } from './schema-words.js'

const groupName = filledText
const attributeList = z.array(filledText).min(1)

const figure = z.union([
  z.string().regex(/^[0-9]{1,3}(\.[0-9]+)?$/, 'a percentage as printed, such as "14.4"'),
  z.strictObject({
    count: z.int().min(0, 'a whole number of at least 0'),
    total: z.int().min(1, 'a whole number of at least 1'),
  }),
])

const publishedTable = z
  .strictObject({
    id: filledText.meta({ description: 'A short name, unique in this probe.' }),
    source: filledText.meta({ description: 'Publication and table, as cited in the report.' }),
    labelSet: filledText.meta({ description: 'The label set that asks the same question.' }),
    outcome: filledText,
    attribute: filledText,
    figures: z.map(groupName, figure).meta({
      description: 'Value of the attribute to the printed percentage ("14.40" keeps its zero) or { count, total }.',
    }),
    neverComparable: filledText.optional().meta({ description: 'Why these figures can never be compared with a run.' }),
    conditions: z
      .strictObject({
        crop: filledText,
        promptsSha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
      })
      .optional()
      .meta({ description: 'What a run must share with the source before a status is computed.' }),
    note: filledText.optional(),
  })
  .meta({ description: 'Published figures to print beside ours. Give either neverComparable or conditions.' })

/** A probe as its file writes it. */
export const probeSchema = z
  .strictObject({
    id: definitionId,
    status: z.enum(['experimental', 'stable', 'deprecated']).optional().meta({ description: 'Default: experimental.' }),
    question: filledText.meta({ description: 'The question put to a model over a dataset, in one sentence.' }),
    motivation: filledText.optional().meta({ description: 'Why the answer matters.' }),
    howToRead: z.array(filledText).optional().meta({ description: 'How the figures are read, one sentence each.' }),
    cannotShow: z
      .array(filledText)
      .optional()
      .meta({ description: 'What the figures cannot show, one sentence each.' }),
    measure: writtenMeasure,
    evidence: z.enum(['decisions', 'scores', 'embeddings', 'captions', 'transformed images']).optional().meta({
      description: 'What the measure looks at; it follows from the kind of the measure, and is checked if written.',
    }),
    requires: z
      .strictObject({ outcomes: z.array(filledText).min(1).optional() })
      .optional()
      .meta({ description: 'Outcome categories that a label set must have; else the probe is not applicable to it.' }),
    derive: z
      .map(
        groupName,
        z.strictObject({
          from: filledText,
          groups: z.map(groupName, z.array(filledText).min(1)),
        }),
      )
      .optional()
      .meta({
        description: 'Attributes made from others: id to { from, groups }; groups joins values under a new one.',
      }),
    groupBy: z
      .array(attributeList)
      .min(1)
      .meta({ description: 'Attributes to group by; [race, gender] is an intersection.' }),
    standardise: z
      .array(z.strictObject({ groupBy: attributeList, over: attributeList }))
      .optional()
      .meta({
        description:
          'Rates asked for at an equal mix of other attributes: { groupBy: [gender], over: [age, race] } is a gender gap at equal age and race.',
      }),
    suggests: z.array(filledText).optional().meta({ description: 'Label sets used when a plan names none.' }),
    published: z.array(publishedTable).optional(),
    publishedTables: z.array(publishedGrid).optional(),
    caveats: z.array(filledText).optional().meta({ description: 'What the numbers do not show, one sentence each.' }),
    references: z.array(filledText).optional(),
  })
  .meta({ title: 'Probity probe', description: 'A question put to a model over a dataset.' })

/** What {@link probeSchema} reads. */
export type WrittenProbe = z.output<typeof probeSchema>
/** One published table of {@link WrittenProbe}. */
export type WrittenTable = z.output<typeof publishedTable>
