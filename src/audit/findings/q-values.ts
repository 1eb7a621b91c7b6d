import { benjaminiHochberg } from '../statistics/benjamini-hochberg.js'
import type { JudgedContrast } from './judge-contrast.js'

/** Benjamini-Hochberg q of every comparison of a family; null where no verdict is given. `m` is the size that the family is
 *  corrected for: with the reference "best", which the data choose, every pair counts, and those not tested stand as p = 1. */
export function qValues(judged: readonly Pick<JudgedContrast, 'verdict' | 'p'>[], m: number): (number | null)[] {
  const pValues = judged.map(({ verdict, p }) => (verdict.kind === 'insufficient' ? null : p))
  const tested = pValues.filter((p) => p !== null).length
  return benjaminiHochberg([...pValues, ...Array<number>(Math.max(0, m - tested)).fill(1)]).slice(0, judged.length)
}
