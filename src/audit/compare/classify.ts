import type { ComparedSide, FindingChange, PairedChange } from '../types/audit-comparison.js'
import type { Harm } from '../types/definitions.js'

export type Classified = { readonly change: FindingChange; readonly decidedBy: 'verdict' | 'paired' | null }

/** What became of a finding that may be compared. The same images, image by image, decide where they are known: beyond the margin it is a
 *  change, within it there is none, whatever the two verdicts say. Else a disparity that harms the group came or went. A lower rate than
 *  others have is no harm, and less of a harmless outcome no change for the worse. */
export function classify(
  first: ComparedSide,
  second: ComparedSide,
  { paired, harm }: { readonly paired: PairedChange | null; readonly harm: Harm },
): Classified {
  if (paired !== null && harm !== 'none') {
    if (paired.verdict.kind === 'change')
      return { change: paired.verdict.direction === 'higher' ? 'worsened' : 'improved', decidedBy: 'paired' }
    if (paired.verdict.kind === 'within-margin') return { change: 'unchanged', decidedBy: 'paired' }
  }
  const [was, is] = [first, second].map(harms)
  if (was === is) return { change: 'unchanged', decidedBy: 'verdict' }
  // a verdict also moves when the others change: a group does not fare worse because others fare better
  if (paired !== null && !moved(paired, is ? 'higher' : 'lower')) return { change: 'unchanged', decidedBy: 'paired' }
  return { change: is ? 'worsened' : 'improved', decidedBy: 'verdict' }
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
