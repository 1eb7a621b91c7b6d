import type { AuditDifference, DifferenceKind } from '../types/audit-comparison.js'

/** A difference where the two are not the same text. */
export function differing(
  kind: DifferenceKind,
  name: string,
  [first, second]: readonly [string | null, string | null],
): AuditDifference[] {
  return first === second ? [] : [{ kind, name, first, second }]
}

/** The differences between two lists whose items have names: what only one has, and what is described otherwise in each. */
export function named<Item extends { readonly id: string }>(
  kind: DifferenceKind,
  first: readonly Item[],
  second: readonly Item[],
  describe: (item: Item, other: Item | undefined) => string,
): AuditDifference[] {
  const ids = [...new Set([...first, ...second].map(({ id }) => id))]
  return ids.flatMap((id) => {
    const [before, after] = [first, second].map((items) => items.find((item) => item.id === id))
    return differing(kind, id, [
      before === undefined ? null : describe(before, after),
      after === undefined ? null : describe(after, before),
    ])
  })
}
