import { imageKey } from '../../dataset/image-key.js'
import { rowsByName } from '../../dataset/rows-by-name.js'
import { DatasetError, quoted } from '../../errors.js'
import type { Fault } from '../../errors.js'

const MOST_FAULTS = 20

export type JoinedIds = {
  /** Row of the vector of each row of the dataset; -1 where none was given. */
  readonly vectorOf: Int32Array
  /** Vectors that belong to no image of the label file. */
  readonly unmatched: number
  /** Vectors whose id is a path that ends in the name of their image. */
  readonly byPath: number
}

export type IdsOf = {
  /** Where the ids stand, for messages. */
  readonly at: string
  /** How many there must be. */
  readonly vectors: number
  /** Ids are paths of another machine: one that is no image name may end in one, where no other does. */
  readonly arePaths: boolean
}

/** Finds the vector of each image by its id, whatever the order. Ids are compared as image names are everywhere: `./a.jpg` is `a.jpg`. Throws
 *  DatasetError for an id that stands twice, another number of ids than vectors, and ids of which none is an image. Memory: 4 bytes an image, and a
 *  table of the names only where the ids are in another order. */
export async function joinIds(
  ids: AsyncIterable<readonly string[]>,
  images: readonly string[],
  { at, vectors, arePaths }: IdsOf,
): Promise<JoinedIds> {
  const join = newJoin(images, at, arePaths)
  let count = 0
  for await (const batch of ids) for (const id of batch) join.add(id, count++)
  if (count !== vectors) {
    const hint = 'The n-th id names the n-th vector; write both from the same list'
    throw refusal('vectors.ids', { at, expected: `${vectors} ids, one for each vector`, received: `${count}`, hint })
  }
  return join.finish()
}

/** Every image has the vector of its own position. Throws DatasetError where there are more of the one than of the other. */
export function joinByPosition(rows: number, vectors: number, at: string): JoinedIds {
  if (rows === vectors) return { vectorOf: Int32Array.from({ length: rows }, (_, row) => row), unmatched: 0, byPath: 0 }
  const hint = 'Position can only be trusted where every row has its vector; give ids instead of order: dataset'
  throw refusal('vectors.order', {
    at,
    field: 'order',
    expected: `${rows} vectors, one for each row of the label file`,
    received: `${vectors}`,
    hint,
  })
}

function newJoin(images: readonly string[], at: string, arePaths: boolean) {
  const vectorOf = new Int32Array(images.length).fill(-1)
  const others = new Map<string, number>() // ids of no image, with their vectors
  const faults: Fault[] = []
  let rowOf: ReadonlyMap<string, number> | null = null
  let matched = 0
  let example = ''
  const twice = (id: string): void => {
    faults.push({
      at,
      expected: 'every id once',
      received: `${quoted(id)} twice`,
      hint: 'Two vectors of one image: keep one of them',
    })
    if (faults.length === MOST_FAULTS) throw refusal('vectors.duplicate', faults)
  }
  const match = (row: number, id: string, vector: number): void => {
    if (vectorOf[row] >= 0) return twice(id)
    vectorOf[row] = vector
    matched++
  }
  const add = (id: string, vector: number): void => {
    if (rowOf === null && vector < images.length && images[vector] === id) return match(vector, id, vector)
    rowOf ??= rowsByName(images)
    example ||= id
    if (id === '' && !arePaths)
      throw refusal('vectors.ids', {
        at,
        expected: 'an id for every vector',
        received: `nothing for vector ${vector + 1}`,
        hint: 'Write the name of the image as the label file has it',
      })
    const row = id === '' ? undefined : rowOf.get(imageKey(id))
    if (row !== undefined) match(row, id, vector)
    else if (id !== '' && others.has(id)) twice(id)
    else others.set(id === '' ? `\0${vector}` : id, vector)
  }
  const finish = (): JoinedIds => {
    const byPath = arePaths
      ? byEndOfPath(others, rowOf ?? rowsByName(images)).filter(({ row }) => vectorOf[row] < 0)
      : []
    for (const { row, id, vector } of byPath) match(row, id, vector)
    if (faults.length > 0) throw refusal('vectors.duplicate', faults)
    if (matched === 0) {
      const hint = 'Write ids as the image column of the label file has them'
      throw refusal('vectors.ids', {
        at,
        expected: `ids that are images of the label file, such as ${quoted(images[0] ?? '')}`,
        received: `none, but for example ${quoted(example)}`,
        hint,
      })
    }
    return { vectorOf, unmatched: others.size - byPath.length, byPath: byPath.length }
  }
  return { add, finish }
}

type PathMatch = { readonly row: number; readonly id: string; readonly vector: number }

/** Paths that end in the whole name of an image, folders included: `/data/val/1.jpg` may be `val/1.jpg`, and `/data/train/1.jpg` may not. Where
 *  two paths end in one name, nobody can say which is meant, and neither is taken. */
function byEndOfPath(others: ReadonlyMap<string, number>, rowOf: ReadonlyMap<string, number>): PathMatch[] {
  const found = new Map<number, PathMatch | null>()
  for (const [id, vector] of others) {
    const row = endsOf(id).map((end) => rowOf.get(end)).find((one) => one !== undefined) // prettier-ignore
    if (row !== undefined) found.set(row, found.has(row) ? null : { row, id, vector })
  }
  return [...found.values()].filter((match) => match !== null)
}

/** What is left of a path without its first folder, without its first two, and so on. */
function endsOf(path: string): string[] {
  const parts = path.split(/[/\\]/)
  return parts.slice(1).map((_, cut) => imageKey(parts.slice(cut + 1).join('/')))
}

function refusal(code: string, faults: Fault | readonly Fault[]): DatasetError {
  return new DatasetError(code, faults)
}
