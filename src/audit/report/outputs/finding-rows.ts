import type { Contrast, Finding } from '../../types/derived.js'
import type { Group } from '../../types/groups.js'
import { printable } from '../names.js'
import { isIncomplete } from '../view/gate.js'
import type { Words } from '../words.js'

/** What the gate says of one finding. `over-limit`: a limit was exceeded. `no-limit`: a disparity towards harm that no limit looks
 *  at. `incomplete`: no conclusion is drawn from any. `none`: nothing to judge. */
export type Standing = 'over-limit' | 'no-limit' | 'incomplete' | 'none'

/** A finding with its comparison and what the gate says of it. */
export type FindingRow = { readonly finding: Finding; readonly contrast: Contrast; readonly standing: Standing }

/** Every finding of the audit, in its order. */
export function findingRows(words: Words): readonly FindingRow[] {
  const { derived } = words.audit
  const over = new Set(derived.gate.findings)
  const incomplete = isIncomplete(words)
  return derived.findings.map((finding) => ({
    finding,
    contrast: words.index.contrast(finding.contrast),
    standing: incomplete ? 'incomplete' : standingOf(finding, over),
  }))
}

function standingOf({ id, severity }: Finding, over: ReadonlySet<string>): Standing {
  if (over.has(id)) return 'over-limit'
  return severity === null ? 'none' : 'no-limit'
}

/** A group by its values as the dataset writes them: names by which two runs are told apart must not change with the language. */
export function plainGroup(group: Group): string {
  return group.map(([, value]) => printable(value)).join(', ')
}
