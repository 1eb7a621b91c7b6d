import { basename, join, posix } from 'node:path'
import { DatasetError } from '../../errors.js'
import type { SourceFile, Warning } from '../../types/dataset.js'
import type { DatasetPlan } from '../../types/definitions.js'
import { missingColumn } from '../label-table.js'
import type { LabelTable } from '../label-table.js'
import { mappedLayout } from '../layout.js'
import type { Layout } from '../layout.js'
import { listFiles } from '../list-files.js'
import { openTable } from '../open-table.js'
import { placedRows } from '../placed-rows.js'
import { joinedSha256 } from './container-file.js'
import { FOLDER, isOfFolderNames, openFolderNames, splitOf, splitsOf } from './folder-names.js'
import { openParquetLabels } from './parquet-labels.js'
import { SPLIT, isSplitWord, refuseMixedSplits } from './splits.js'
import { withImage } from './webdataset.js'

/** What the key of an image is called in the metadata of Hugging Face image folders; other keys of files end in it. */
export const FILE_NAME = 'file_name'
const METADATA = /^metadata\.(csv|jsonl|parquet)$/

/**
 * Opens a folder of images as Hugging Face datasets lay them out. With `metadata.csv`, `.jsonl` or `.parquet` beside the images, or one in the folder of each
 * split, its rows are the rows, and `file_name` is relative to it. Without, every image is a row, and `folder` is the folder that it lies in.
 * With several, `split` is the first folder of the metadata. Throws DatasetError where two kinds of metadata are mixed, or several splits. Source: huggingface/datasets, folder_based_builder.py.
 */
export async function openImageFolder(plan: DatasetPlan, hidesCells: boolean): Promise<LabelTable> {
  const files = await listFiles(plan.labels)
  const metadata = files.filter((name) => METADATA.test(basename(name)))
  const kinds = new Set(metadata.map((name) => posix.extname(name)))
  if (kinds.size > 1)
    throw new DatasetError('imagefolder.metadata', {
      at: plan.labels,
      expected: 'metadata of one kind',
      received: metadata.map((name) => basename(name)).join(' and '),
      hint: 'Keep the file that is right, and move the other one away',
    })
  refuseMixedSplits(metadata.length === 0 ? splitsOf(files) : metadata.map(splitOf).filter(isSplitWord), plan)
  const table = metadata.length === 0 ? openFolderNames(plan.labels, files) : await openMetadata(plan, metadata, hidesCells) // prettier-ignore
  return placedRows(table, withImage(plan, FILE_NAME))
}

/** The plan's map; what names of folders say was said by whoever sorted the images. */
export function imageFolderLayout(plan: DatasetPlan, table: LabelTable): Layout {
  const layout = mappedLayout(withImage(plan, FILE_NAME), table)
  const isSorted = (column: string): boolean => column === FOLDER && isOfFolderNames(table) && !plan.simulated
  const attributes = layout.attributes.map((one) =>
    isSorted(one.column) ? { ...one, labelledBy: 'folder-name' as const } : one,
  )
  return { ...layout, attributes }
}

/** The metadata files of one kind, one after another. Names of files become relative to the root. */
async function openMetadata(
  { labels: root, images }: DatasetPlan,
  names: readonly string[],
  hidesCells: boolean,
): Promise<LabelTable> {
  const open = (name: string): Promise<LabelTable> =>
    name.endsWith('.parquet')
      ? openParquetLabels([{ path: join(root, name), split: null }], { hidesCells, opensImages: images !== null })
      : openTable(join(root, name), hidesCells)
  const first = await open(names[0])
  const hasSplits = names.length > 1 && !first.header.includes(SPLIT)
  const bareIntegers = new Set<string>()
  const sources: SourceFile[] = []
  const warnings: Warning[] = []
  async function* rows(asked: readonly string[]): ReturnType<LabelTable['rows']> {
    const columns = asked.filter((column) => !hasSplits || column !== SPLIT)
    const isFile = columns.map((column) => column === FILE_NAME || column.endsWith(`_${FILE_NAME}`))
    let line = 0
    for (const [index, name] of names.entries()) {
      const table = index === 0 ? first : await open(name)
      refuseMissing(join(root, name), table, columns)
      let count = 0
      for await (const row of table.rows(columns)) {
        count++
        line = names.length === 1 ? row.line : line + 1
        const cells = row.cells.map((cell, at) => (isFile[at] && cell !== '' ? posix.join(posix.dirname(name), cell) : cell)) // prettier-ignore
        yield { ...row, cells: asked.map((column) => cells[columns.indexOf(column)] ?? splitOf(name)), line }
      }
      sources.push({ file: name, sha256: table.sha256(), rows: count })
      warnings.push(...(table.warnings?.() ?? []))
      for (const column of table.bareIntegers?.() ?? []) bareIntegers.add(column)
    }
  }
  return {
    ...first,
    header: hasSplits ? [SPLIT, ...first.header] : first.header,
    rows,
    bareIntegers: () => [...bareIntegers],
    sha256: () => joinedSha256(sources),
    sources: () => sources,
    warnings: () => warnings,
  }
}

function refuseMissing(file: string, { header, headerIsComplete }: LabelTable, columns: readonly string[]): void {
  const missing = columns.find((column) => headerIsComplete && !header.includes(column))
  if (missing !== undefined) throw new DatasetError('table.column', missingColumn(file, 'columns', missing, header))
}
