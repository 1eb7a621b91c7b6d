import type { JsonObject } from './json-object.js'

/** A kind of dual encoder, as `model_type` of config.json names it. */
export type Family = {
  /** What people call it; null where `model_type` is not one of ours. */
  readonly name: string | null
  readonly modelType: string | null
  /** Trained label by label: a sigmoid, not a softmax, makes its probabilities. */
  readonly isSigmoid: boolean
  /** Tokens of a prompt where config.json leaves them out: the default of the class in huggingface/transformers, which writes only what differs. */
  readonly contextLength: number | null
}

type Known = { readonly name: string; readonly isSigmoid?: true; readonly contextLength?: number }

const FAMILIES: ReadonlyMap<string, Known> = new Map<string, Known>([
  ['clip', { name: 'CLIP', contextLength: 77 }],
  ['siglip', { name: 'SigLIP', isSigmoid: true, contextLength: 64 }],
  ['siglip2', { name: 'SigLIP 2', isSigmoid: true, contextLength: 64 }],
  ['chinese_clip', { name: 'Chinese CLIP', contextLength: 512 }],
  ['mobileclip', { name: 'MobileCLIP', contextLength: 77 }],
  ['metaclip_2', { name: 'MetaCLIP 2', contextLength: 77 }],
  ['altclip', { name: 'AltCLIP' }],
  ['jina_clip', { name: 'Jina CLIP' }],
])

/** The family of a model by its config.json. An unknown `model_type` is a CLIP to us in all that the other files do not say. */
export function familyOf(config: JsonObject): Family {
  const modelType = typeof config['model_type'] === 'string' ? config['model_type'] : null
  const known = FAMILIES.get(modelType ?? '')
  return {
    name: known?.name ?? null,
    modelType,
    isSigmoid: known?.isSigmoid ?? false,
    contextLength: known?.contextLength ?? null,
  }
}
