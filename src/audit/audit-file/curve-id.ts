import { createHash } from 'node:crypto'
import type { CurveDerived, CurveFacts } from '../types/curve.js'
import { canonicalJson } from './canonical-json.js'

/** The identity of a specification curve: SHA-256 over the canonical bytes of what was seen and what follows from it. `run` is outside. */
export function curveId(facts: CurveFacts, derived: CurveDerived): string {
  return `sha256:${createHash('sha256').update(canonicalJson({ facts, derived })).digest('hex')}`
}
