import type { Severity } from '../types/audit.js'
import type { Harm } from '../types/definitions.js'

const WIDE_REACH = 0.05 // five in a hundred people of the group more than of the reference

/** How bad a disparity is, from the kind of harm and its reach, never from a p-value: `lower` is no harm to the group.
 *  `difference` is the observed difference of the rates (share 0 to 1). */
export function severityOf(harm: Harm, direction: 'higher' | 'lower', difference: number): Severity {
  if (direction === 'lower' || harm === 'none') return 'minor'
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
