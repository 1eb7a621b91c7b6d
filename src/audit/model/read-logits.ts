import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ModelError } from '../errors.js'
import { DTYPES } from '../types/dtype.js'
import type { ModelFacts } from '../types/facts.js'
import { combinedFile } from './encoder-files.js'
import { familyOf } from './family.js'
import { readOnnxScalars } from './onnx-scalars.js'
import { readSafetensorsScalars } from './safetensors-scalars.js'
import type { JsonObject } from './json-object.js'

/** What turns the cosines of a model into probabilities, with the reason for each part that is not known. `activation` and the bias are
 *  there for models trained with a sigmoid alone. */
export type ModelLogits = Pick<
  ModelFacts,
  'logitScale' | 'logitScaleReason' | 'activation' | 'logitBias' | 'logitBiasReason'
>

/** `from`: the file that said so; null where none did. */
export type FoundLogits = { readonly logits: ModelLogits; readonly from: string | null }

const NOT_IN_EXPORT = 'not in the export'
const NAMES = ['logit_scale', 'logit_bias'] as const
const SAFETENSORS = 'model.safetensors'

/**
 * The trained logit scale (as the factor of the cosine; CLIP: about 100) and, where there is one, the logit bias: from `model.safetensors`,
 * else from the constants of a combined `onnx/model.onnx` that kept their names. `logit_scale_init_value` of config.json is not used: it is
 * the value before training. A folder with a bias was trained with a sigmoid, whatever it calls itself. Throws ModelError when a file is broken.
 */
export async function readLogits(folder: string, config: JsonObject): Promise<FoundLogits> {
  const stored = await readSafetensorsScalars(join(folder, SAFETENSORS), NAMES)
  const combined = DTYPES.map(combinedFile).find((file) => existsSync(join(folder, file)))
  const [from, { logarithm, bias }] =
    stored.has('logit_scale') || stored.has('logit_bias') || combined === undefined
      ? [SAFETENSORS, { logarithm: stored.get('logit_scale') ?? null, bias: stored.get('logit_bias') ?? null }]
      : [combined, constantsOf(join(folder, combined))]
  const logitScale = logarithm === null ? null : scaleOf(logarithm, join(folder, from))
  const logits = {
    logitScale,
    logitScaleReason: logitScale === null ? NOT_IN_EXPORT : null,
    ...(familyOf(config).isSigmoid || bias !== null
      ? {
          activation: 'sigmoid' as const,
          logitBias: bias,
          logitBiasReason: bias === null ? NOT_IN_EXPORT : null,
        }
      : {}),
  }
  return { logits, from: logitScale === null && bias === null ? null : from }
}

/** A scale that the graph does not take e to the power of is not stored as we know it, and stays unknown. */
function constantsOf(path: string): { logarithm: number | null; bias: number | null } {
  const scalars = readOnnxScalars(path, NAMES)
  const scale = scalars.get('logit_scale')
  return {
    logarithm: scale?.isExponentiated === true ? scale.value : null,
    bias: scalars.get('logit_bias')?.value ?? null,
  }
}

/** Stored as a logarithm. */
function scaleOf(logarithm: number, at: string): number {
  const scale = Math.exp(logarithm)
  if (Number.isFinite(scale)) return scale
  throw new ModelError('model.logit-scale', {
    at,
    field: 'logit_scale',
    expected: 'the logarithm of a scale, such as 4.6052 for 100',
    received: String(logarithm),
    hint: 'Export the model again.',
  })
}
