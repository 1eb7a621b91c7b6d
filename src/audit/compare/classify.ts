import type { ComparedSide, FindingChange, PairedChange } from '../types/audit-comparison.js'
import type { Harm } from '../types/definitions.js'

export type Classified = { readonly change: FindingChange; readonly decidedBy: 'verdict' | 'paired' | null }

/** What became of a finding that may be compared. The same images, image by image, decide where they are known: beyond the margin it is a
 *  change, within it there is none, whatever the two verdicts say. Else a disparity that harms the group came or went; where neither audit
 *  could settle anything, nothing can be told. A lower rate than others have is no harm, and less of a harmless outcome no change for the
 *  worse. `isRerun`: nothing differs between the audits. */
export function classify(
  first: ComparedSide,
  second: ComparedSide,
  { paired, harm, isRerun }: { readonly paired: PairedChange | null; readonly harm: Harm; readonly isRerun: boolean },
): Classified {
  if (isRerun && isSameCount(first, second)) return { change: 'unchanged', decidedBy: 'verdict' }
  if (paired !== null && harm !== 'none') {
    if (paired.verdict.kind === 'change')
      return { change: paired.verdict.direction === 'higher' ? 'worsened' : 'improved', decidedBy: 'paired' }
    if (paired.verdict.kind === 'within-margin') return { change: 'unchanged', decidedBy: 'paired' }
  }
  const [was, is] = [first, second].map(harms)
  if (was === is)
    return { change: isSettled(first) && isSettled(second) ? 'unchanged' : 'cannot-tell', decidedBy: 'verdict' }
  // a verdict also moves when the others change: a group does not fare worse because others fare better
  if (paired !== null && !moved(paired, is ? 'higher' : 'lower')) return { change: 'cannot-tell', decidedBy: 'paired' }
  return { change: is ? 'worsened' : 'improved', decidedBy: 'verdict' }
}

function isSettled({ verdict }: ComparedSide): boolean {
  return verdict.kind === 'disparity' || verdict.kind === 'within-margin'
}

function isSameCount(first: ComparedSide, second: ComparedSide): boolean {
  return (
    first.count === second.count &&
    first.total === second.total &&
    first.referenceCount === second.referenceCount &&
    first.referenceTotal === second.referenceTotal
  )
}

/** Whether the group's own rate moved in this direction at all. */
function moved({ difference: { value } }: PairedChange, direction: 'higher' | 'lower'): boolean {
  if (value === null) return true
  return direction === 'higher' ? value > 0 : value < 0
}

/** Whether this side of the comparison shows a disparity that harms the group. */
export function harms({ verdict, severity }: ComparedSide): boolean {
  return verdict.kind === 'disparity' && severity !== null
}
