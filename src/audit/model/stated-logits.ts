import { ModelError } from '../errors.js'
import type { ModelFolder } from './read-model-folder.js'
import type { ModelLogits } from './read-logits.js'

const SAME = 1e-4 // relative: people state 100 for a scale that is stored as 99.99999
const STATED = 'stated by the user, not in the export'

/** What a user says of a model whose folder does not; null where nothing is said. */
export type StatedLogits = { readonly logitScale: number | null; readonly logitBias: number | null }

/**
 * What makes probabilities of a model's cosines: that of its folder, or else what the user states, with a note that it was stated.
 * Throws ModelError where both are there and differ, as nobody can say which one was meant, and for a bias of a model without a sigmoid.
 */
export function statedLogits(folder: ModelLogits & Pick<ModelFolder, 'folder'>, stated: StatedLogits): ModelLogits {
  const { logitScale, logitScaleReason, activation, logitBias = null, logitBiasReason = null } = folder
  const at = folder.folder
  const scale = choose(logitScale, logitScaleReason, stated.logitScale, { at, ...SCALE })
  const scaled = { logitScale: scale.value, logitScaleReason: scale.reason }
  if (activation !== 'sigmoid') {
    if (stated.logitBias !== null) throw withoutSigmoid(at, stated.logitBias)
    return scaled
  }
  const bias = choose(logitBias, logitBiasReason, stated.logitBias, { at, ...BIAS })
  return { ...scaled, activation, logitBias: bias.value, logitBiasReason: bias.reason }
}

const SCALE = { code: 'model.logit-scale', field: '--logit-scale', name: 'logit scale' }
const BIAS = { code: 'model.logit-bias', field: '--logit-bias', name: 'logit bias' }

function choose(
  own: number | null,
  reason: string | null,
  stated: number | null,
  { at, code, field, name }: typeof SCALE & { readonly at: string },
): { value: number | null; reason: string | null } {
  if (stated === null) return { value: own, reason }
  if (own === null) return { value: stated, reason: STATED }
  if (Math.abs(stated - own) <= SAME * Math.abs(own)) return { value: own, reason }
  throw new ModelError(code, {
    at,
    field,
    expected: `the ${name} of the weights, ${Number(own.toPrecision(7))}`,
    received: String(stated),
    hint: 'Leave it out: this folder states its own.',
  })
}

function withoutSigmoid(at: string, stated: number): ModelError {
  return new ModelError('model.logit-bias', {
    at,
    field: '--logit-bias',
    expected: 'nothing, because this model compares labels with each other (softmax) and a bias changes nothing',
    received: String(stated),
    hint: 'Leave it out; only models of the SigLIP kind have one.',
  })
}
