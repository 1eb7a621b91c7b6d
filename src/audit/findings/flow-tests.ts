import { createRandom } from '../statistics/random.js'
import { marginalHomogeneity } from '../statistics/marginal-homogeneity.js'
import { stuartMaxwell } from '../statistics/stuart-maxwell.js'
import { stuartMaxwellPermutation } from '../statistics/stuart-maxwell-permutation.js'
import type { Facts } from '../types/facts.js'
import type { Group } from '../types/groups.js'
import type { FlowTest, PairFacts } from '../types/paired.js'
import { labelSetsOf } from './change-tasks.js'
import { labelFlows, outcomeFlows } from './flow-counts.js'
import { isOnlyFlow } from './one-way.js'
import { groupFacts } from '../measures/group-facts.js'

const FEWEST_FOR_CHI_SQUARED = 25 // moved images; with fewer the chi-squared limit is poor, as for McNemar's test

/** Did the whole distribution over outcome categories change? Stuart-Maxwell's test for all images and for every group of a single
 *  attribute. Where the design lets images move only one way, the test would ask what is already decided: then there is no p. */
export function flowTests(facts: Facts): FlowTest[] {
  return facts.paired.flatMap((pair) => {
    const grouped = groupingsOf(facts, pair)
    const flows = pair.cells.map((_, cell) => flowOf(facts, pair, [cell]))
    return grouped.map(({ groupBy, group, cells }) => {
      const flow = cells.reduce((sum, cell) => plus(sum, flows[cell]), flowOf(facts, pair, []))
      return {
        pair: pair.id,
        groupBy,
        group,
        ...testFlow(facts, pair, flow, group),
        outcomes: outcomeFlows(flow, categoriesOf(facts, pair)),
        labels: labelFlows(pair, cells),
      }
    })
  })
}

type Grouping = { readonly groupBy: readonly string[]; readonly group: Group; readonly cells: readonly number[] }

/** All images, then the comparable groups of every single attribute that the pair is judged by. */
function groupingsOf(facts: Facts, pair: PairFacts): Grouping[] {
  const everyone = { groupBy: [], group: [], cells: pair.cells.map((_, cell) => cell) }
  const seen = new Set<string>()
  const single = pair.families.flatMap(({ groupBy, probe }) => {
    if (groupBy.length !== 1 || seen.has(groupBy[0])) return []
    seen.add(groupBy[0])
    const derive = facts.probes.find(({ id }) => id === probe)?.derive ?? []
    const { groups, cells, comparable } = groupFacts(facts.dataset, groupBy, derive)
    return groups
      .map((group, index) => ({ groupBy, group, cells: cells[index] }))
      .filter((_, index) => comparable[index])
  })
  return [everyone, ...single]
}

/** Images by outcome category under the first run (rows) and the second (columns), over some cells. */
function flowOf(facts: Facts, pair: PairFacts, cells: readonly number[]): number[][] {
  const labelSets = labelSetsOf(facts, pair)
  const categories = categoriesOf(facts, pair)
  const [before, after] = labelSets.map(
    ({ labels }) => new Map(labels.map(({ id, outcome }) => [id, categories.indexOf(outcome)])),
  )
  const flow = categories.map(() => categories.map(() => 0))
  for (const cell of cells)
    for (const [from, to, images] of pair.cells[cell].flows) flow[before.get(from) ?? -1][after.get(to) ?? -1] += images
  return flow
}

/** Outcome categories of the first label set, then those that only the second has. */
function categoriesOf(facts: Facts, pair: PairFacts): string[] {
  return [...new Set(labelSetsOf(facts, pair).flatMap(({ outcomes }) => outcomes.map(([id]) => id)))]
}

type Tested = Omit<FlowTest, 'pair' | 'groupBy' | 'group' | 'outcomes' | 'labels'>

function testFlow(facts: Facts, pair: PairFacts, flow: readonly (readonly number[])[], group: Group): Tested {
  const images = flow.flat().reduce((sum, count) => sum + count, 0)
  const moved = images - flow.reduce((sum, row, index) => sum + row[index], 0)
  const none = (reason: NonNullable<Tested['reason']>): Tested => ({
    images,
    moved,
    statistic: null,
    degreesOfFreedom: null,
    p: null,
    method: null,
    reason,
  })
  if (images === 0) return none('not-paired')
  if (moved === 0) return none('no-discordant-pairs')
  if (isOnlyFlow(facts, pair)) return none('one-way')
  if (facts.subjectCounts.length > 0) return none('repeated-subjects')
  const { degreesOfFreedom, sets } = marginalHomogeneity('flowTests', flow)
  if (sets === 1 && moved >= FEWEST_FOR_CHI_SQUARED)
    return { images, moved, degreesOfFreedom, ...pick(stuartMaxwell(flow)), method: 'stuart-maxwell' }
  const random = createRandom(facts.seed, `flow/${JSON.stringify([pair.evidence, pair.labelSets, group])}`)
  const drawn = stuartMaxwellPermutation(flow, { draws: facts.policy.permutations, random })
  return { images, moved, degreesOfFreedom, ...pick(drawn), method: 'permutation' }
}

function pick({ statistic, p }: { readonly statistic: number; readonly p: number }): { statistic: number; p: number } {
  return { statistic, p }
}

function plus(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  return a.map((row, i) => row.map((images, j) => images + b[i][j]))
}
