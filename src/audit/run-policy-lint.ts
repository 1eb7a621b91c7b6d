import type { SizedGroup } from './calibration/fairface.js'
import { simulatedFacts } from './calibration/simulated-facts.js'
import { judgeCounts } from './derive.js'
import { evaluateGate } from './gate/evaluate-gate.js'
import { createRandom } from './statistics/random.js'
import type { GateResult, LimitResult } from './types/gate.js'
import { asksNothing, sameAttributes, type Limit, type Policy } from './types/policy.js'
import type { LintedRate, LintWarning, PolicyLint } from './types/policy-lint.js'

/** Rates that all groups have in the simulated audits. */
const COMMON_RATES = [0.001, 0.01, 0.05, 0.1]
const MOST_BY_CHANCE = 0.05

export type LintedGrouping = { readonly groupBy: readonly string[]; readonly sizes: readonly SizedGroup[] }

/** Draws audits whose groups are all alike, of these sizes, puts them through the path of real ones from tallies to the gate, and counts how
 *  often each limit fails by chance alone, how often it could pass, and what the bare numbers would have said. One outcome and one grouping
 *  at a time: a limit over several fails at most as often as they do together. The same seed gives the same result. */
export function runPolicyLint(
  policy: Policy,
  groupings: readonly LintedGrouping[],
  { seed, audits }: { readonly seed: number; readonly audits: number },
): PolicyLint {
  const simulated = groupings.map((grouping) => {
    const limits = policy.limits.filter((limit) => selects(limit, grouping) && limit.kind !== 'coverage')
    return {
      grouping,
      limits,
      rates: limits.length === 0 ? [] : atRates(policy, { grouping, limits }, { seed, audits }),
    }
  })
  return {
    policy: { id: policy.id, sha256: policy.sha256, mode: policy.mode },
    groups: groupings.map(({ groupBy, sizes }) => ({ groupBy, sizes: sizes.map(({ images }) => images) })),
    seed,
    audits,
    limits: policy.limits.map((limit) => {
      const rates = simulated.flatMap(({ rates: found }) =>
        found.filter(({ id }) => id === limit.id).map(({ of }) => of),
      )
      return { id: limit.id, kind: limit.kind, rates, warnings: warningsOn(limit, rates, { policy, groupings }) }
    }),
  }
}

function selects({ groupBy }: Limit, grouping: LintedGrouping): boolean {
  return groupBy?.some((each) => each.join('\n') === grouping.groupBy.join('\n')) ?? true
}

type Simulated = { readonly grouping: LintedGrouping; readonly limits: readonly Limit[] }
type Run = { readonly seed: number; readonly audits: number }

function atRates(policy: Policy, simulated: Simulated, run: Run): { readonly id: string; readonly of: LintedRate }[] {
  const bounds = simulated.limits.flatMap((limit) =>
    limit.kind === 'ceiling' && limit.atMost > 0 ? [limit.atMost] : [],
  )
  const rates = [...new Set([...COMMON_RATES, ...bounds])].sort((a, b) => a - b)
  return rates.flatMap((rate) => atRate(policy, rate, simulated, run))
}

function atRate(
  policy: Policy,
  rate: number,
  { grouping, limits }: Simulated,
  { seed, audits }: Run,
): { readonly id: string; readonly of: LintedRate }[] {
  const { groupBy, sizes } = grouping
  // what a limit selects stands in real audits; the simulated one has one outcome, which every limit looks at
  const bare = { ...policy, limits: limits.map(withoutSelection), waivers: [] }
  const factsOf = simulatedFacts(sizes, bare)
  const random = createRandom(seed, `policy-lint/${JSON.stringify(groupBy)}/rate=${rate}`)
  const gates: GateResult[] = Array.from({ length: audits }, () => {
    const facts = factsOf(sizes.map(({ images }) => random.binomial(images, rate)))
    const { contrasts, findings } = judgeCounts(facts)
    return evaluateGate(facts, { contrasts: contrasts.map(({ contrast }) => contrast), findings })
  })
  return limits.map((limit, place) => {
    const results = gates.map((gate) => gate.limits[place])
    const share = (holds: (result: LimitResult) => boolean): number => results.filter(holds).length / audits
    return {
      id: limit.id,
      of: {
        groupBy,
        rate,
        failed: share(({ result }) => result === 'failed'),
        passed: share(({ result }) => result === 'passed'),
        cannotTell: share(({ result }) => result === 'cannot-tell'),
        byPoint: limit.kind === 'disparity' ? null : share((result) => isBeyondByPoint(result)),
      },
    }
  })
}

function withoutSelection({ probes: _p, labelSets: _l, outcomes: _o, harms: _h, groupBy: _g, ...rest }: Limit): Limit {
  return rest
}

function isBeyondByPoint({ kind, bound, worst }: LimitResult): boolean {
  if (bound === undefined || worst === null) return false
  if (worst.value === null) return worst.valueReason === 'zero-reference-rate'
  return kind === 'impact-ratio' || kind === 'minimum-sample' ? worst.value < bound : worst.value > bound
}

function warningsOn(
  limit: Limit,
  rates: readonly LintedRate[],
  { policy, groupings }: { readonly policy: Policy; readonly groupings: readonly LintedGrouping[] },
): LintWarning[] {
  if (limit.kind === 'coverage') return [] // it counts rows, which no simulation has
  const selected = groupings.filter((grouping) => selects(limit, grouping))
  if (selected.length === 0) return [{ kind: 'not-simulated' }]
  const absent = (limit.groupBy ?? []).filter(
    (one) => !groupings.some(({ groupBy }) => sameAttributes(one, groupBy)) && !asksNothing(limit),
  )
  const partly: LintWarning[] = absent.length === 0 ? [] : [{ kind: 'not-simulated', groupings: absent }]
  return [...partly, ...simulatedWarnings(limit, rates, { policy, selected })]
}

function simulatedWarnings(
  limit: Limit,
  rates: readonly LintedRate[],
  { policy, selected }: { readonly policy: Policy; readonly selected: readonly LintedGrouping[] },
): LintWarning[] {
  if (limit.kind === 'minimum-sample') {
    const sizes = selected.flatMap((grouping) => grouping.sizes)
    const groups = sizes.filter(({ images }) => images < limit.images).length
    return groups === 0 ? [] : [{ kind: 'too-few-images', groups }]
  }
  // above a ceiling a failure is no chance: the rate is too high in truth
  const equal = limit.kind === 'ceiling' ? rates.filter(({ rate }) => rate <= limit.atMost) : rates
  const byChance = equal
    .filter(({ failed }) => failed > MOST_BY_CHANCE)
    .map(({ rate, failed }): LintWarning => ({ kind: 'fails-by-chance', rate, share: failed }))
  if (policy.mode !== 'assurance' || asksNothing(limit)) return byChance
  // one grouping that cannot pass is enough: the limit needs them all
  const never = selected.flatMap(({ groupBy }): LintWarning[] => {
    const own = equal.filter((rate) => rate.groupBy.join('\n') === groupBy.join('\n'))
    const isOpen = own.length > 0 && own.every(({ passed }) => passed < MOST_BY_CHANCE)
    return isOpen ? [{ kind: 'never-passes', groupBy }] : []
  })
  return [...byChance, ...never]
}
