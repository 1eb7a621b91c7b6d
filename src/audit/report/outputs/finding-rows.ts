import type { Contrast, Finding } from '../../types/derived.js'
import type { Group } from '../../types/groups.js'
import { printable } from '../names.js'
import { isIncomplete } from '../view/gate.js'
import type { Words } from '../words.js'

/** What the gate says of one finding. `over-limit`: a limit was exceeded. `waived`: it was, and a waiver covers it. `no-limit`: a
 *  disparity towards harm that no limit forbids. `incomplete`: no conclusion is drawn from any. `none`: nothing to judge. */
export type Standing = 'over-limit' | 'waived' | 'no-limit' | 'incomplete' | 'none'

/** A finding with its comparison and what the gate says of it. */
export type FindingRow = { readonly finding: Finding; readonly contrast: Contrast; readonly standing: Standing }

/** Every finding of the audit, in its order. */
export function findingRows(words: Words): readonly FindingRow[] {
  const { derived } = words.audit
  const over = new Set(derived.gate.findings)
  const cases = derived.gate.limits.flatMap((limit) => limit.cases)
  const waived = new Set(cases.flatMap(({ waiver, finding }) => (waiver === undefined ? [] : [finding])))
  const incomplete = isIncomplete(words)
  return derived.findings.map((finding) => ({
    finding,
    contrast: words.index.contrast(finding.contrast),
    standing: incomplete ? 'incomplete' : standingOf(finding, over, waived),
  }))
}

function standingOf(
  { id, severity }: Finding,
  over: ReadonlySet<string>,
  waived: ReadonlySet<string | undefined>,
): Standing {
  if (over.has(id)) return 'over-limit'
  if (waived.has(id)) return 'waived'
  return severity === null ? 'none' : 'no-limit'
}

/** A group by its values as the dataset writes them: names by which two runs are told apart must not change with the language. */
export function plainGroup(group: Group): string {
  return group.map(([, value]) => printable(value)).join(', ')
}
