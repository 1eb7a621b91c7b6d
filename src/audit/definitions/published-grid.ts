import { z } from 'zod'
import type { PublishedGrid } from '../types/figures.js'
import { filledText } from './schema-words.js'

const printed = z.union([
  z.string().regex(/^-?[0-9]{1,6}(\.[0-9]+)?$/, 'a number as printed, such as "97.7"'),
  z.null(),
])

const row = z.strictObject({
  name: filledText.meta({ description: 'The row as the source names it.' }),
  against: filledText.optional().meta({ description: 'Key of the row of ours to compare with. Default: the first.' }),
  figures: z.array(printed).min(1).meta({ description: 'One for each column; null where the source leaves it blank.' }),
})

/** A published table as the file of a probe writes it. */
export const publishedGrid = z
  .strictObject({
    id: filledText,
    source: filledText.meta({ description: 'Publication and table, as cited in the report.' }),
    beside: filledText.meta({ description: 'Key of the table of ours that this one stands beside.' }),
    columns: z.array(filledText).min(1).meta({ description: 'Keys of columns of that table.' }),
    rows: z.array(row).min(1),
    unit: z.enum(['percent', 'number']).optional().meta({ description: 'What is printed. Default: percent.' }),
    neverComparable: filledText.optional().meta({ description: 'Why these figures can never be compared with a run.' }),
    conditions: z
      .strictObject({ crop: filledText, promptsSha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits') })
      .optional()
      .meta({ description: 'What a run must share with the source before a status is computed.' }),
    note: filledText.optional(),
  })
  .meta({ description: 'A published table to print beside ours. Give either neverComparable or conditions.' })

export function toPublishedGrid(written: z.output<typeof publishedGrid>): PublishedGrid {
  const {
    id,
    source,
    beside,
    columns,
    rows,
    unit = 'percent',
    neverComparable = null,
    conditions = null,
    note = null,
  } = written
  return {
    id,
    source,
    beside,
    columns,
    rows: rows.map(({ name, against = null, figures }) => ({ name, against, figures })),
    unit,
    neverComparable,
    conditions,
    note,
  }
}
