import type { CurveTable, CurveVerdict } from '../types/curve.js'
import type { Policy } from '../types/definitions.js'
import type { Family } from '../types/facts.js'
import type { Verdict } from '../types/verdict.js'
import { countComparisons } from './comparisons.js'
import { comparedGroups, isTwoValued, leadOf, sidesIn, turned } from './curve-sides.js'
import { decideVerdict } from './decide-verdict.js'
import { familyLevels } from './family-levels.js'
import type { Sides } from './side.js'

/** The verdict on one group in every specification. */
export type GroupVerdicts = { readonly group: number; readonly verdicts: readonly CurveVerdict[] }

/** Judges every compared group of some tables in every specification by the verdict rule of an audit, with everyone else as the reference.
 *  The tables share one `groupBy`; they are one family in each specification: all plain outcomes together, or one union. Near-ties are not tried
 *  the other way: a curve keeps counts, not leads. Returns for each table its compared groups in declared order. */
export function judgeCurve(tables: readonly CurveTable[], policy: Policy): GroupVerdicts[][] {
  const family = familyOf(tables, policy)
  const compared = tables.map((table) =>
    comparedGroups(table).map((group) => ({ group, verdicts: [] as CurveVerdict[] })),
  )
  const known = new Map<string, CurveVerdict>()
  const specifications = tables[0]?.counts.length ?? 0
  for (let s = 0; s < specifications; s++) {
    const all = tables.flatMap((table, t) =>
      compared[t].map(({ group, verdicts }) => ({
        verdicts,
        ...asJudged(table, sidesIn(table, table.counts[s], group)),
      })),
    )
    const levels = familyLevels(
      all.map(({ sides }) => sides),
      family,
    )
    all.forEach(({ sides, isTurned, verdicts }, place) => {
      const level = levels[place]
      const { group, reference } = sides
      const key = [group.count, group.total, reference.count, reference.total, level, isTurned].join(' ')
      const verdict = known.get(key) ?? judge(sides, isTurned, { ...family, referenceKind: 'rest', level })
      known.set(key, verdict)
      verdicts.push(verdict)
    })
  }
  return compared
}

/** A two-valued attribute is judged from the side with the higher rate, as an audit does, so that the verdicts are the same. */
function asJudged(table: CurveTable, sides: Sides): { readonly sides: Sides; readonly isTurned: boolean } {
  const isTurned = isTwoValued(table) && leadOf(sides) < 0
  return { sides: isTurned ? turned(sides) : sides, isTurned }
}

function judge(sides: Sides, isTurned: boolean, rule: Parameters<typeof decideVerdict>[1]): CurveVerdict {
  const verdict: Verdict = decideVerdict(sides, rule)
  if (verdict.kind !== 'disparity') return verdict.kind
  return (verdict.direction === 'higher') !== isTurned ? 'higher' : 'lower'
}

/** Fixed before decisions are seen: only totals enter. */
function familyOf(tables: readonly CurveTable[], policy: Policy): Family {
  const { alpha, minimumImages: minimum, adjustment, margin } = policy
  const [{ groupBy, groups, comparable, totals }] = tables
  const reference = { kind: 'rest' } as const
  const grouped = { groupBy, groups, comparable, cells: [] } // only totals are looked at
  const { size, eligible } = countComparisons(grouped, totals, reference, minimum)
  return {
    id: groupBy.join(' x '),
    evidence: null,
    labelSet: null,
    groupBy,
    outcomes: tables.map(({ outcome }) => outcome.id),
    reference,
    alpha,
    m: Math.max(1, eligible * tables.length),
    size: size * tables.length,
    minimum,
    adjustment,
    margin,
  }
}
