import { stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, relative, sep } from 'node:path'
import { DatasetError, quoted } from '../../errors.js'
import { hashFile } from '../../model/hash-file.js'
import { identityOf } from '../../model/model-identity.js'
import { isSameState } from '../../model/same-state.js'
import type { Dataset, Quarantine, Warning } from '../../types/dataset.js'
import type { RawEmbeddings } from '../../types/decisions.js'
import type { FileState } from '../../types/files.js'
import type { VectorsPlan, VectorsSource } from '../../types/vectors.js'
import { checkVectors } from './check-vectors.js'
import { readTexts } from './ids.js'
import { importedEmbeddings } from './imported-embeddings.js'
import { joinByPosition, joinIds } from './join-ids.js'
import type { JoinedIds } from './join-ids.js'
import type { OpenedVectors } from './open-vectors.js'

export type ImportedVectors = {
  readonly embeddings: RawEmbeddings
  /** Images without a vector, and with one that has no direction; on top of the dataset's own. */
  readonly quarantined: ReadonlyMap<number, Quarantine>
  readonly warnings: readonly Warning[]
  readonly source: Pick<VectorsSource, 'sha256' | 'files' | 'rows' | 'dim' | 'dtype' | 'normalised' | 'joinedBy'>
  /** Throws DatasetError when one of the files is not any more what it was when it was looked through. */
  readonly confirm: () => Promise<void>
}

const MISSING: Quarantine = { code: 'embed.missing', reason: 'no vector was given for it' }

/** Gives the images of a dataset the vectors that were made elsewhere: finds the vector of each, and looks at every one of them once. `texts`:
 *  files of class vectors, which count as well. Throws DatasetError. */
export async function importVectors(
  dataset: Dataset,
  plan: VectorsPlan,
  opened: OpenedVectors,
  texts: readonly string[],
): Promise<ImportedVectors> {
  const { vectors } = opened
  refuseOtherShape(plan, opened)
  const files = [plan.file, ...opened.files, ...(plan.ids.kind === 'file' ? [plan.ids.path] : []), ...texts]
  const states = await Promise.all(
    files.map(async (file) => (file === opened.files[0] ? opened.state : null) ?? stateOf(file)),
  )
  const { vectorOf, unmatched, byPath } = await join(dataset, plan, opened)

  const isWanted = (row: number): boolean => !dataset.excluded.has(row) && !dataset.quarantined.has(row)
  const rowOf = new Int32Array(vectors.rows).fill(-1)
  vectorOf.forEach((vector, row) => {
    if (vector >= 0 && isWanted(row)) rowOf[vector] = row
  })
  const dtype = opened.isDtypeKnown ? vectors.dtype : (plan.dtype ?? vectors.dtype)
  const nameOf = (row: number): string => dataset.images[row]
  const checked = await checkVectors({ vectors, rowOf, nameOf, normalised: plan.normalised, dtype, at: plan.file })

  const quarantined = new Map(checked.quarantined)
  vectorOf.forEach((vector, row) => {
    if (vector < 0 && isWanted(row)) quarantined.set(row, MISSING)
  })
  const rows = Int32Array.from(dataset.images.keys()).filter((row) => isWanted(row) && !quarantined.has(row))
  const hashed = await hashAll(files, dirname(plan.file))
  return {
    embeddings: importedEmbeddings(vectors, rows, vectorOf),
    quarantined,
    warnings: [
      ...notUsed(unmatched + opened.missing, opened.missing),
      ...joinedByPath(byPath),
      ...identical(checked.identical),
    ],
    source: {
      ...hashed,
      rows: vectors.rows,
      dim: vectors.dim,
      dtype,
      normalised: {
        stated: plan.normalised,
        shortest: checked.lengths === null ? null : rounded(checked.lengths.shortest),
        longest: checked.lengths === null ? null : rounded(checked.lengths.longest),
      },
      joinedBy: plan.ids.kind === 'order' ? 'order' : 'id',
    },
    confirm: async () => {
      for (const [index, file] of files.entries())
        if (!isSameState(states[index], await stateOf(file))) throw changed(file)
    },
  }
}

/** What was stated of the vectors must be so. */
function refuseOtherShape({ file, dim, dtype }: VectorsPlan, { vectors, isDtypeKnown }: OpenedVectors): void {
  const refuse = (field: string, expected: string, received: string): never => {
    const hint = 'Correct the one that is wrong: these may be the vectors of another model'
    throw new DatasetError('vectors.dimension', { at: file, field, expected, received, hint })
  }
  if (dim !== null && dim !== vectors.dim) refuse('dim', `${vectors.dim}, as in the file of vectors`, `${dim}`)
  if (isDtypeKnown && dtype !== null && dtype !== vectors.dtype)
    refuse('dtype', `${vectors.dtype}, as in the file of vectors`, dtype)
}

function join({ images }: Dataset, { ids, file }: VectorsPlan, opened: OpenedVectors): Promise<JoinedIds> | JoinedIds {
  const { rows } = opened.vectors
  if (ids.kind === 'order') return joinByPosition(images.length, rows, file)
  const { ids: inside, idsArePaths } = opened
  if (ids.kind === 'file')
    return joinIds(readTexts(ids.path), images, { at: ids.path, vectors: rows, arePaths: idsArePaths })
  if (inside === null) {
    const hint = 'Name a file of ids under ids:, or a column of this file under idColumn:'
    throw new DatasetError('vectors.ids', { at: file, field: 'ids', expected: 'ids', received: 'none', hint })
  }
  return joinIds(inside(), images, { at: opened.files.at(-1) ?? file, vectors: rows, arePaths: idsArePaths })
}

function notUsed(count: number, withoutVector: number): Warning[] {
  const ofThese = withoutVector === 0 ? '' : `, ${withoutVector} of them empty`
  const message = `${count} vectors belong to no image of the label file${ofThese}, and are left out`
  return count === 0 ? [] : [{ code: 'embed.unmatched', count, message }]
}

function joinedByPath(count: number): Warning[] {
  const message = `${count} vectors found their image by a path that ends in its name: make sure that they are the same images`
  return count === 0 ? [] : [{ code: 'embed.joined-by-path', count, message }]
}

function identical(count: number): Warning[] {
  const message = `${count} images have exactly the same vector as another: copies of one image, or a fault of the export`
  return count === 0 ? [] : [{ code: 'embed.identical', count, message }]
}

/** Seven digits: what float32 can tell apart. */
function rounded(length: number): number {
  return Number(length.toPrecision(7))
}

/** Files are called as seen from the folder of embeddings.yaml, and by their own name where they lie outside. */
async function hashAll(files: readonly string[], folder: string): Promise<Pick<VectorsSource, 'sha256' | 'files'>> {
  const hashed: VectorsSource['files'][number][] = []
  for (const file of new Set(files)) {
    const { sha256, bytes } = await hashFile(file)
    const inside = relative(folder, file).split(sep).join('/')
    const isOutside = inside.startsWith('..') || isAbsolute(inside) // another drive has no relative path
    hashed.push([isOutside ? basename(file) : inside, sha256, bytes])
  }
  return { sha256: identityOf(hashed), files: hashed }
}

function stateOf(file: string): Promise<FileState> {
  return stat(file, { bigint: true })
}

function changed(file: string): DatasetError {
  const hint = 'Run again when nobody writes into it'
  const received = `another ${quoted(basename(file))} than when the run began`
  return new DatasetError('vectors.changed', { at: file, expected: 'a file that stays as it is', received, hint })
}
