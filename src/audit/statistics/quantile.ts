/** The value below which a share of the values lies, between two of them by straight line (type 7 of Hyndman & Fan 1996, the
 *  default of R and numpy; simple-statistics has another). `ascending` must be sorted; infinite values are allowed.
 *  Throws RangeError for no values or a share outside 0 to 1.
 *  @example quantile([1, 2, 4, 8], 0.5)  // 3 */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  if (ascending.length === 0) throw new RangeError('quantile expected at least one value but received none')
  if (!(share >= 0 && share <= 1)) throw new RangeError(`quantile expected a share from 0 to 1 but received ${share}`)
  const place = share * (ascending.length - 1)
  const below = ascending[Math.floor(place)]
  const above = ascending[Math.ceil(place)]
  if (below === above) return below // also two infinities, whose difference is none
  return below + (place - Math.floor(place)) * (above - below)
}
