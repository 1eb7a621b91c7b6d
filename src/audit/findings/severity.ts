import type { Severity } from '../types/derived.js'
import type { Harm } from '../types/definitions.js'

const WIDE_REACH = 0.05 // five in a hundred people of the group more than of the reference

/** How bad a disparity is, from the kind of harm and its reach, never from a p-value. null where the group is not harmed: its
 *  rate is lower, or the outcome does no harm. `difference` is the observed difference of the rates (share 0 to 1). */
export function severityOf(harm: Harm, direction: 'higher' | 'lower', difference: number): Severity | null {
  if (direction === 'lower' || harm === 'none') return null
  const wide = difference >= WIDE_REACH
  switch (harm) {
    case 'denigration':
      return wide ? 'critical' : 'serious'
    case 'stereotyping':
    case 'allocation':
      return wide ? 'serious' : 'moderate'
    case 'quality-of-service':
    case 'representation':
      return wide ? 'moderate' : 'minor'
  }
}
