import type { LimitCase } from '../types/gate.js'
import type { Verdict } from '../types/verdict.js'
import { againstOf } from './margin-cases.js'
import { bounded } from './bounded.js'
import type { Standing } from './standing.js'
import { comparedPairs, placeOf, type GateSubject } from './subject.js'
import type { OutcomeTask } from '../findings/outcome-tasks.js'

/** The findings of one outcome as the limit `disparity` sees them: the verdicts decide, each at the level of its family. */
export function disparityCases(task: OutcomeTask, subject: GateSubject): LimitCase[] {
  return comparedPairs(task, subject).map((pair) => {
    const { contrast, finding, sides, counted } = pair
    const { difference } = contrast
    const interval =
      difference.adjusted === null
        ? ('no-images' as const)
        : { low: difference.adjusted[0], high: difference.adjusted[1] ?? Infinity }
    return {
      ...placeOf(task),
      group: task.grouped.groups[counted.group],
      count: sides.group.count,
      total: sides.group.total,
      against: againstOf(task, pair),
      ...bounded(difference.value ?? 'no-images', interval),
      finding: finding.id,
      ...standingOf(finding.verdict),
    }
  })
}

/** On a harm rate, lower than the reference is no harm to the group. */
function standingOf(verdict: Verdict): Standing {
  switch (verdict.kind) {
    case 'disparity':
      return { standing: verdict.direction === 'higher' ? 'exceeded' : 'within' }
    case 'within-margin':
      return { standing: 'within' }
    case 'inconclusive':
      return { standing: 'unsettled', reason: verdict.reason }
    case 'insufficient':
      return { standing: 'insufficient', reason: verdict.reason }
  }
}
