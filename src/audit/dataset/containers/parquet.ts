import { stat } from 'node:fs/promises'
import type { DatasetPlan } from '../../types/definitions.js'
import type { LabelTable } from '../label-table.js'
import { placedRows } from '../placed-rows.js'
import { openParquetLabels } from './parquet-labels.js'
import { isParquet, parquetShards } from './parquet-shards.js'
import { SPLIT, refuseMixedSplits } from './splits.js'

/** Whether labels that may be a table of text are Parquet: a file of that ending, or a folder. */
export async function isParquetDataset(path: string): Promise<boolean> {
  return isParquet(path) || (await stat(path).catch(() => null))?.isDirectory() === true
}

/** Opens the Parquet files of a plan: a file, or a folder of the files of one or more splits. */
export async function openParquetDataset(plan: DatasetPlan, hidesCells: boolean): Promise<LabelTable> {
  const shards = await parquetShards(plan.labels)
  refuseMixedSplits(shards.map(({ split }) => split), plan) // prettier-ignore
  return placedRows(await openParquetLabels(shards, { hidesCells, opensImages: plan.images !== null }), plan)
}

/** The same for FairFace as it lies on the hub: its image column is the file of each row, and what is true is `True`. */
export async function openFairFaceParquet(plan: DatasetPlan, hidesCells: boolean): Promise<LabelTable> {
  const shards = await parquetShards(plan.labels)
  refuseMixedSplits(shards.map(({ split }) => split), plan) // prettier-ignore
  const table = await openParquetLabels(shards, {
    hidesCells,
    opensImages: plan.images !== null,
    booleans: ['False', 'True'],
  })
  const isMapped = plan.map.some(({ column }) => column === SPLIT)
  const header = table.header.filter((name) => name !== SPLIT || isMapped)
  if (header.includes(FILE) || !header.includes(IMAGE)) return { ...table, header }
  return {
    ...table,
    header: header.map((name) => (name === IMAGE ? FILE : name)),
    rows: (columns) => table.rows(columns.map((name) => (name === FILE ? IMAGE : name))),
  }
}

/** What the image is called on the hub, and in the files of its authors. */
const [IMAGE, FILE] = ['image', 'file']
