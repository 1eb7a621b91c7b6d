import { storeOf } from './embed-dataset.js'
import { embedPrompts } from './embedding/embed-prompts.js'
import { readTextVectors } from './embedding/import/prompt-vectors.js'
import { openTextTower } from './embedding/open-text-tower.js'
import { DatasetError } from './errors.js'
import { isolationOf } from './isolation-of.js'
import type { ModelLogits } from './model/read-logits.js'
import { statedLogits } from './model/stated-logits.js'
import { readDesigns } from './read-designs.js'
import { classVectors } from './scoring/class-vectors.js'
import type { ClassDesign } from './scoring/decide.js'
import { sentenceVectors } from './sentence-vectors.js'
import type { SentenceVectors } from './sentence-vectors.js'
import type { Tools } from './tools.js'
import type { Plan } from './types/definitions.js'
import { numberNamed } from './types/pace.js'
import type { VectorsPlan, VectorsSource } from './types/vectors.js'

/** The text side of vectors that were made elsewhere. */
export type VectorTexts = {
  readonly designs: readonly ClassDesign[]
  readonly embedTexts: SentenceVectors
  readonly logits: ModelLogits
  readonly texts: VectorsSource['texts']
  /** Files of class vectors, which are part of what was given. */
  readonly files: readonly string[]
  readonly isSimulated: boolean
  readonly close: () => Promise<void>
}

/** Class vectors for image vectors of width `dim`: from the text encoder of a model folder, or as they were given. Throws ModelError, DatasetError and
 *  DefinitionError that names every prompt without a vector. */
export function openVectorTexts(of: VectorsPlan, dim: number, plan: Plan, tools: Tools): Promise<VectorTexts> {
  const { texts } = of
  return texts.kind === 'model' ? fromTower(texts.folder, of, dim, plan, tools) : fromFiles(texts, of, dim, plan)
}

async function fromTower(path: string, of: VectorsPlan, dim: number, plan: Plan, tools: Tools): Promise<VectorTexts> {
  const tower = await openTextTower(
    path,
    dim,
    { threads: numberNamed(tools.threads), dtype: plan.dtype, isolation: isolationOf(plan, tools) },
    storeOf(tools),
  )
  const { folder, sha256, isSimulated } = tower
  try {
    const logits = statedLogits(withActivation(folder, of), {
      logitScale: of.logitScale ?? plan.logitScale,
      logitBias: of.logitBias ?? plan.logitBias ?? null,
    })
    const side = await tower.openTexts()
    try {
      const designs = await readDesigns(plan, {
        dim,
        at: folder.name,
        cure: 'The text encoder returned zeros or numbers that are not finite; try the fp32 export',
        vectorsOf: (labelSet, prompts) => embedPrompts(labelSet, prompts, side),
      })
      const embedTexts = sentenceVectors({ openTexts: tower.openTexts, model: { dim } })
      const model = { kind: 'model' as const, model: folder.name, sha256 }
      return { designs, embedTexts, logits, texts: model, files: [], isSimulated, close: tower.close }
    } finally {
      await side.texts.close()
    }
  } catch (error) {
    await tower.close()
    throw error
  }
}

/** The file may say how the model's cosines become probabilities where its folder leaves that open; it may not say otherwise than the folder. */
function withActivation<Folder extends ModelLogits>(folder: Folder, { activation, file }: VectorsPlan): Folder {
  if (activation === null || activation === (folder.activation ?? 'softmax')) return folder
  if (activation === 'sigmoid') return { ...folder, activation, logitBias: null, logitBiasReason: NOT_STATED }
  const hint = 'Leave it out: the folder of the text encoder states its own'
  const refusal = { at: file, field: 'activation', expected: 'sigmoid, as the folder says', received: activation, hint }
  throw new DatasetError('vectors.activation', refusal)
}

type Given = Extract<VectorsPlan['texts'], { kind: 'vectors' }>

async function fromFiles({ vectors, prompts }: Given, of: VectorsPlan, dim: number, plan: Plan): Promise<VectorTexts> {
  const given = await readTextVectors(vectors, prompts)
  if (given.dim !== dim) {
    const hint = 'Class vectors must come from the text encoder of the same model'
    const expected = `${dim} numbers a vector, like those of the images`
    throw new DatasetError('vectors.dimension', { at: vectors, expected, received: `${given.dim}`, hint })
  }
  const designs = await readDesigns(plan, {
    dim,
    at: vectors,
    cure: 'Embed the prompts again: some vectors are zero or not finite',
    vectorsOf: (_labelSet, wanted) => Promise.resolve(given.vectorsOf(wanted)),
  })
  return {
    designs,
    embedTexts: async (wanted, said) =>
      classVectors(await Promise.resolve(given.vectorsOf(wanted, said)), { labels: wanted.length, templates: 1, dim }),
    logits: logitsAsStated(of, plan),
    texts: { kind: 'vectors', prompts: given.prompts },
    files: given.files,
    isSimulated: false,
    close: () => Promise.resolve(),
  }
}

const NOT_STATED = 'not stated'

function logitsAsStated({ logitScale, logitBias, activation, file }: VectorsPlan, plan: Plan): ModelLogits {
  const scale = logitScale ?? plan.logitScale
  const bias = logitBias ?? plan.logitBias ?? null
  const scaled = { logitScale: scale, logitScaleReason: scale === null ? NOT_STATED : null }
  if (activation === 'sigmoid')
    return { ...scaled, activation, logitBias: bias, logitBiasReason: bias === null ? NOT_STATED : null }
  if (bias === null) return scaled
  const hint = 'Leave the bias out, or add activation: sigmoid to the file'
  const expected = 'nothing, because a softmax has no bias'
  throw new DatasetError('vectors.logit-bias', { at: file, field: '--logit-bias', expected, received: `${bias}`, hint })
}
