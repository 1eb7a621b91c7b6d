import type { AttributeColumn, Warning } from '../types/dataset.js'
import type { DatasetFormat, DatasetPlan } from '../types/definitions.js'
import { imageFolderLayout, openImageFolder } from './containers/image-folder.js'
import { isParquetDataset, openFairFaceParquet, openParquetDataset } from './containers/parquet.js'
import { openWebDataset, webDatasetLayout } from './containers/webdataset.js'
import { openCsv } from './csv.js'
import { fairFaceLayout } from './formats/fairface.js'
import { refuseDamagedFairFace } from './formats/fairface-damage.js'
import { fairFaceWarnings } from './formats/fairface-warnings.js'
import { casualConversations2Layout, casualConversationsLayout, openFrames } from './formats/casual-conversations.js'
import { celebALayout, openCelebA } from './formats/celeba.js'
import { cfdLayout, openCfd } from './formats/cfd.js'
import { facetLayout, openFacet } from './formats/facet.js'
import { lfwLayout, openLfw } from './formats/lfw.js'
import { miapLayout, openMiap } from './formats/miap.js'
import { openUtkFace, utkFaceLayout } from './formats/utkface.js'
import { openJsonl } from './jsonl.js'
import type { LabelTable } from './label-table.js'
import { mappedLayout } from './layout.js'
import type { Layout } from './layout.js'
import { placedRows } from './placed-rows.js'
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
    open: async (plan, hidesCells) =>
      (await isParquetDataset(plan.labels))
        ? openFairFaceParquet(plan, hidesCells)
        : openCsv(plan.labels, plan.reading),
    layout: fairFaceLayout,
    refuseDamaged: refuseDamagedFairFace,
    warnings: fairFaceWarnings,
  },
  csv: {
    open: async (plan) => placedRows(await openCsv(plan.labels, plan.reading), plan),
    layout: mappedLayout,
  },
  jsonl: {
    open: async (plan, hidesCells) => placedRows(await openJsonl(plan.labels, hidesCells), plan),
    layout: mappedLayout,
  },
  parquet: { open: openParquetDataset, layout: mappedLayout },
  imagefolder: { open: openImageFolder, layout: imageFolderLayout },
  webdataset: { open: openWebDataset, layout: webDatasetLayout },
  utkface: { open: openUtkFace, layout: utkFaceLayout },
  celeba: { open: openCelebA, layout: celebALayout },
  'casual-conversations': { open: openFrames, layout: casualConversationsLayout },
  'casual-conversations-2': { open: openFrames, layout: casualConversations2Layout },
  facet: { open: openFacet, layout: facetLayout },
  miap: { open: openMiap, layout: miapLayout },
  cfd: { open: openCfd, layout: cfdLayout },
  lfw: { open: openLfw, layout: lfwLayout },
}

/** How the format of a plan is read. */
export function formatOf({ format }: Pick<DatasetPlan, 'format'>): Format {
  return FORMATS[format]
}
