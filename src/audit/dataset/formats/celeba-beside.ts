import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatasetError, quoted } from '../../errors.js'
import type { SourceFile } from '../../types/dataset.js'
import { openText } from '../text-file.js'
import { textLines } from '../text-lines.js'

export const IDENTITY = 'identity'
export const SPLIT = 'split'

/** A file that says one thing of every image: who it shows, or which split it is in. */
export type Beside = {
  readonly column: typeof IDENTITY | typeof SPLIT
  readonly valueOf: ReadonlyMap<string, string>
  readonly source: SourceFile
}

export const SPLITS = ['train', 'valid', 'test'] // torchvision: 0, 1, 2

/** Names of the files, the first that is there. They have no header; the CSV copy has one. */
const FILES: readonly (readonly [column: Beside['column'], names: readonly string[]])[] = [
  [IDENTITY, ['identity_CelebA.txt']],
  [SPLIT, ['list_eval_partition.txt', 'list_eval_partition.csv']],
]

/** What lies in the folder of the labels under the names of CelebA. Throws DatasetError with the line of a broken row. */
export async function readBeside(folder: string): Promise<Beside[]> {
  const found: Beside[] = []
  for (const [column, names] of FILES)
    for (const name of names) {
      if (found.some((one) => one.column === column) || !(await isFile(join(folder, name)))) continue
      found.push(await readPairs(folder, name, column))
    }
  return found
}

async function readPairs(folder: string, name: string, column: Beside['column']): Promise<Beside> {
  const file = join(folder, name)
  const text = await openText(file)
  const valueOf = new Map<string, string>()
  for await (const { line, text: written } of textLines(text.chunks, file)) {
    if (line === 1 && written.startsWith('image_id,')) continue
    const [image = '', said = '', ...more] = written.split(/[ ,]+/).filter((field) => field !== '')
    const value = column === SPLIT && !/^[012]$/.test(said) ? '' : column === SPLIT ? SPLITS[Number(said)] : said
    if (value === '' || more.length > 0) throw broken(`${file}:${line}`, column, quoted(written))
    if (valueOf.has(image)) throw broken(`${file}:${line}`, column, `a second row of ${quoted(image)}`)
    valueOf.set(image, value)
  }
  return { column, valueOf, source: { file: name, sha256: text.sha256(), rows: valueOf.size } }
}

function broken(at: string, column: Beside['column'], received: string): DatasetError {
  const expected = column === SPLIT ? 'an image and 0, 1 or 2' : 'an image and the number of a person'
  const hint = 'Get the file again, or move it out of the folder of the labels to do without'
  return new DatasetError('table.row', { at, expected, received, hint })
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false, // that it is not there is the answer
  )
}
