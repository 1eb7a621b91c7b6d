import { groupCells, type GroupedCells } from '../measures/group-cells.js'
import type { DatasetFacts, Facts, Family, LabelSetFacts, ProbeFacts, Tally } from '../types/facts.js'
import type { DerivedAttribute, Policy, Probe } from '../types/definitions.js'
import type { Reference } from '../types/groups.js'
import { countComparisons, effectiveReference } from './comparisons.js'

/** What planning needs of a probe; the facts of a probe have it too, so that `verify` can plan again. */
export type PlannedProbe = Omit<Probe, 'status' | 'evidence' | 'suggests'>

export type PlanContext = {
  readonly dataset: DatasetFacts
  readonly labelSets: readonly LabelSetFacts[]
  /** Evidence ids, in order. */
  readonly evidence: readonly string[]
  readonly tallies: readonly Tally[]
  readonly policy: Policy
  readonly reference: Reference
}

/** Fixes, before any decision is looked at, what a probe compares: its families with their number of comparisons, and what
 *  does not apply to this dataset or these label sets, with the reason (measures.md A8). Families are numbered from `firstId`. */
export function planProbe(probe: PlannedProbe, context: PlanContext, firstId: number): ProbeFacts {
  const missing = probe.groupBy.map((groupBy) => missingAttribute(groupBy, context.dataset, probe.derive))
  const groupBys = probe.groupBy.filter((_, index) => missing[index] === null)
  const families: Omit<Family, 'id'>[] = []
  for (const evidence of context.evidence) {
    for (const labelSet of context.labelSets) {
      if (missingOutcome(probe, labelSet) !== null) continue
      for (const groupBy of groupBys)
        families.push(...familiesOf({ probe, evidence, labelSet: labelSet.id, groupBy }, context))
    }
  }
  return {
    id: probe.id,
    sha256: probe.sha256,
    question: probe.question,
    motivation: probe.motivation,
    measure: probe.measure,
    groupBy: probe.groupBy,
    derive: probe.derive,
    notApplicable: notApplicable(probe, missing, context.labelSets),
    standardise: probe.standardise,
    families: families.map((family, index) => ({ id: `f${firstId + index}`, ...family })),
    published: probe.published,
    caveats: probe.caveats,
    references: probe.references,
  }
}

/** Plans every probe and the failures, with families numbered through. */
export function planFamilies(
  probes: readonly PlannedProbe[],
  context: PlanContext,
): Pick<Facts, 'probes' | 'failureFamilies'> {
  let next = 1
  const planned = probes.map((probe) => {
    const facts = planProbe(probe, context, next)
    next += facts.families.length
    return facts
  })
  return { probes: planned, failureFamilies: planFailures(context, next) }
}

/** The family of failure-to-process comparisons of each attribute: attempts are processed and quarantined images. */
export function planFailures(
  context: Omit<PlanContext, 'labelSets' | 'evidence' | 'tallies'>,
  firstId: number,
): Family[] {
  const { dataset, policy, reference } = context
  const attempts = dataset.cells.map((cell) => cell.in - cell.excluded.reduce((sum, [, images]) => sum + images, 0))
  return dataset.attributes
    .filter(({ name }) => dataset.cellAttributes.includes(name))
    .map(({ name }, index) => {
      const grouped = groupFacts(dataset, [name], [])
      return {
        id: `f${firstId + index}`,
        evidence: null,
        labelSet: null,
        groupBy: [name],
        outcomes: ['failed'],
        ...limits(policy),
        ...sizes(grouped, attempts, effectiveReference(reference, [name]), {
          outcomes: 1,
          minimum: policy.minimumImages,
        }),
      }
    })
}

/** Groups the cells of an audit by some attributes, derived ones included. */
export function groupFacts(
  dataset: DatasetFacts,
  groupBy: readonly string[],
  derive: readonly DerivedAttribute[],
): GroupedCells {
  const values = new Map(dataset.attributes.map((attribute) => [attribute.name, attribute.values] as const))
  return groupCells(
    dataset.cells.map(({ group }) => group),
    groupBy,
    values,
    derive,
  )
}

type FamilyOf = {
  readonly probe: PlannedProbe
  readonly evidence: string
  readonly labelSet: string
  readonly groupBy: readonly string[]
}

/** One family for all plain outcomes together, and one for each union, so that a union does not change m of the others. */
function familiesOf({ probe, evidence, labelSet, groupBy }: FamilyOf, context: PlanContext): Omit<Family, 'id'>[] {
  const grouped = groupFacts(context.dataset, groupBy, probe.derive)
  const totals = context.tallies
    .filter((tally) => tally.evidence === evidence && tally.labelSet === labelSet)
    .map(({ total }) => total)
  const plain = probe.measure.outcomes.filter(({ isUnion }) => !isUnion).map(({ id }) => id)
  const unions = probe.measure.outcomes.filter(({ isUnion }) => isUnion).map(({ id }) => [id])
  const reference = effectiveReference(context.reference, groupBy)
  return [plain, ...unions]
    .filter((outcomes) => outcomes.length > 0)
    .map((outcomes) => ({
      evidence,
      labelSet,
      groupBy,
      outcomes,
      ...limits(context.policy),
      ...sizes(grouped, totals, reference, { outcomes: outcomes.length, minimum: context.policy.minimumImages }),
    }))
}

function limits(policy: Policy): Pick<Family, 'alpha' | 'minimum' | 'adjustment' | 'margin'> {
  return { alpha: policy.alpha, minimum: policy.minimumImages, adjustment: policy.adjustment, margin: policy.margin }
}

function sizes(
  grouped: GroupedCells,
  totalOfCell: readonly number[],
  reference: Reference,
  { outcomes, minimum }: { outcomes: number; minimum: number },
): Pick<Family, 'reference' | 'm' | 'size'> {
  const totals = grouped.cells.map((cells) => cells.reduce((sum, cell) => sum + totalOfCell[cell], 0))
  const { size, eligible } = countComparisons(grouped, totals, reference, minimum)
  return { reference, m: Math.max(1, eligible * outcomes), size: size * outcomes }
}

export function missingAttribute(
  groupBy: readonly string[],
  dataset: DatasetFacts,
  derive: readonly DerivedAttribute[],
): string | null {
  const present = new Set(dataset.attributes.map(({ name }) => name))
  const source = (attribute: string): string => derive.find(({ id }) => id === attribute)?.from ?? attribute
  return groupBy.map(source).find((attribute) => !present.has(attribute)) ?? null
}

/** The outcome category that a probe counts and a label set lacks; null where the probe applies. */
export function missingOutcome(probe: PlannedProbe, labelSet: LabelSetFacts): string | null {
  const present = new Set(labelSet.outcomes.map(([id]) => id))
  return (
    probe.measure.outcomes.flatMap(({ categories }) => categories).find((category) => !present.has(category)) ?? null
  )
}

function notApplicable(
  probe: PlannedProbe,
  missing: readonly (string | null)[],
  labelSets: readonly LabelSetFacts[],
): ProbeFacts['notApplicable'] {
  const byAttribute = probe.groupBy.flatMap((groupBy, index) => {
    const attribute = missing[index]
    return attribute === null
      ? []
      : [{ labelSet: null, groupBy, reason: 'attribute-absent' as const, missing: attribute }]
  })
  const byOutcome = labelSets.flatMap((labelSet) => {
    const outcome = missingOutcome(probe, labelSet)
    return outcome === null
      ? []
      : [{ labelSet: labelSet.id, groupBy: null, reason: 'outcome-absent' as const, missing: outcome }]
  })
  return [...byAttribute, ...byOutcome]
}
