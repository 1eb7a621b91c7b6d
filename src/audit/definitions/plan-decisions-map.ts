import { quoted, type Fault } from '../errors.js'
import type { DecisionsColumn, LabelSet } from '../types/definitions.js'
import { COMMAND_LINE } from './plan-flags.js'
import type { PlanSettings } from './plan-settings.js'
import { didYouMean } from './words.js'

const IMAGE = 'image'
const SCORE = 'score' // of each label, where an image has several

/** Columns of decisions files that have one column for each label set, and `score` where an image has several labels; empty where none was
 *  named. Every label set of the plan needs one. */
export function planDecisionsMap(
  { decisionsMap = [], fromDecisions = [] }: PlanSettings,
  labelSets: readonly LabelSet[],
  faults: Fault[],
): DecisionsColumn[] {
  if (decisionsMap.length === 0) return []
  const at = COMMAND_LINE
  const field = 'decisionsMap'
  if (fromDecisions.length === 0)
    faults.push({ at, field, expected: 'files of decisions (--from-decisions)', received: 'none' })
  const known = [IMAGE, SCORE, ...labelSets.map(({ id }) => id)]
  for (const { attribute } of decisionsMap.filter(({ attribute }) => !known.includes(attribute))) {
    const hint = didYouMean(attribute, known)
    const fault = {
      at,
      field,
      expected: `${IMAGE}, ${SCORE} or a label set of the run (${known.slice(2).join(', ')})`,
      received: quoted(attribute),
    }
    faults.push(hint === undefined ? fault : { ...fault, hint })
  }
  const named = decisionsMap.map(({ attribute }) => attribute)
  for (const { id } of labelSets.filter((labelSet) => !named.includes(labelSet.id)))
    faults.push({ at, field, expected: `a column for the label set ${id}`, received: 'none' })
  return [{ attribute: IMAGE, column: IMAGE }, ...decisionsMap]
    .filter(({ attribute }, index, all) => !all.slice(index + 1).some((later) => later.attribute === attribute))
    .map(({ attribute, column }) => ({ of: attribute, column }))
}
