import { existsSync } from 'node:fs'
import { quoted } from '../errors.js'
import type { VectorsPlan } from '../types/vectors.js'
import { checkYaml } from './check-yaml.js'
import { embeddingsSchema, type WrittenEmbeddings } from './embeddings-schema.js'
import { folderOf, within, type Located } from './locate.js'
import { RuleFaults } from './rule-faults.js'
import { readYaml } from './yaml-file.js'
import type { Path } from './yaml-place.js'

const UNKNOWN_HASH = 'unknown'

/** Reads what stands beside vectors that were made elsewhere. The files that it names must be there; none is opened. Throws DefinitionError with
 *  all faults of the file. */
export function readEmbeddingsFile(located: Located): VectorsPlan {
  const document = readYaml(located.file, located.shown)
  const written = checkYaml(embeddingsSchema, document)
  const faults = new RuleFaults(document)
  const place = (path: Path, name: string): string => {
    const { file } = within(folderOf(located), name)
    const isThere = !name.includes('\0') && existsSync(file)
    if (!isThere)
      faults.add(path, 'a file or folder that is there', {
        received: quoted(name),
        hint: 'Check the path; relative paths start at the folder of this file.',
      })
    return file
  }
  const vectors = place(['vectors'], written.vectors)
  const ids = idsOf(written, place, faults)
  const texts = textsOf(written, place, faults)
  if (written.activation !== 'sigmoid' && written.logitBias !== undefined)
    faults.add(['logitBias'], 'activation: sigmoid beside it, because a softmax has no bias', {
      hint: 'Leave the bias out, or add activation: sigmoid.',
    })
  if (texts === null) return faults.throwAll('definition.invalid')
  faults.throwIfAny()
  return {
    file: located.file,
    model: written.model,
    modelSha256: written.modelSha256 === UNKNOWN_HASH ? null : (written.modelSha256 ?? null),
    preprocessing: written.preprocessing ?? null,
    normalised: written.normalised ?? null,
    dtype: written.dtype ?? null,
    dim: written.dim ?? null,
    vectors,
    tensor: written.tensor ?? null,
    column: written.column ?? null,
    idColumn: written.idColumn ?? null,
    ids,
    texts,
    logitScale: written.logitScale ?? null,
    logitBias: written.logitBias ?? null,
    activation: written.activation ?? null,
    simulated: written.simulated ?? false,
  }
}

type Place = (path: Path, name: string) => string

function idsOf({ ids, order, vectors }: WrittenEmbeddings, place: Place, faults: RuleFaults): VectorsPlan['ids'] {
  if (ids !== undefined && order !== undefined)
    faults.add(['order'], 'ids or order: dataset, not both', { hint: 'Leave order out: ids are surer.' })
  if (ids !== undefined) return { kind: 'file', path: place(['ids'], ids) }
  if (order !== undefined) return { kind: 'order' }
  const isFile = /\.(npy|safetensors)$/i.test(vectors)
  if (isFile) {
    const hint =
      'Write a text file with the name of one image a line; order: dataset takes the order of the label file instead.'
    faults.add(['ids'], 'a file of ids, one for each vector', { hint })
  }
  return { kind: 'inside' }
}

function textsOf(
  { textModel, classVectors }: WrittenEmbeddings,
  place: Place,
  faults: RuleFaults,
): VectorsPlan['texts'] | null {
  if (textModel !== undefined && classVectors !== undefined)
    faults.add(['classVectors'], 'textModel or classVectors, not both', { hint: 'Leave one of them out.' })
  if (textModel !== undefined) return { kind: 'model', folder: place(['textModel'], textModel) }
  if (classVectors !== undefined) {
    const vectors = place(['classVectors', 'vectors'], classVectors.vectors)
    return { kind: 'vectors', vectors, prompts: place(['classVectors', 'prompts'], classVectors.prompts) }
  }
  faults.add(['textModel'], 'a model folder, or classVectors with their prompts', {
    hint: 'Images are classified by vectors of texts from the same model.',
  })
  return null
}
