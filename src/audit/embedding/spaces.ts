import { createHash } from 'node:crypto'
import type { TriedImages } from '../model/dry-run.js'
import type { TriedTexts } from '../model/open-texts.js'
import { onnxruntimeVersion } from '../model/onnxruntime-version.js'
import type { PreprocessingFacts } from '../types/facts.js'
import type { Transform } from '../types/measures.js'
import type { Description } from '../store/space-file.js'

/** Space of the vectors that an image encoder gives of images prepared in one way. */
export function imageSpaceId(visionSha256: string, preprocessingSha256: string): string {
  return sha256(`probity/images@1\n${visionSha256}\n${preprocessingSha256}\n`)
}

/** The same for images that are altered before they are prepared. What an alteration is called does not count, only what it does. */
export function alteredSpaceId(visionSha256: string, preprocessingSha256: string, alteration: Transform): string {
  return sha256(`probity/altered-images@1\n${visionSha256}\n${preprocessingSha256}\n${alterationText(alteration)}\n`)
}

/** What an alteration does, in one line. */
export function alterationText(alteration: Transform): string {
  switch (alteration.alter) {
    case 'blur':
      return `blur ${alteration.sigma}`
    case 'brightness':
      return `brightness ${alteration.factor}`
    case 'jpeg':
      return `jpeg ${alteration.quality}`
    case 'crop':
      return `crop ${alteration.keep}`
    case 'grey':
      return 'grey'
  }
}

/** Space of the vectors that a text encoder gives. */
export function textSpaceId(textSha256: string): string {
  return sha256(`probity/texts@1\n${textSha256}\n`)
}

/** Address of a text: the tokens as they are fed, padding and all, whatever tokenizer made them. */
export function textKey(ids: readonly number[], { length, padId }: { length: number; padId: number }): string {
  return sha256(JSON.stringify({ ids, length, padId }))
}

export function describeImages(
  model: string,
  encoder: string,
  preprocessing: PreprocessingFacts,
  { isBatchInvariant, fixedBatch }: TriedImages,
): Description {
  const { resample, resize, size, crop, sha256: preprocessingSha256 } = preprocessing
  const prepared = `${size}, crop ${crop}, ${resample}, ${resize}`
  const onnxruntime = onnxruntimeVersion()
  return { kind: 'images', model, encoder, prepared, preprocessingSha256, isBatchInvariant, fixedBatch, onnxruntime }
}

export function describeTexts(
  model: string,
  encoder: string,
  { fixedBatch, fixedLength, ...rest }: TriedTexts,
): Description {
  return { kind: 'texts', model, encoder, fixedBatch, fixedLength, ...rest, onnxruntime: onnxruntimeVersion() }
}

/** What the dry run of an earlier run found, if it was made with this version of ONNX Runtime. */
export function triedImages({ description, dim }: { description: Description; dim: number }): TriedImages | null {
  const { onnxruntime, isBatchInvariant, fixedBatch } = description
  if (onnxruntime !== onnxruntimeVersion() || typeof isBatchInvariant !== 'boolean' || !isCount(fixedBatch)) return null
  return { dim, isBatchInvariant, fixedBatch }
}

export function triedTexts({ description }: { description: Description }): TriedTexts | null {
  const { onnxruntime, fixedBatch, fixedLength, isBatchInvariant } = description
  if (onnxruntime !== onnxruntimeVersion() || !isCount(fixedBatch) || !isCount(fixedLength)) return null
  return { fixedBatch, fixedLength, ...(isBatchInvariant === false ? { isBatchInvariant } : {}) }
}

function isCount(value: Description[string] | undefined): value is number | null {
  return value === null || typeof value === 'number'
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
