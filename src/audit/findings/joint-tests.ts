import { cochranQ, type RunPattern } from '../statistics/cochran-q.js'
import { categoryOutcomes, type ProbeOutcome } from '../types/measures.js'
import type { Facts } from '../types/facts.js'
import type { Group } from '../types/groups.js'
import type { JointFacts, JointTest } from '../types/paired.js'
import { labelSetDifference, onlyDirection } from './plan-pairs.js'
import { asksOfCategories } from '../measures/counted-outcomes.js'
import { groupFacts } from '../measures/group-facts.js'
import { missingAttribute } from './plan-probe.js'

/** Do three or more runs flag equally many images? Cochran's Q for all images and for every group of a single attribute. */
export function jointTests(facts: Facts): JointTest[] {
  return facts.joint.flatMap((joint) =>
    facts.probes.flatMap((probe) => {
      const labelSets = facts.labelSets.filter(({ id }) => joint.runs.some(([, labelSet]) => labelSet === id))
      if (!labelSets.every((labelSet) => asksOfCategories(probe.measure, labelSet))) return []
      return categoryOutcomes(probe.measure).flatMap((outcome) =>
        groupsOf(facts, probe).map(({ groupBy, group, cells }) => ({
          joint: joint.id,
          probe: probe.id,
          outcome: outcome.id,
          groupBy,
          group,
          ...testJoint(joint, outcome, cells, facts),
        })),
      )
    }),
  )
}

type Grouping = { readonly groupBy: readonly string[]; readonly group: Group; readonly cells: readonly number[] }

function groupsOf(facts: Facts, probe: Facts['probes'][number]): Grouping[] {
  const everyone = { groupBy: [], group: [], cells: facts.dataset.cells.map((_, cell) => cell) }
  const single = probe.groupBy.filter(
    (groupBy) => groupBy.length === 1 && missingAttribute(groupBy, facts.dataset, probe.derive) === null,
  )
  return [
    everyone,
    ...single.flatMap((groupBy) => {
      const { groups, cells, comparable } = groupFacts(facts.dataset, groupBy, probe.derive)
      return groups
        .map((group, index) => ({ groupBy, group, cells: cells[index] }))
        .filter((_, index) => comparable[index])
    }),
  ]
}

type Tested = Omit<JointTest, 'joint' | 'probe' | 'outcome' | 'groupBy' | 'group'>

function testJoint(joint: JointFacts, { categories }: ProbeOutcome, cells: readonly number[], facts: Facts): Tested {
  const { runs, cells: counted } = joint
  const patterns: RunPattern[] = cells.flatMap((cell) =>
    counted[cell].map(([outcomes, images]) => ({
      pattern: outcomes.map((outcome) => categories.includes(outcome)),
      images,
    })),
  )
  const sum = (of: (pattern: RunPattern) => boolean): number =>
    patterns.reduce((total, pattern) => total + (of(pattern) ? pattern.images : 0), 0)
  const images = sum(() => true)
  const flagged = runs.map((_, run) => sum(({ pattern }) => pattern[run]))
  const none = (reason: NonNullable<Tested['reason']>): Tested => ({
    images,
    flagged,
    statistic: null,
    degreesOfFreedom: null,
    p: null,
    reason,
  })
  if (images === 0) return none('no-images')
  if (sum(({ pattern }) => pattern.some((inside) => inside !== pattern[0])) === 0) return none('no-discordant-pairs')
  if (facts.subjectCounts.length > 0) return none('repeated-subjects')
  if (isOneWay(joint, categories, facts)) return none('one-way')
  return { images, flagged, ...cochranQ(patterns) }
}

/** Where every later label set can move the rate only one way from the first, the test would ask what the designs have decided. */
function isOneWay({ kind, runs }: JointFacts, categories: readonly string[], { labelSets }: Facts): boolean {
  if (kind !== 'designs') return false
  const [first, ...later] = runs.map(([, id]) => labelSets.find((labelSet) => labelSet.id === id))
  return later.every((second) => {
    if (first === undefined || second === undefined) return false
    return onlyDirection({ kind, ...labelSetDifference(first, second) }, categories, labelSets) !== null
  })
}
