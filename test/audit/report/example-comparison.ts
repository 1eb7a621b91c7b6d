import { comparisonId } from '../../../src/audit/audit-file/comparison-id.js'
import { compareAudits } from '../../../src/audit/compare/compare-audits.js'
import { changesBetween } from '../../../src/audit/compare/same-images.js'
import { matchRuns } from '../../../src/audit/compare/match-runs.js'
import type { AuditComparison } from '../../../src/audit/types/audit-comparison.js'
import type { PairedCell } from '../../../src/audit/types/paired.js'
import { auditOf, raceScene, sealed } from '../../support/facts.js'

const HOSTILE = '<script>{{x}}</script>'
export const BEFORE = [[HOSTILE, 20, 400], ['B', 20, 400], ['C', 20, 400]] as const // prettier-ignore
const AFTER = [[HOSTILE, 100, 400], ['B', 20, 400], ['C', 0, 400]] as const // prettier-ignore

/** Two audits of the same images with another model: one group worsened, one improved, one unchanged; a hostile name among them. */
export function exampleComparison(isPaired = true): AuditComparison {
  const first = auditOf(raceScene(BEFORE))
  const { facts } = auditOf(raceScene(AFTER))
  const second = sealed({ ...facts, models: facts.models.map((model) => ({ ...model, name: 'newer', sha256: 'b'.repeat(64) })) }) // prettier-ignore
  const cells: PairedCell[] = [[20, 0, 80, 300], [20, 0, 0, 380], [0, 20, 0, 380]].map(([both, lost, gained, neither]) => ({
    flows: [['thief', 'thief', both], ['thief', 'man', lost], ['man', 'thief', gained], ['man', 'man', neither]],
    nearTies: [],
    onlyFirst: 0,
    onlySecond: 0,
  })) // prettier-ignore
  const changes = matchRuns(first.facts, second.facts).flatMap((run) => changesBetween([first, second], run, cells))
  const pairing = isPaired
    ? { pairing: 'paired' as const, unpaired: 2, changes: new Map(changes) }
    : { pairing: 'no-decisions' as const, unpaired: 0, changes: new Map() }
  return compareAudits([first, second], pairing, comparisonId)
}
