/** A count out of a total: `count` of `total` observations have the property. */
export type Proportion = { readonly count: number; readonly total: number }

/** Bounds of an interval. `high` is Infinity where the interval has no upper end. */
export type Interval = { readonly low: number; readonly high: number }

/** Refuses a proportion that cannot be: counts are integers with 0 <= count <= total and total > 0.
 *  Throws RangeError that names `caller`, what it expected and what it received. */
export function requireProportion(caller: string, { count, total }: Proportion): void {
  if (!Number.isSafeInteger(total) || total < 1) {
    throw new RangeError(`${caller} expected a total of at least one observation but received ${total}`)
  }
  if (!Number.isSafeInteger(count) || count < 0 || count > total) {
    throw new RangeError(`${caller} expected a whole count from 0 to ${total} but received ${count}`)
  }
}
