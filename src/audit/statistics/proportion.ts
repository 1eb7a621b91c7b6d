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

/** The same for counts that may have been divided by a design effect, and so need not be whole: 0 <= count <= total and
 *  0 < total < Infinity. Throws RangeError that names `caller`, what it expected and what it received.
 *  Source: Rao & Scott 1992, who put such counts into methods made for independent observations. */
export function requireEffectiveProportion(caller: string, { count, total }: Proportion): void {
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(`${caller} expected a total of at least one observation but received ${total}`)
  }
  if (!(count >= 0 && count <= total)) {
    throw new RangeError(`${caller} expected a count from 0 to ${total} but received ${count}`)
  }
}
