import type { ModelFacts } from '../types/facts.js'
import type { ModelIdentity } from './model-identity.js'
import type { Model } from './open-model.js'

/** A model as an audit records it. */
export function modelFacts({ folder, tried }: Model, { sha256, files }: ModelIdentity): ModelFacts {
  const { name, logitScale, logitScaleReason } = folder
  const { dim, isBatchInvariant: batchInvariant } = tried
  return { id: name, name, sha256, files, dim, logitScale, logitScaleReason, batchInvariant }
}
