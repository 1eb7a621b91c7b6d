import type { Wording } from '../../types/figures.js'

/** A sentence of this measure. */
export function says(id: string, ...values: Wording['values']): Wording {
  return { id: `measures.linear-probe.${id}`, values }
}
