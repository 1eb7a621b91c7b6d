import { isFullCross } from '../statistics/full-cross.js'
import { kendallW } from '../statistics/kendall-w.js'
import { newcombeInterval } from '../statistics/newcombe-interval.js'
import { quantile } from '../statistics/quantile.js'
import { rangesByFactor } from '../statistics/ranges-by-factor.js'
import { varianceShares } from '../statistics/variance-shares.js'
import type { CurveFacts, CurveRecord, CurveTable, CurveVerdict, RankStability } from '../types/curve.js'
import { leadOf, sidesIn } from './curve-sides.js'
import type { GroupVerdicts } from './curve-verdicts.js'
import type { Sides } from './side.js'

/** One group against everyone else over all specifications (measures.md B8): the difference in each, its plain interval, the verdicts and
 *  their shares, range and quartiles (type 7), and what each factor has to do with it. `table` is the place of the table in the facts. */
export function curveRecord(facts: CurveFacts, table: number, { group, verdicts }: GroupVerdicts): CurveRecord {
  const { outcome, groupBy, groups, counts } = facts.tables[table]
  const sides = counts.map((inGroups) => sidesIn(facts.tables[table], inGroups, group))
  const differences = sides.map(differenceOf)
  const ascending = differences.filter((difference) => difference !== null).sort((a, b) => a - b)
  const isEmpty = ascending.length === 0
  return {
    table,
    outcome: outcome.id,
    groupBy,
    group: groups[group],
    differences,
    intervals: sides.map((pair) => intervalOf(pair, facts.policy.alpha)),
    verdicts,
    shares: sharesOf(verdicts),
    lowest: isEmpty ? null : ascending[0],
    quartiles: isEmpty ? null : [quantile(ascending, 0.25), quantile(ascending, 0.5), quantile(ascending, 0.75)],
    highest: isEmpty ? null : ascending[ascending.length - 1],
    changesSign: !isEmpty && ascending[0] < 0 && ascending[ascending.length - 1] > 0,
    ...varianceOf(ascending.length === differences.length ? (differences as readonly number[]) : [], sides, facts), // no null is left in it
  }
}

function differenceOf({ group, reference }: Sides): number | null {
  if (group.total === 0 || reference.total === 0) return null
  return group.count / group.total - reference.count / reference.total
}

function intervalOf({ group, reference }: Sides, alpha: number): readonly [number, number] | null {
  if (group.total === 0 || reference.total === 0) return null
  const { low, high } = newcombeInterval(group, reference, alpha)
  return [low, high]
}

function sharesOf(verdicts: readonly CurveVerdict[]): CurveRecord['shares'] {
  const share = (of: CurveVerdict): number => verdicts.filter((verdict) => verdict === of).length / verdicts.length
  return {
    higher: share('higher'),
    lower: share('lower'),
    'within-margin': share('within-margin'),
    inconclusive: share('inconclusive'),
    insufficient: share('insufficient'),
  }
}

/** Shares of the variance where the grid is a full cross; elsewhere how far each factor moves the difference, all else equal. */
function varianceOf(
  differences: readonly number[],
  sides: readonly Sides[],
  { specifications }: CurveFacts,
): Pick<CurveRecord, 'variance' | 'varianceReason' | 'ranges'> {
  const cells = specifications.map(({ choices }) => choices)
  if (differences.length === 0) return { variance: null, varianceReason: 'no-images' }
  // the totals stay, so equal leads are equal differences; the differences themselves may be apart by their rounding
  if (sides.every((pair) => leadOf(pair) === leadOf(sides[0]))) {
    return { variance: null, varianceReason: 'no-variation' }
  }
  if (!isFullCross(cells)) {
    return { variance: null, varianceReason: 'unbalanced', ranges: rangesByFactor(differences, cells) }
  }
  return { variance: varianceShares(differences, cells) }
}

/** Whether the groups keep their order from specification to specification: Kendall's W of their rates. Groups without images have no rate. */
export function rankStability(tables: readonly CurveTable[], table: number): RankStability {
  const { outcome, groupBy, comparable, totals, counts } = tables[table]
  const named = { table, outcome: outcome.id, groupBy }
  const ranked = totals.map((_, group) => group).filter((group) => comparable[group] && totals[group] > 0)
  if (ranked.length < 2) return { ...named, kendallW: null, reason: 'single-group' }
  const rates = counts.map((inGroups) => ranked.map((group) => inGroups[group] / totals[group]))
  if (rates.every((row) => row.every((rate) => rate === row[0]))) {
    return { ...named, kendallW: null, reason: 'no-variation' }
  }
  return { ...named, kendallW: kendallW(rates) }
}
