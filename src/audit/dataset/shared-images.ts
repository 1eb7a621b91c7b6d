import { DatasetError, quoted, type Fault } from '../errors.js'
import type { Dataset } from '../types/dataset.js'
import { sourceOf } from './image-source.js'

const MOST_NAMED = 3 // enough to find them in a label file

/** Refuses files and subjects that are in both of two datasets, as far as names tell: a classifier recognises what it was fitted to. Rows that are
 *  excluded or quarantined do not count. `at`: the label file of the training images. Throws DatasetError with both kinds together. */
export function refuseSharedPeople(audited: Dataset, training: Dataset, at: string): void {
  const rows = sharedRows({ names: keysOf(audited), of: audited }, { names: keysOf(training), of: training })
  const images = rows.map((row) => training.images[row])
  const subjects = sharedRows({ names: audited.subjects, of: audited }, { names: training.subjects, of: training })
  const imageOf = new Map(subjects.map((row) => [training.subjects?.[row], training.images[row]] as const)) // a subject may be a name
  const faults = [
    ...(images.length > 0 ? [faultOf(at, 'image', images)] : []),
    ...(imageOf.size > 0 ? [faultOf(at, 'subject', [...imageOf.values()])] : []),
  ]
  if (faults.length > 0) throw new DatasetError('train.shared', faults)
}

/** Refuses images whose files hold the same bytes in both. Hashes have one entry per row; null where nothing was read. A box is
 *  part of a hash: a copy under another name is not seen where one side has a box and the other none, or another one; by its path it is. */
export function refuseSharedContent(
  audited: { readonly dataset: Dataset; readonly hashes: readonly (string | null)[] },
  training: { readonly dataset: Dataset; readonly hashes: readonly (string | null)[] },
  at: string,
): void {
  const seen = new Set(audited.hashes)
  const images = training.hashes.flatMap((hash, row) =>
    hash !== null && seen.has(hash) ? [training.dataset.images[row]] : [],
  )
  if (images.length > 0) throw new DatasetError('train.shared', faultOf(at, 'image', images))
}

function keysOf(dataset: Dataset): string[] | null {
  return dataset.paths === null ? null : dataset.paths.map((_, row) => sourceOf(dataset, row).key)
}

type Named = { readonly names: readonly string[] | null; readonly of: Dataset }

/** Rows of the second whose name the first has too. */
function sharedRows(audited: Named, training: Named): number[] {
  if (audited.names === null || training.names === null) return []
  const known = new Set(audited.names.filter((_, row) => isUsed(audited.of, row)))
  const { names, of } = training
  return [...names.keys()].filter((row) => names[row] !== '' && isUsed(of, row) && known.has(names[row]))
}

function isUsed({ excluded, quarantined }: Dataset, row: number): boolean {
  return !excluded.has(row) && !quarantined.has(row)
}

/** `images`: those that are shared, or one of each subject. */
function faultOf(at: string, what: 'image' | 'subject', images: readonly string[]): Fault {
  const some = images.slice(0, MOST_NAMED).map(quoted).join(', ')
  const more = images.length > MOST_NAMED ? `, and ${images.length - MOST_NAMED} more` : ''
  return {
    at,
    field: what,
    expected: `no ${what} that is audited as well`,
    received: `${images.length} of them: ${what === 'subject' ? 'those of ' : ''}${some}${more}`,
    hint: 'A classifier recognises what it was fitted to; leave these out on one side, with where: or with a shorter label file',
  }
}
