import type { DerivedAttribute } from '../types/definitions.js'

/** The groupings whose attributes are all there. A derived attribute is there if the one it is made from is: without it, every image would
 *  be unknown and every group empty. */
export function groupingsThere(
  attributes: readonly { readonly name: string }[],
  {
    groupBy,
    derive,
  }: { readonly groupBy: readonly (readonly string[])[]; readonly derive: readonly DerivedAttribute[] },
): (readonly string[])[] {
  const names = new Set(attributes.map(({ name }) => name))
  const isThere = (name: string): boolean => {
    const from = derive.find(({ id }) => id === name)?.from
    return names.has(name) || (from !== undefined && names.has(from))
  }
  return groupBy.filter((grouping) => grouping.every(isThere))
}
