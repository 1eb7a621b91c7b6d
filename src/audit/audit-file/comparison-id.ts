import { createHash } from 'node:crypto'
import type { AuditComparison } from '../types/audit-comparison.js'
import { canonicalJson } from './canonical-json.js'

/** The id of a comparison, over the canonical bytes of its content but for the dates: two comparisons of the same two audits have one id. */
export function comparisonId(content: Omit<AuditComparison, 'comparisonId' | 'schema'>): string {
  const audits = content.audits.map(({ createdUtc: _createdUtc, ...audit }) => audit)
  return `sha256:${createHash('sha256')
    .update(canonicalJson({ ...content, audits }))
    .digest('hex')}`
}
