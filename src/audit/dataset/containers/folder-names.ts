import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import { DatasetError, quoted } from '../../errors.js'
import { isImageName } from '../image-ending.js'
import type { LabelTable, TableRow } from '../label-table.js'
import { noRows } from '../label-table.js'
import { SPLIT, isSplitWord } from './splits.js'

/** The column with the folder that an image lies in. */
export const FOLDER = 'folder'
const HEADER = ['file_name', FOLDER, SPLIT]

/** Whether a table is one of these: of images without metadata. */
export function isOfFolderNames({ header }: Pick<LabelTable, 'header'>): boolean {
  return HEADER.every((name, index) => header[index] === name)
}

/** The images among some files as a table: `file_name`, the `folder` each lies in, and as `split` the first folder of its path. The hash is over the
 *  names. Throws DatasetError for folder names that are no labels: only one, or images at different depths. */
export function openFolderNames(root: string, files: readonly string[]): LabelTable {
  const names = files.filter(isImageName)
  if (names.length === 0) throw new DatasetError('table.empty', noRows(root))
  // eslint-disable-next-line @typescript-eslint/require-await -- a table gives its rows asynchronously, whatever it is read from
  async function* rows(columns: readonly string[]): AsyncGenerator<TableRow, void> {
    if (columns.includes(FOLDER)) refuseNoLabels(root, names)
    for (const [index, name] of names.entries()) {
      const cells = [name, folderOf(name), splitOf(name)]
      yield { line: index + 1, cells: columns.map((column) => cells[HEADER.indexOf(column)]) }
    }
  }
  const sha256 = createHash('sha256').update(names.map((name) => `${name}\n`).join('')).digest('hex') // prettier-ignore
  const others = files.length - names.length
  const message = `${others} files beside the images are no JPEG, PNG or WebP, and are not read`
  return {
    header: HEADER,
    headerIsComplete: true,
    rows,
    sha256: () => sha256,
    warnings: () => (others === 0 ? [] : [{ code: 'imagefolder.other-files', count: others, message }]),
  }
}

function folderOf(name: string): string {
  const folder = posix.basename(posix.dirname(name))
  return folder === '.' ? '' : folder
}

/** The first folder of a path, '' where there is none. */
export function splitOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.indexOf('/')) : ''
}

/** The splits of images that lie two folders deep where the first is one of the usual words. */
export function splitsOf(files: readonly string[]): string[] {
  const parts = files.filter(isImageName).map((name) => name.split('/'))
  return parts.flatMap(([first, ...rest]) => (rest.length > 1 && isSplitWord(first) ? [first] : []))
}

function refuseNoLabels(root: string, names: readonly string[]): void {
  const depthOf = (name: string): number => name.split('/').length
  const other = names.find((name) => depthOf(name) !== depthOf(names[0]))
  const refuse = (expected: string, received: string): never => {
    const hint = 'Sort the images into one folder for each group, or write a metadata.csv'
    throw new DatasetError('imagefolder.folders', { at: root, field: FOLDER, expected, received, hint })
  }
  if (other !== undefined) refuse('all images at the same depth', `${quoted(names[0])} and ${quoted(other)}`)
  const folders = new Set(names.map(folderOf))
  if (folders.size < 2) refuse('at least two folders of images', quoted([...folders][0]))
}
