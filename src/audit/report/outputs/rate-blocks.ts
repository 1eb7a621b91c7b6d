import type { RateRecord } from '../../types/derived.js'
import { categoryOutcomes } from '../../types/measures.js'
import type { Words } from '../words.js'

/** Rates of all groups of one outcome under one grouping. */
export type RateBlock = {
  readonly probe: string
  readonly evidence: string
  readonly labelSet: string
  readonly groupBy: readonly string[]
  readonly outcome: string
  readonly rates: readonly RateRecord[]
}

/** Every block of the audit that has rates, label set by label set in the order of the audit. */
export function rateBlocks({ audit: { facts }, index }: Words): readonly RateBlock[] {
  const blocks = facts.evidence.flatMap(({ id: evidence }) =>
    facts.labelSets.flatMap(({ id: labelSet }) =>
      facts.probes.flatMap((probe) =>
        probe.groupBy.flatMap((groupBy) =>
          [...categoryOutcomes(probe.measure), ...probe.counted].map(({ id: outcome }) => {
            const where = { probe: probe.id, evidence, labelSet, groupBy, outcome }
            return { ...where, rates: index.ratesOf(where) }
          }),
        ),
      ),
    ),
  )
  return blocks.filter(({ rates }) => rates.length > 0)
}
