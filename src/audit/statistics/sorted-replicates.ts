/** Bootstrap replicates in ascending order, as a copy. Throws RangeError that names `caller` for none, or one that is no number. */
export function sortedReplicates(caller: string, replicates: ArrayLike<number>): Float64Array {
  const ascending = Float64Array.from(replicates).sort()
  // the sort puts what is no number last
  if (ascending.length === 0 || Number.isNaN(ascending[ascending.length - 1])) {
    const received = ascending.length === 0 ? 'none' : 'NaN'
    throw new RangeError(`${caller} expected replicates that are numbers but received ${received}`)
  }
  return ascending
}
