import type { Proportion } from './proportion.js'

/** Both sides of a comparison within one stratum, a combination of other attributes. A side may have no images. */
export type Stratum = { readonly group: Proportion; readonly reference: Proportion }

/** One stratum as a textbook table: a and b are the group's images that are counted and those that are not, c and d the
 *  reference's. */
export type FourfoldTable = {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly groupTotal: number
  readonly referenceTotal: number
  /** a + c */
  readonly counted: number
  /** b + d */
  readonly uncounted: number
  readonly total: number
}

/** Strata as fourfold tables, without those that have nothing to say, which are listed by their place.
 *  `needs`: `both-sides`, images on both sides, for differences of rates; `four-margins`, some images counted and some not as
 *  well, for odds ratios, which any stratum with one rate throughout leaves as they are.
 *  Throws RangeError that names `caller` unless the counts are whole and 0 <= count <= total. */
export function fourfoldTables(
  caller: string,
  strata: readonly Stratum[],
  needs: 'both-sides' | 'four-margins',
): { readonly tables: FourfoldTable[]; readonly emptyStrata: number[] } {
  const all = strata.map(({ group, reference }) => {
    requireCounts(caller, group)
    requireCounts(caller, reference)
    return fourfoldTable([group.count, group.total, reference.count, reference.total])
  })
  const isEmpty = ({ groupTotal, referenceTotal, counted, uncounted }: FourfoldTable) =>
    groupTotal === 0 || referenceTotal === 0 || (needs === 'four-margins' && (counted === 0 || uncounted === 0))
  return {
    tables: all.filter((table) => !isEmpty(table)),
    emptyStrata: [...all.keys()].filter((place) => isEmpty(all[place])),
  }
}

/** The same margins with another number of the group's images counted. */
export function withGroupCount({ groupTotal, referenceTotal, counted }: FourfoldTable, a: number): FourfoldTable {
  return fourfoldTable([a, groupTotal, counted - a, referenceTotal])
}

function fourfoldTable([a, groupTotal, c, referenceTotal]: readonly [number, number, number, number]): FourfoldTable {
  const [b, d] = [groupTotal - a, referenceTotal - c]
  const total = groupTotal + referenceTotal
  return { a, b, c, d, groupTotal, referenceTotal, counted: a + c, uncounted: b + d, total }
}

function requireCounts(caller: string, { count, total }: Proportion): void {
  if (!Number.isSafeInteger(total) || total < 0) {
    throw new RangeError(`${caller} expected a whole total from 0 but received ${total}`)
  }
  if (!Number.isSafeInteger(count) || count < 0 || count > total) {
    throw new RangeError(`${caller} expected a whole count from 0 to ${total} but received ${count}`)
  }
}
