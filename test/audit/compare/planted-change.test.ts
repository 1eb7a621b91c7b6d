import { describe, expect, it } from 'vitest'
import { comparisonId } from '../../../src/audit/audit-file/comparison-id.js'
import { compareAudits } from '../../../src/audit/compare/compare-audits.js'
import { matchRuns } from '../../../src/audit/compare/match-runs.js'
import { changesBetween } from '../../../src/audit/compare/same-images.js'
import { createRandom, type Random } from '../../../src/audit/statistics/random.js'
import type { FindingChange } from '../../../src/audit/types/audit-comparison.js'
import type { PairedCell } from '../../../src/audit/types/paired.js'
import { auditOf, raceScene, sealed } from '../../support/facts.js'

const GROUPS = ['A', 'B', 'C', 'D']
const IMAGES = 3000 // enough to show that a change of nothing stays within one point
const FLAGGED = 0.05
const SEEDS = 60
const MOST_FALSE = 0.05

type Pairs = { both: number; lost: number; gained: number; neither: number }

/** Images of one group under two models: some leave the outcome and as many enter it, and a share `planted` of the others enters besides. */
function drawPairs(random: Random, planted: number): Pairs {
  const flagged = random.binomial(IMAGES, FLAGGED)
  const lost = random.binomial(flagged, 0.05)
  const gained = random.binomial(IMAGES - flagged, (0.05 * FLAGGED) / (1 - FLAGGED) + planted)
  return { both: flagged - lost, lost, gained, neither: IMAGES - flagged - gained }
}

const cellOf = ({ both, lost, gained, neither }: Pairs): PairedCell => ({
  flows: [['thief', 'thief', both], ['thief', 'man', lost], ['man', 'thief', gained], ['man', 'man', neither]],
  nearTies: [],
  onlyFirst: 0,
  onlySecond: 0,
}) // prettier-ignore

/** What became of each group, in order, where a new model treats the groups as planted. */
function changesOf(seed: number, planted: readonly number[]): FindingChange[] {
  const random = createRandom(seed, 'planted-change')
  const pairs = planted.map((share) => drawPairs(random, share))
  const scene = (flagged: (pairs: Pairs) => number) => raceScene(pairs.map((each, index) => [GROUPS[index], flagged(each), IMAGES] as const)) // prettier-ignore
  const first = auditOf(scene(({ both, lost }) => both + lost))
  const { facts } = auditOf(scene(({ both, gained }) => both + gained))
  const second = sealed({ ...facts, models: facts.models.map((model) => ({ ...model, name: 'newer', sha256: 'b'.repeat(64) })) }) // prettier-ignore
  const audits = [first, second] as const
  const changes = matchRuns(first.facts, second.facts).flatMap((run) => changesBetween(audits, run, pairs.map(cellOf)))
  const pairing = { pairing: 'paired' as const, unpaired: 0, changes: new Map(changes) }
  const { findings } = compareAudits(audits, pairing, comparisonId)
  return GROUPS.map(
    (value) =>
      findings.find(({ probe, group }) => probe === 'denigration' && group[0][1] === value)?.change ?? 'not-comparable',
  )
}

describe('a planted change of the model', () => {
  const seeds = Array.from({ length: SEEDS }, (_, seed) => seed + 1)

  it('is found as worse for the group it was planted in, and for that group alone', () => {
    const found = seeds.map((seed) => changesOf(seed, [0.05, 0, 0, 0]))
    expect(found.map(([planted]) => planted)).toEqual(seeds.map(() => 'worsened'))
    const others = found.flatMap(([, ...rest]) => rest)
    // that A is treated worse makes B, C and D look better beside it: they fare as before
    expect(new Set(others)).toEqual(new Set(['unchanged']))
  })

  it('is found for nobody in most audits where the models treat all alike', () => {
    const wrong = seeds.filter((seed) => changesOf(seed, [0, 0, 0, 0]).some((change) => change !== 'unchanged'))
    expect(wrong.length / SEEDS).toBeLessThanOrEqual(MOST_FALSE)
  })
})
