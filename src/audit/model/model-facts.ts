import { dtypesText } from '../types/dtype.js'
import type { ModelFacts } from '../types/facts.js'
import type { ModelIdentity } from './model-identity.js'
import type { Model } from './open-model.js'
import { modelSource } from './read-pulled-from.js'

/** A model as an audit records it. What is usual is left out: fp32, and the softmax. */
export function modelFacts({ folder, tried }: Model, identity: ModelIdentity): ModelFacts {
  const { sha256, files } = identity
  const { name, logitScale, logitScaleReason, activation, logitBias = null, logitBiasReason = null } = folder
  const { dim, isBatchInvariant: batchInvariant } = tried
  const dtype = dtypesText(folder.dtypes)
  return {
    id: name,
    name,
    sha256,
    files,
    dim,
    ...(dtype === 'fp32' ? {} : { dtype }),
    logitScale,
    logitScaleReason,
    ...(activation === undefined ? {} : { activation, logitBias, logitBiasReason }),
    batchInvariant,
    ...(folder.pulledFrom === null ? {} : { source: modelSource(folder.pulledFrom, identity) }),
  }
}
