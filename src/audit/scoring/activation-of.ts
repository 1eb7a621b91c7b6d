import type { Activation, Logits } from '../types/activation.js'

/** How similarities become probabilities, or null where the scale, or the bias of a model with a sigmoid, is not known. */
export function activationOf({ logitScale, logitBias }: Logits): Activation | null {
  if (logitScale === null || logitBias === null) return null
  return logitBias === undefined
    ? { kind: 'softmax', scale: logitScale }
    : { kind: 'sigmoid', scale: logitScale, bias: logitBias }
}

/** Those of a softmax have no bias, not even one that is null. */
export function logitsOf({ logitScale, logitBias }: Logits): Logits {
  return logitBias === undefined ? { logitScale } : { logitScale, logitBias }
}
