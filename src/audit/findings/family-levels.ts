import { holm } from '../statistics/holm.js'
import { marginPValue } from '../statistics/margin-p-value.js'
import type { Family } from '../types/facts.js'
import { chanceAtMargin, shareOfEveryone, tooFewUnits } from './decide-verdict.js'
import { effectiveSides, type Sides } from './side.js'

/** The error level at which each comparison of a family is tested for a disparity. Bonferroni: alpha / m for every one. Holm:
 *  the j-th rejection at alpha / (m - j + 1), all others at alpha / (m - rejections), so that the printed interval and the
 *  decision agree. `sides` are those of all comparisons of the family, over all its outcomes.
 *  Source: Holm 1979. */
export function familyLevels(sides: readonly Sides[], family: Family): number[] {
  const { alpha, m, adjustment } = family
  switch (adjustment) {
    case 'bonferroni':
      return sides.map(() => alpha / m)
    case 'holm':
      return holmLevels(
        sides.map((pair) => decisionP(pair, family)),
        family,
      )
  }
}

function holmLevels(pValues: readonly (number | null)[], { alpha, m }: Family): number[] {
  const defined = pValues.filter((p) => p !== null).length
  // the reference "best" counts every pair but tests some: the others stand as comparisons that reject nothing
  const adjusted = holm([...pValues, ...Array<number>(Math.max(0, m - defined)).fill(1)])
  const rejected = pValues
    .map((p, place) => ({ p: p ?? 1, place, isRejected: (adjusted[place] ?? 1) <= alpha }))
    .filter(({ isRejected }) => isRejected)
    .sort((a, b) => a.p - b.p || a.place - b.place)
  const levels = pValues.map(() => alpha / Math.max(1, m - rejected.length))
  rejected.forEach(({ place }, rank) => (levels[place] = alpha / (m - rank)))
  return levels
}

/** p of "no disparity": the margin p, or twice the guard's chance where that is larger. null where no verdict is given. */
function decisionP(sides: Sides, { reference, minimum, margin }: Family): number | null {
  if (tooFewUnits(sides, { minimum }) !== null) return null
  const { group, reference: other } = sides
  const lead = group.count * other.total - other.count * group.total
  if (lead === 0) return 1
  const direction = lead > 0 ? 'higher' : 'lower'
  const share = shareOfEveryone(sides, reference.kind)
  const byMargin = marginPValue({ ...effectiveSides(sides), margin, direction, share })
  return Math.min(
    1,
    Math.max(byMargin, 2 * chanceAtMargin(direction, sides, { referenceKind: reference.kind, margin })),
  )
}
