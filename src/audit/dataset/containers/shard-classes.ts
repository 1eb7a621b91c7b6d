import { basename } from 'node:path'
import { DatasetError, quoted } from '../../errors.js'
import type { ParquetColumn, ParquetFile } from '../parquet-file.js'
import { classNames } from './class-names.js'

/** A column, or a field of a struct by its dotted name. */
export type Place = { readonly dotted: string; readonly path: readonly string[]; readonly column: ParquetColumn }

/** Holds what the integers of each column stand for in one file against the files before it, and adds columns that name none of them to
 *  `bareIntegers`. What it gives throws DatasetError where two files name them differently: one integer would be two groups, or one group two. */
export function sameClasses(
  bareIntegers: Set<string>,
): (at: string, file: ParquetFile, places: readonly (Place | null)[]) => void {
  const before = new Map<string, { readonly at: string; readonly names: readonly string[] | null }>()
  return (at, file, places) => {
    for (const place of places) {
      if (place === null || !(place.column.kind === 'integer' || place.column.kind === 'float')) continue
      const names = classNames(file, place.path)
      if (names === null) bareIntegers.add(place.dotted)
      const known = before.get(place.dotted) ?? { at, names }
      before.set(place.dotted, known)
      if (JSON.stringify(known.names) !== JSON.stringify(names)) throw otherNames({ at, names, known, place })
    }
  }
}

type Named = { readonly at: string; readonly names: readonly string[] | null }

/** No name is quoted: classes may be people. */
function otherNames({
  at,
  names,
  known,
  place,
}: Named & { readonly known: Named; readonly place: Place }): DatasetError {
  return new DatasetError('parquet.classes', {
    at,
    field: quoted(place.dotted),
    expected: known.names === null ? `no names of classes, as in ${basename(known.at)}` : `the ${known.names.length} names of classes of ${basename(known.at)}, in their order`, // prettier-ignore
    received: names === null ? 'none' : known.names === null ? `${names.length} names` : 'others',
    hint: 'Write the files again with one list of names, or audit them one by one',
  })
}
