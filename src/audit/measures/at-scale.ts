import type { Logits } from '../types/activation.js'
import type { AtScale } from '../types/observed/observed.js'

/** What an observation records of how similarities became probabilities, or why they did not. */
export function atScale({ logitScale, logitBias }: Logits): AtScale {
  if (logitScale === null) return { logitScale, logitScaleReason: 'not in the export' }
  if (logitBias === null) return { logitScale: null, logitScaleReason: 'no logit bias' }
  return { logitScale, logitScaleReason: null, ...(logitBias === undefined ? {} : { logitBias }) }
}
