import { requireProportion } from './proportion.js'
import type { Proportion } from './proportion.js'

/** Refuses groups that a measure over groups cannot take: fewer than `fewest`, or one whose count cannot be.
 *  Throws RangeError that names `caller`, what it expected and what it received. */
export function requireGroups(caller: string, groups: readonly Proportion[], fewest = 2): void {
  if (groups.length < fewest) {
    const expected = fewest === 1 ? 'one group' : `${fewest} groups`
    throw new RangeError(`${caller} expected at least ${expected} but received ${groups.length}`)
  }
  for (const group of groups) requireProportion(caller, group)
}
