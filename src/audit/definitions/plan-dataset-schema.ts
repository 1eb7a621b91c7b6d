import { z } from 'zod'
import { DATASET_FORMATS, ENCODINGS, LABELLED_BY, UNKNOWN_VALUES } from './plan-words.js'
import { filledText, textOrList } from './schema-words.js'

const relative = 'Relative paths start at the folder of this file.'

const isRising = (edges: readonly number[]): boolean => edges.every((edge, index) => index === 0 || edge > edges[index - 1]) // prettier-ignore

const attribute = z.strictObject({
  column: filledText.optional().meta({ description: 'Column that holds it; another way to write `map`.' }),
  aliases: z.map(z.string(), filledText).optional().meta({ description: 'Spelling in the file to what it means.' }),
  values: z.array(filledText).min(1).optional().meta({ description: 'The values there may be, in this order.' }),
  labelledBy: z.enum(LABELLED_BY).optional().meta({ description: 'Who said so. Default: as the format has it.' }),
  bins: z
    .union([z.literal('fairface'), z.array(z.number()).min(1).refine(isRising, 'numbers that rise')])
    .optional()
    .meta({
      description:
        'Where bands of numbers begin, the last one open: [0, 18, 65]; or fairface, for the ages of FairFace.',
    }),
})

const columns = z.strictObject({
  image: filledText.optional().meta({ description: 'Image file; may be text around a column, such as "{id}.jpg".' }),
  id: filledText.optional().meta({ description: 'Name of the row. Default: that of its image.' }),
  subject: filledText.optional().meta({ description: 'Person, video or photo that several images share.' }),
  split: filledText.optional().meta({ description: 'An attribute `split`, to filter by.' }),
  box: z.array(filledText).length(4, 'four columns: left, top, width, height').optional().meta({
    description: 'Columns of left, top, width and height of the person in the photo.',
  }),
})

/** The block `dataset:` of a plan, and `train:`. */
export const datasetSchema = z.strictObject({
  format: z.enum(DATASET_FORMATS).optional().meta({ description: 'The layout of the label file.' }),
  id: filledText.optional().meta({ description: 'Name in reports. Default: the format.' }),
  labels: filledText.optional().meta({ description: `Label file. ${relative}` }),
  images: filledText.optional().meta({ description: `Folder that the image column is relative to. ${relative}` }),
  crop: filledText.optional().meta({ description: 'Which crop of the images this is; for FairFace "0.25" or "1.25".' }),
  map: z.map(z.string(), filledText).optional().meta({
    description:
      'Attribute to column; `image`, `id`, `subject` and `box` are reserved; `image` may be text around a column, such as "{id}.jpg".',
  }),
  columns: columns.optional().meta({ description: 'Columns that are no attributes; another way to write `map`.' }),
  attributes: z
    .map(z.string(), attribute)
    .optional()
    .meta({ description: 'What is known of each attribute: column, spellings, values, who labelled it, bands.' }),
  boxUnit: z.enum(['pixel', 'share']).optional().meta({ description: 'Unit of boxes. Default: pixel.' }),
  boxPadding: z
    .number()
    .min(0, 'a number from 0 to 1')
    .max(1, 'a number from 0 to 1')
    .optional()
    .meta({ description: 'Added on each side of a box, as a share of its longer side. Default: 0.' }),
  delimiter: z
    .string()
    .regex(/^(tab|[^\s"])$/, 'one character, or tab')
    .optional()
    .meta({ description: 'Between the fields of a CSV file: one character, or tab.' }),
  encoding: z.enum(ENCODINGS).optional().meta({ description: 'Of the label file. Default: utf-8.' }),
  deadZone: z
    .number()
    .gt(0, 'a number above 0')
    .optional()
    .meta({ description: 'LFW: scores this near to zero, or nearer, count as unknown.' }),
  skinTone: z.enum(['majority', 'band']).optional().meta({
    description: 'FACET: the tone that most annotators chose (default), or their mean in three bands.',
  }),
  join: textOrList.optional().meta({
    description: `CSV files whose columns \`map\` may name as well; joined by image name. Images that a file lacks are unknown. ${relative}`,
  }),
  where: z
    .map(z.string(), textOrList)
    .optional()
    .meta({ description: 'Keep only rows with one of these values; the others count as excluded.' }),
  unknownValues: z.enum(UNKNOWN_VALUES).optional().meta({ description: 'A value outside the list. Default: refuse.' }),
  followOutside: z.boolean().optional().meta({ description: 'Allow image paths that leave the image folder.' }),
  licence: filledText.optional().meta({ description: 'Licence of the dataset, printed in the report.' }),
  permittedUse: filledText.optional().meta({ description: 'What it may be used for, printed in the report.' }),
  simulated: z.boolean().optional().meta({ description: 'The data are made up: reports say so on every page.' }),
})

/** What {@link datasetSchema} reads. */
export type WrittenDataset = z.output<typeof datasetSchema>
