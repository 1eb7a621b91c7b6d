import { harmOf } from '../findings/to-finding.js'
import type { OutcomeTask } from '../findings/outcome-tasks.js'
import { taskSides, type TaskSides } from '../findings/task-sides.js'
import type { Contrast, Finding } from '../types/derived.js'
import type { Facts } from '../types/facts.js'
import { asksNothing, sameAttributes, type Limit } from '../types/policy.js'
import { FAILURE_PROBE } from '../types/failure-probe.js'

/** What a gate looks at: counts, and what was found in them. */
export type GateSubject = {
  readonly facts: Facts
  readonly tasks: readonly OutcomeTask[]
  /** Contrasts of one outcome of one family, in the order of its sides. */
  readonly contrastsOf: (task: OutcomeTask) => readonly Contrast[]
  /** The finding on a contrast. */
  readonly findingOf: (contrast: string) => Finding | undefined
  /** By its id. */
  readonly finding: (id: string) => Finding | undefined
}

/** Puts what was found in order, so that each is found at once. */
export function gateSubject(
  facts: Facts,
  tasks: readonly OutcomeTask[],
  { contrasts, findings }: { readonly contrasts: readonly Contrast[]; readonly findings: readonly Finding[] },
): GateSubject {
  const key = (family: string, outcome: string): string => JSON.stringify([family, outcome])
  const byTask = new Map<string, Contrast[]>()
  for (const contrast of contrasts) {
    const found = byTask.get(key(contrast.family, contrast.outcome))
    if (found === undefined) byTask.set(key(contrast.family, contrast.outcome), [contrast])
    else found.push(contrast)
  }
  const byContrast = new Map(findings.map((finding) => [finding.contrast, finding] as const))
  const byId = new Map(findings.map((finding) => [finding.id, finding] as const))
  return {
    facts,
    tasks,
    contrastsOf: ({ family, outcome }) => byTask.get(key(family.id, outcome)) ?? [],
    findingOf: (contrast) => byContrast.get(contrast),
    finding: (id) => byId.get(id),
  }
}

/** Two sides of one outcome, and the finding about them. */
export type ComparedPair = TaskSides & { readonly contrast: Contrast; readonly finding: Finding }

/** Kinds that ask about the data, not about what was done to people in them. */
export const ABOUT_DATA: readonly Limit['kind'][] = ['minimum-sample', 'coverage']

/** The outcomes of the families that a limit selects. Failure-to-process is judged as evidence, and only selected by its name; outcomes
 *  that harm nobody only by theirs, but where the limit asks about the data. */
export function selectedTasks(limit: Limit, { tasks, facts }: Pick<GateSubject, 'tasks' | 'facts'>): OutcomeTask[] {
  const isNamed = limit.outcomes !== undefined || limit.harms !== undefined || ABOUT_DATA.includes(limit.kind)
  return tasks.filter(({ probe, family, outcome }) => {
    const harm = harmOf({ probe, outcome, labelSet: family.labelSet }, facts)
    return (
      (limit.probes?.includes(probe) ?? probe !== FAILURE_PROBE) &&
      (limit.labelSets === undefined || (family.labelSet !== null && limit.labelSets.includes(family.labelSet))) &&
      (limit.outcomes?.includes(outcome) ?? true) &&
      (limit.harms?.includes(harm) ?? (isNamed || harm !== 'none')) &&
      (limit.groupBy?.some((groupBy) => isSameList(groupBy, family.groupBy)) ?? true)
    )
  })
}

/** Names of a limit under which nothing of the run is found, such as an attribute that the audit lacks: what the limit does look at must
 *  not pass for the whole. Harms are a closed list, and one that no label set does is no mistake. A limit that asks nothing hides nothing. */
export function namesOfNothing(limit: Limit, subject: Pick<GateSubject, 'tasks' | 'facts'>): string[] {
  if (asksNothing(limit)) return []
  const isEmpty = (part: Partial<Limit>): boolean => selectedTasks({ ...limit, ...part } as Limit, subject).length === 0 // a part of the same limit
  const known = new Set(subject.tasks.flatMap(({ family }) => family.groupBy))
  const { groupBy = [], probes = [], labelSets = [], outcomes = [] } = limit
  const groupings = groupBy.filter((one) => isEmpty({ groupBy: groupBy.filter((other) => sameAttributes(one, other)) }))
  return [
    ...probes.filter((one) => isEmpty({ probes: [one] })),
    ...labelSets.filter((one) => isEmpty({ labelSets: [one] })),
    ...outcomes.filter((one) => isEmpty({ outcomes: [one] })),
    ...new Set(
      groupings.map((one) => {
        const absent = one.filter((attribute) => !known.has(attribute))
        return absent.length > 0 ? absent.join(', ') : one.join(' x ')
      }),
    ),
  ]
}

/** The comparisons of a task in order, each with its contrast and finding: contrasts stand in the order of their sides.
 *  Throws RangeError where findings and counts do not belong together. */
export function comparedPairs(task: OutcomeTask, { contrastsOf, findingOf }: GateSubject): ComparedPair[] {
  const own = contrastsOf(task)
  return taskSides(task).map((pair, index) => {
    const contrast = own.at(index)
    const finding = contrast === undefined ? undefined : findingOf(contrast.id)
    if (contrast === undefined || finding === undefined)
      throw new RangeError(`the gate expected a finding for each comparison of family ${task.family.id}`)
    return { ...pair, contrast, finding }
  })
}

/** Comparisons that one outcome of a family makes with enough images, fixed before any decision was seen. */
export function comparisonsIn({ family }: OutcomeTask): number {
  return Math.ceil(family.m / family.outcomes.length)
}

/** Where a case stands, in words of the definitions. */
export function placeOf({ probe, family, outcome }: OutcomeTask): {
  readonly probe: string
  readonly evidence?: string
  readonly labelSet?: string
  readonly outcome: string
  readonly groupBy: readonly string[]
} {
  const { groupBy, ...run } = dataPlaceOf({ family })
  return { probe, ...run, outcome, groupBy }
}

/** Where the images of a case stand; outcomes and probes share them. */
export function dataPlaceOf({ family }: Pick<OutcomeTask, 'family'>): {
  readonly evidence?: string
  readonly labelSet?: string
  readonly groupBy: readonly string[]
} {
  const { evidence, labelSet, groupBy } = family
  return {
    ...(evidence === null ? {} : { evidence }),
    ...(labelSet === null ? {} : { labelSet }),
    groupBy,
  }
}

/** Indexes of the groups that may be compared: those without an unknown value. */
export function comparableGroups({ grouped }: OutcomeTask): number[] {
  return [...grouped.groups.keys()].filter((index) => grouped.comparable[index])
}

function isSameList(first: readonly string[], second: readonly string[]): boolean {
  return first.length === second.length && first.every((each, index) => each === second[index])
}
