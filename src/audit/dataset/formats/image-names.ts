import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { DatasetError, quoted } from '../../errors.js'
import { isImageName } from '../image-ending.js'
import type { LabelTable, TableRow } from '../label-table.js'
import { listFiles } from '../list-files.js'

/** What the name of one image says: cells in the order of the columns. */
export type NameReading = Pick<TableRow, 'cells' | 'quarantined'>

/** How images are named in a dataset whose labels are those names. */
export type NamingRule = {
  /** The columns that names hold, after the first one, which is the name itself. */
  readonly columns: readonly string[]
  /** What a name says; null where it is no name of this dataset at all. `name` has no folder. */
  readonly read: (name: string) => NameReading | null
  /** The form of a name, for messages. */
  readonly form: string
}

export const NAME = 'file'

/** The images of a folder as a table of what their names say, in the order of the bytes of their names. An image whose name is none of the dataset's is a
 *  row that cannot be used; other files are no rows. The hash is over the list of names. Throws DatasetError where not one name is the dataset's. */
export async function openImageNames(folder: string, rule: NamingRule): Promise<LabelTable> {
  const rows = (await listFiles(folder)).flatMap((name): (NameReading & { readonly name: string })[] => {
    const said = rule.read(basename(name))
    if (said !== null) return [{ name, ...said }]
    return isImageName(name) ? [{ name, cells: rule.columns.map(() => ''), quarantined: notNamed(rule) }] : []
  })
  if (rows.every(({ quarantined }) => quarantined?.code === NOT_NAMED)) throw noneNamed(folder, rule, rows[0]?.name)
  const header = [NAME, ...rule.columns]
  // eslint-disable-next-line @typescript-eslint/require-await -- a table gives its rows asynchronously, whatever it is read from
  async function* read(columns: readonly string[]): AsyncGenerator<TableRow, void> {
    const places = columns.map((column) => header.indexOf(column))
    for (const [index, { name, cells, ...rest }] of rows.entries())
      yield { line: index + 1, ...rest, cells: places.map((place) => [name, ...cells][place]) }
  }
  const sha256 = createHash('sha256').update(rows.map(({ name }) => `${name}\n`).join('')).digest('hex') // prettier-ignore
  return { header, headerIsComplete: true, rows: read, sha256: () => sha256 }
}

const NOT_NAMED = 'label.name'

function notNamed({ form }: NamingRule) {
  return { code: NOT_NAMED, reason: `the name of the image is not of the form ${form}` }
}

function noneNamed(folder: string, { form }: NamingRule, example: string | undefined): DatasetError {
  return new DatasetError('images.names', {
    at: folder,
    field: 'images',
    expected: `images called ${form}`,
    received: example === undefined ? 'no image' : `none, but for example ${quoted(example)}`,
    hint: 'Name the folder that holds them with --images; the labels are in the names, so keep them as they were downloaded',
  })
}
