import type { AttributeColumn, Warning } from '../types/dataset.js'
import type { DatasetFormat, DatasetPlan } from '../types/definitions.js'
import { openCsv } from './csv.js'
import { fairFaceLayout } from './fairface.js'
import { refuseDamagedFairFace } from './fairface-damage.js'
import { fairFaceWarnings } from './fairface-warnings.js'
import { openJsonl } from './jsonl.js'
import type { LabelTable } from './label-table.js'
import { mappedLayout } from './layout.js'
import type { Layout } from './layout.js'
import type { RawColumns } from './raw-columns.js'

/** How one format is read. Everything else (names of images, repeated rows, values, filters) is the same for all. */
export type Format = {
  /** Opens the labels as a table. `hidesCells`: no message quotes what a row says. Throws DatasetError. */
  readonly open: (plan: DatasetPlan, hidesCells: boolean) => Promise<LabelTable>
  /** Which column holds what, with licence and values. Throws DatasetError. */
  readonly layout: (plan: DatasetPlan, table: LabelTable) => Layout
  /** Throws DatasetError for a file that is damaged in a way that only this format knows. */
  readonly refuseDamaged?: (layout: Layout, raw: RawColumns, at: string) => void
  readonly warnings?: (plan: DatasetPlan, attributes: readonly AttributeColumn[]) => Warning[]
}

const FORMATS: Readonly<Record<DatasetFormat, Format>> = {
  fairface: {
    open: ({ labels }) => openCsv(labels),
    layout: fairFaceLayout,
    refuseDamaged: refuseDamagedFairFace,
    warnings: fairFaceWarnings,
  },
  csv: { open: ({ labels }) => openCsv(labels), layout: mappedLayout },
  jsonl: { open: ({ labels }, hidesCells) => openJsonl(labels, hidesCells), layout: mappedLayout },
}

/** How the format of a plan is read. */
export function formatOf({ format }: Pick<DatasetPlan, 'format'>): Format {
  return FORMATS[format]
}
