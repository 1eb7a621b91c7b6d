import { addChanges, type ChangeCounts } from '../measures/change-counts.js'
import type { Facts } from '../types/facts.js'
import type { ChangeContrast } from '../types/paired.js'
import { changeTasks, type ChangeTask } from './change-tasks.js'
import { judgeDifferenceInDifferences } from './judge-difference-in-differences.js'
import { pairedRates, sideChange } from './paired-rates.js'
import { namedChange, writtenChange } from './written-change.js'

/** Did the second run change every group alike? The change of each group against that of everyone else; of a two-valued attribute, one
 *  value against the other. */
export function changeContrasts(facts: Facts): ChangeContrast[] {
  return changeTasks(facts, 'difference-in-differences')
    .flatMap((task) => contrastsOf(task, facts))
    .map((contrast, index) => ({ id: `dd${index + 1}`, ...contrast }))
}

function contrastsOf(task: ChangeTask, facts: Facts): Omit<ChangeContrast, 'id'>[] {
  const { family, grouped, counts } = task
  const comparable = grouped.groups.map((_, place) => place).filter((place) => grouped.comparable[place])
  const isTwoValued = comparable.length === 2
  const compared = isTwoValued ? comparable.slice(0, 1) : comparable.length > 2 ? comparable : []
  return compared.map((place) => {
    const others = comparable.filter((other) => other !== place)
    const reference = addChanges(others.map((other) => counts[other]))
    const judged = judgeDifferenceInDifferences({
      group: inputOf(counts[place]),
      reference: inputOf(reference),
      rule: family,
    })
    return {
      kind: 'difference-in-differences' as const,
      ...namedChange(task, place),
      reference: isTwoValued ? grouped.groups[others[0]] : null,
      referencePaired: reference.counts,
      referenceRates: pairedRates(reference.counts, family.alpha),
      changes: [sideChange(counts[place].counts, family.alpha), sideChange(reference.counts, family.alpha)] as const,
      ...writtenChange(judged, 'mover', facts.subjectCounts.length > 0),
    }
  })
}

function inputOf({ counts, nearTies }: ChangeCounts): Pick<ChangeCounts, 'counts' | 'nearTies'> {
  return { counts, nearTies }
}
