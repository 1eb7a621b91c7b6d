import { marginHypotheses } from '../statistics/margin-hypotheses.js'
import { normalQuantile } from '../statistics/normal-quantile.js'
import { scoreStatisticDifference, type ScoreStatistic } from '../statistics/score-statistic-difference.js'
import { scoreStatisticRatio } from '../statistics/score-statistic-ratio.js'
import type { Verdict } from '../types/verdict.js'
import {
  conclude,
  levelOf,
  shareOfEveryone,
  type PartSettled,
  type Settled,
  type VerdictRule,
} from './decide-verdict.js'
import { effectiveSides, type Sides } from './side.js'

/** The verdict of decideVerdict without its intervals: a bound lies beyond a margin where the tests at that margin, plain and
 *  corrected for skewness, both reject. Several times faster, for searches that ask hundreds of times. The two agree unless a
 *  corrected test rejects at a margin and not further out, so a search ends by asking decideVerdict. */
export function verdictByTests(sides: Sides, rule: VerdictRule): Verdict {
  const at = (level: number) => (): Settled => testMargins(sides, rule, level)
  return conclude(sides, rule, { atStep: at(levelOf(rule)), atAlphaOverM: at(rule.alpha / rule.m) })
}

function testMargins(sides: Sides, { margin, referenceKind }: VerdictRule, level: number): Settled {
  const { group, reference } = effectiveSides(sides)
  const { difference, ratioAbove, ratioBelow } = marginHypotheses(margin, shareOfEveryone(sides, referenceKind))
  const z = normalQuantile(level / 2)
  const atDifference = (hypothesis: number) => scoreStatisticDifference(group, reference, hypothesis)
  const atRatio = (hypothesis: number) => scoreStatisticRatio(group, reference, hypothesis)
  const atRatioBelow = atRatio(ratioBelow)
  return {
    // no difference is as large as 1, and no ratio as large as Infinity: there is nothing to be beyond
    difference: difference >= 1 ? NOTHING_BEYOND : settled(atDifference(difference), atDifference(-difference), z),
    ratio: {
      ...(ratioAbove === Infinity ? NOTHING_BEYOND : settled(atRatio(ratioAbove), atRatioBelow, z)),
      ...lowerPart(atRatioBelow, z),
    },
  }
}

const NOTHING_BEYOND: PartSettled = { above: true, below: true, isBeyondUpper: false, isBeyondLower: false }

function settled(atUpper: ScoreStatistic, atLower: ScoreStatistic, z: number): PartSettled {
  return { above: isBelow(atUpper, z), isBeyondUpper: isAbove(atUpper, z), ...lowerPart(atLower, z) }
}

function lowerPart(atLower: ScoreStatistic, z: number): Pick<PartSettled, 'below' | 'isBeyondLower'> {
  return { below: isAbove(atLower, z), isBeyondLower: isBelow(atLower, z) }
}

/** Both tests reject "at most this". */
function isAbove({ score, skewness }: ScoreStatistic, z: number): boolean {
  return score > z && score - skewness * (z * z - 1) > z
}

/** Both tests reject "at least this". */
function isBelow({ score, skewness }: ScoreStatistic, z: number): boolean {
  return score < -z && score - skewness * (z * z - 1) < -z
}
