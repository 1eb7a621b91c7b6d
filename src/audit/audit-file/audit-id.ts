import { createHash } from 'node:crypto'
import type { Derived } from '../types/derived.js'
import type { Facts } from '../types/facts.js'
import { canonicalJson } from './canonical-json.js'

/** The identity of an audit: SHA-256 over the canonical bytes of what was seen and what follows from it. `run` is outside. */
export function auditId(facts: Facts, derived: Derived): string {
  return `sha256:${createHash('sha256').update(canonicalJson({ facts, derived })).digest('hex')}`
}
