import { ModelError } from '../errors.js'
import type { ModelFacts } from '../types/facts.js'
import type { ModelFolder } from './read-model-folder.js'

const SAME = 1e-4 // relative: people state 100 for a scale that is stored as 99.99999

/** The logit scale by which a model's cosines become probabilities: that of its folder, or else the one that the user states, with a note
 *  that it was stated. Throws ModelError where both are there and differ: nobody can say which one was meant. */
export function statedScale(
  { folder, logitScale, logitScaleReason }: Pick<ModelFolder, 'folder' | 'logitScale' | 'logitScaleReason'>,
  stated: number | null,
): Pick<ModelFacts, 'logitScale' | 'logitScaleReason'> {
  if (stated === null) return { logitScale, logitScaleReason }
  if (logitScale === null) return { logitScale: stated, logitScaleReason: 'stated by the user, not in the export' }
  if (Math.abs(stated - logitScale) <= SAME * logitScale) return { logitScale, logitScaleReason }
  throw new ModelError('model.logit-scale', {
    at: folder,
    field: '--logit-scale',
    expected: `the logit scale of the weights, ${Number(logitScale.toPrecision(7))}`,
    received: String(stated),
    hint: 'Leave it out: this folder states its own.',
  })
}
