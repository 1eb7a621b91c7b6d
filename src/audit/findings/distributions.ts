import type { LabelDistribution } from '../types/derived.js'
import type { Facts, LabelSetFacts } from '../types/facts.js'
import { groupFacts } from '../measures/group-facts.js'

/** How many images of each value of each attribute got each label: plain sums of the tallies. */
export function distributions(facts: Facts): LabelDistribution[] {
  return facts.evidence.flatMap(({ id: evidence }) =>
    facts.labelSets.flatMap((labelSet) =>
      facts.dataset.cellAttributes.map((attribute) => distributionOf(facts, evidence, labelSet, attribute)),
    ),
  )
}

function distributionOf(facts: Facts, evidence: string, labelSet: LabelSetFacts, attribute: string): LabelDistribution {
  const tallies = facts.tallies.filter((tally) => tally.evidence === evidence && tally.labelSet === labelSet.id)
  const grouped = groupFacts(facts.dataset, [attribute], [])
  const rows = grouped.groups.map((group, index) => {
    const value = group[0][1]
    const images = new Map<string, number>()
    for (const cell of grouped.cells[index])
      for (const [label, count] of tallies[cell].counts) images.set(label, (images.get(label) ?? 0) + count)
    const counts = labelSet.labels.flatMap(({ id, implies }) => {
      const count = images.get(id) ?? 0
      const implied = implies.some(
        (implication) => implication.attribute === attribute && implication.values.includes(value),
      )
      return count === 0 ? [] : [[id, count, implied] as const]
    })
    return { value, total: grouped.cells[index].reduce((sum, cell) => sum + tallies[cell].total, 0), counts }
  })
  return { evidence, labelSet: labelSet.id, attribute, rows }
}
