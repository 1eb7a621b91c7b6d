import { countedOutcomes, missingIn } from '../measures/counted-outcomes.js'
import type { GroupedCells } from '../measures/group-cells.js'
import { groupFacts } from '../measures/group-facts.js'
import { rulesOf } from '../measures/kinds.js'
import type {
  DatasetFacts,
  EvidenceFacts,
  Facts,
  Family,
  LabelSetFacts,
  ProbeFacts,
  Tally,
  CountedOutcome,
} from '../types/facts.js'
import type { DerivedAttribute, Policy, Probe } from '../types/definitions.js'
import type { Reference } from '../types/groups.js'
import { categoryOutcomes } from '../types/measures.js'
import { countComparisons, effectiveReference } from './comparisons.js'

/** What planning needs of a probe; the facts of a probe have it too, so that `verify` can plan again. */
export type PlannedProbe = Omit<Probe, 'status' | 'evidence' | 'suggests'>

export type PlanContext = {
  readonly dataset: DatasetFacts
  readonly labelSets: readonly LabelSetFacts[]
  /** In order. */
  readonly evidence: readonly Pick<EvidenceFacts, 'id' | 'kind'>[]
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
  for (const { id: evidence } of context.evidence) {
    for (const labelSet of context.labelSets) {
      if (missingIn(probe.measure, labelSet) !== null) continue
      for (const groupBy of groupBys) families.push(...familiesOf({ probe, evidence, labelSet, groupBy }, context))
    }
  }
  return {
    id: probe.id,
    sha256: probe.sha256,
    question: probe.question,
    motivation: probe.motivation,
    howToRead: probe.howToRead,
    cannotShow: probe.cannotShow,
    measure: probe.measure,
    counted: countedUnderAny(probe, context.labelSets),
    groupBy: probe.groupBy,
    derive: probe.derive,
    notApplicable: notApplicable(probe, missing, context),
    standardise: probe.standardise,
    families: families.map((family, index) => ({ id: `f${firstId + index}`, ...family })),
    published: probe.published,
    publishedTables: probe.publishedTables,
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

type FamilyOf = {
  readonly probe: PlannedProbe
  readonly evidence: string
  readonly labelSet: LabelSetFacts
  readonly groupBy: readonly string[]
}

/** One family for all plain outcomes together, and one for each union, so that a union does not change m of the others. */
function familiesOf({ probe, evidence, labelSet, groupBy }: FamilyOf, context: PlanContext): Omit<Family, 'id'>[] {
  const grouped = groupFacts(context.dataset, groupBy, probe.derive)
  const totals = context.tallies
    .filter((tally) => tally.evidence === evidence && tally.labelSet === labelSet.id)
    .map(({ total }) => total)
  const all = [...categoryOutcomes(probe.measure), ...countedOutcomes(probe.measure, labelSet)]
  const plain = all.filter(({ isUnion }) => !isUnion).map(({ id }) => id)
  const unions = all.filter(({ isUnion }) => isUnion).map(({ id }) => [id])
  const reference = effectiveReference(context.reference, groupBy)
  return [plain, ...unions]
    .filter((outcomes) => outcomes.length > 0)
    .map((outcomes) => ({
      evidence,
      labelSet: labelSet.id,
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

/** What a measure counts beside categories, each once, over the label sets that it applies to. */
function countedUnderAny({ measure }: PlannedProbe, labelSets: readonly LabelSetFacts[]): CountedOutcome[] {
  const counted = labelSets
    .filter((labelSet) => missingIn(measure, labelSet) === null)
    .flatMap((labelSet) => countedOutcomes(measure, labelSet))
  return counted.filter(({ id }, index) => counted.findIndex((other) => other.id === id) === index)
}

function notApplicable(
  probe: PlannedProbe,
  missing: readonly (string | null)[],
  { labelSets, evidence }: PlanContext,
): ProbeFacts['notApplicable'] {
  const byAttribute = probe.groupBy.flatMap((groupBy, index) => {
    const attribute = missing[index]
    return attribute === null
      ? []
      : [{ labelSet: null, groupBy, reason: 'attribute-absent' as const, missing: attribute }]
  })
  const byOutcome = labelSets.flatMap((labelSet) => {
    const lacking = missingIn(probe.measure, labelSet)
    return lacking === null ? [] : [{ labelSet: labelSet.id, groupBy: null, ...lacking }]
  })
  const unseen =
    rulesOf(probe.measure.kind).observe === undefined ? [] : evidence.filter(({ kind }) => kind === 'decisions')
  const byEvidence = unseen.map(({ id }) => ({
    labelSet: null,
    groupBy: null,
    reason: 'decisions-only' as const,
    missing: id,
  }))
  return [...byAttribute, ...byOutcome, ...byEvidence]
}
