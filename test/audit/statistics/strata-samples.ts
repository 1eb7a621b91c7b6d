import fc from 'fast-check'
import type { Stratum } from '../../../src/audit/statistics/fourfold-tables.js'

/** A stratum from its four cells: the group's images that are counted and not, then the reference's. */
export function stratum(a: number, b: number, c: number, d: number): Stratum {
  return { group: { count: a, total: a + b }, reference: { count: c, total: c + d } }
}

/** Group and reference exchanged. */
export function exchanged(strata: readonly Stratum[]): Stratum[] {
  return strata.map(({ group, reference }) => ({ group: reference, reference: group }))
}

/** The images that were not counted are counted instead. */
export function complemented(strata: readonly Stratum[]): Stratum[] {
  const other = ({ count, total }: Stratum['group']) => ({ count: total - count, total })
  return strata.map(({ group, reference }) => ({ group: other(group), reference: other(reference) }))
}

/** Two to eight strata, empty cells and sides as often as the rest; the first has no empty cell, so every statistic is defined. */
export function strataSamples(largest: number): fc.Arbitrary<Stratum[]> {
  const cell = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: largest }))
  const full = fc.integer({ min: 1, max: largest })
  const of = (part: fc.Arbitrary<number>) => fc.tuple(part, part, part, part).map((cells) => stratum(...cells))
  return fc.tuple(of(full), of(full), fc.array(of(cell), { maxLength: 6 })).map(([first, second, rest]) => [first, second, ...rest]) // prettier-ignore
}

/** The worked example of the specification, A4. */
export const TWO_STRATA = [stratum(10, 90, 5, 95), stratum(20, 30, 10, 40)]
