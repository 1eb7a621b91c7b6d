import { margins } from '../statistics/margins.js'
import type { Proportion } from '../statistics/proportion.js'
import type { Random } from '../statistics/random.js'
import { wilsonInterval } from '../statistics/wilson-interval.js'
import type { Bounds } from '../types/derived.js'
import type { Policy } from '../types/definitions.js'
import type { Verdict } from '../types/verdict.js'
import type { SizedGroup } from './fairface.js'
import { naiveAlarms, type NaiveAlarms } from './naive-rules.js'
import { readVerdicts, type JudgedGroup } from './read-verdicts.js'
import { simulatedFacts } from './simulated-facts.js'

const ON_THE_MARGIN = 1e-12 // rates this near to a margin lie on it: only rounding parts them

/** Groups with their true rates. */
export type World = readonly (SizedGroup & { readonly rate: number })[]

/** Sum and sum of squares over audits of a share seen in each. */
export type ShareSums = { sum: number; squares: number; audits: number }

export type GroupTally = { higher: number; lower: number; within: number; rateCovered: number }

/** What many simulated audits of one world said, counted. */
export type WorldTally = {
  readonly audits: number
  withDisparity: number
  /** Audits with at least one verdict that the truth makes wrong. */
  withWrong: number
  /** Audits in which every group's interval at the adjusted level holds its rate. */
  withAllRates: number
  readonly naive: Record<keyof NaiveAlarms, number>
  /** Share of printed intervals that hold the truth. */
  readonly covered: { readonly rate: ShareSums; readonly difference: ShareSums; readonly ratio: ShareSums }
  /** By group name. */
  readonly groups: ReadonlyMap<string, GroupTally>
}

/** Draws counts for every group, puts them through the audit's own path from tallies to findings, and counts what it said,
 *  audit after audit. The same random stream gives the same counts. */
export function simulateWorld(
  world: World,
  { policy, audits, random }: { readonly policy: Policy; readonly audits: number; readonly random: Random },
): WorldTally {
  const factsOf = simulatedFacts(world, policy)
  const truth = truthOf(world, policy)
  const tally = emptyTally(world, audits)
  for (let audit = 0; audit < audits; audit++) {
    const counts = world.map(({ images, rate }) => random.binomial(images, rate))
    const sides = world.map(({ images }, place) => ({ count: counts[place], total: images }))
    countNaive(sides, tally)
    if (allRatesHeld(world, sides, policy.alpha / world.length)) tally.withAllRates++
    countAudit(readVerdicts(factsOf(counts)), truth, tally)
  }
  return tally
}

/** Whether a verdict is wrong at these true rates. A group exactly on its margin is neither beyond nor within: there a disparity
 *  counts as wrong and "within" does not. */
export function isWrong(
  verdict: Verdict,
  rate: number,
  referenceRate: number,
  { margin }: Pick<Policy, 'margin'>,
): boolean {
  const { lower, upper } = margins({ referenceRate, margin })
  const [isAbove, isBelow] = [rate > upper.rate + ON_THE_MARGIN, rate < lower.rate - ON_THE_MARGIN]
  switch (verdict.kind) {
    case 'disparity':
      return verdict.direction === 'higher' ? !isAbove : !isBelow
    case 'within-margin':
      return isAbove || isBelow
    case 'inconclusive':
    case 'insufficient':
      return false
  }
}

/** Rate of everyone but the group at `place`. */
export function restRate(world: World, place: number): number {
  const rest = world.filter((_, index) => index !== place)
  const images = rest.reduce((sum, group) => sum + group.images, 0)
  return rest.reduce((sum, group) => sum + group.images * group.rate, 0) / images
}

type Truth = {
  readonly of: (judged: JudgedGroup) => { readonly rate: number; readonly referenceRate: number }
  readonly policy: Policy
}

function truthOf(world: World, policy: Policy): Truth {
  const rates = new Map(world.map(({ name, rate }, place) => [name, { rate, rest: restRate(world, place) }] as const))
  const found = (name: string): { rate: number; rest: number } => {
    const known = rates.get(name)
    if (known === undefined) throw new RangeError(`the audit names a group that was not planted: ${name}`)
    return known
  }
  const of = ({ name, reference }: JudgedGroup): { rate: number; referenceRate: number } => {
    const { rate, rest } = found(name)
    return { rate, referenceRate: reference === null ? rest : found(reference).rate }
  }
  return { of, policy }
}

function emptyTally(world: World, audits: number): WorldTally {
  const nothing = (): ShareSums => ({ sum: 0, squares: 0, audits })
  return {
    audits,
    withDisparity: 0,
    withWrong: 0,
    withAllRates: 0,
    naive: { unadjusted: 0, noMargin: 0, fourFifths: 0 },
    covered: { rate: nothing(), difference: nothing(), ratio: nothing() },
    groups: new Map(world.map(({ name }) => [name, { higher: 0, lower: 0, within: 0, rateCovered: 0 }] as const)),
  }
}

function countNaive(sides: readonly Proportion[], { naive }: WorldTally): void {
  const alarms = naiveAlarms(sides)
  if (alarms.unadjusted) naive.unadjusted++
  if (alarms.noMargin) naive.noMargin++
  if (alarms.fourFifths) naive.fourFifths++
}

function allRatesHeld(world: World, sides: readonly Proportion[], alpha: number): boolean {
  return world.every(({ rate }, place) => {
    const { low, high } = wilsonInterval(sides[place], alpha)
    return low <= rate && rate <= high
  })
}

function countAudit(judged: readonly JudgedGroup[], truth: Truth, tally: WorldTally): void {
  const held = { rate: 0, difference: 0, ratio: 0 }
  let [hasDisparity, hasWrong] = [false, false]
  for (const one of judged) {
    const { rate, referenceRate } = truth.of(one)
    const { verdict } = one
    const group = tally.groups.get(one.name)
    if (group === undefined) continue // truth.of has thrown already
    if (verdict.kind === 'disparity') group[verdict.direction]++
    if (verdict.kind === 'within-margin') group.within++
    hasDisparity ||= verdict.kind === 'disparity'
    hasWrong ||= isWrong(verdict, rate, referenceRate, truth.policy)
    const rateHeld = holds(one.rate, rate)
    group.rateCovered += rateHeld
    held.rate += rateHeld
    held.difference += holds(one.difference, rate - referenceRate)
    held.ratio += referenceRate === 0 ? 1 : holds(one.ratio, rate / referenceRate)
  }
  if (hasDisparity) tally.withDisparity++
  if (hasWrong) tally.withWrong++
  addShare(tally.covered.rate, held.rate / judged.length)
  addShare(tally.covered.difference, held.difference / judged.length)
  addShare(tally.covered.ratio, held.ratio / judged.length)
}

function holds([low, high]: Bounds, truth: number): 0 | 1 {
  return low <= truth && truth <= (high ?? Infinity) ? 1 : 0
}

function addShare(sums: ShareSums, share: number): void {
  sums.sum += share
  sums.squares += share * share
}
