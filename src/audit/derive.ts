import { contrastFamilies } from './findings/contrast-families.js'
import { distributions } from './findings/distributions.js'
import { notMeasured } from './findings/not-measured.js'
import { publishedStatus } from './findings/published-status.js'
import { summarise } from './findings/summarise.js'
import { toFinding } from './findings/to-finding.js'
import { evaluateGate } from './gate/evaluate-gate.js'
import type { Derived } from './types/derived.js'
import type { Facts } from './types/facts.js'

/** Everything that follows from what was seen: one pure function of `facts`. `verify` runs it again and requires equality. */
export function derive(facts: Facts): Derived {
  const { rates, contrasts } = contrastFamilies(facts)
  const rateById = new Map(rates.map((rate) => [rate.id, rate] as const))
  const contrastById = new Map(contrasts.map(({ contrast }) => [contrast.id, contrast] as const))
  const findings = contrasts.map((entry, index) => toFinding(entry, facts, rateById, index + 1))
  return {
    distributions: distributions(facts),
    rates,
    contrasts: contrasts.map(({ contrast }) => contrast),
    estimates: [],
    findings,
    summary: summarise(facts, findings, contrastById),
    published: publishedStatus(facts, rates),
    notMeasured: notMeasured(facts),
    gate: evaluateGate(facts, findings, contrastById),
  }
}
