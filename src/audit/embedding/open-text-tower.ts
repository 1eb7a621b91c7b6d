import { resolve } from 'node:path'
import { openInference } from '../model/inference-client.js'
import { openMatrixProduct } from '../model/matrix-product.js'
import { identifyText } from '../model/model-identity.js'
import { saysSimulated } from '../model/open-model.js'
import { openTexts } from '../model/open-texts.js'
import { readModelFolder } from '../model/read-model-folder.js'
import type { ModelFolder } from '../model/read-model-folder.js'
import type { Store } from '../store/open-store.js'
import type { MatrixProduct } from '../types/decisions.js'
import type { Dtypes } from '../types/dtype.js'
import type { Isolation } from '../types/isolation.js'
import type { TextSide } from './open-encoder.js'
import { modelFiles } from './remembered-hashes.js'
import { describeTexts, textSpaceId, triedTexts } from './spaces.js'

/** The text encoder of a model folder without its image encoder, which is never loaded. */
export type TextTower = {
  readonly folder: ModelFolder
  /** Over the files of the text encoder. */
  readonly sha256: string
  readonly isSimulated: boolean
  readonly openTexts: () => Promise<TextSide>
  readonly close: () => Promise<void>
}

/** Opens the text encoder of a model folder for image vectors of width `dim`; vectors of texts that it gave before come from the store. An encoder
 *  of another width is refused. Throws ModelError. */
export async function openTextTower(
  path: string,
  dim: number,
  {
    threads,
    dtype,
    isolation,
  }: {
    readonly threads?: number | undefined
    readonly dtype?: Dtypes | undefined
    readonly isolation?: Isolation | undefined
  },
  store: Store,
): Promise<TextTower> {
  const folder = await readModelFolder(path, dtype)
  const hashes = await store.fileHashes(resolve(path))
  const { hashFile, confirm } = modelFiles(hashes)
  const { sha256 } = await identifyText(folder, hashFile)
  const inference = openInference({ threads, isolation })
  return {
    folder,
    sha256,
    isSimulated: saysSimulated(folder),
    openTexts: async () => {
      const id = textSpaceId(sha256)
      const before = await store.describe(id)
      const known = before?.dim === dim ? triedTexts(before) : null
      const texts = await openTexts(folder, inference, { dim, isBatchInvariant: true, confirm }, known)
      return { texts, space: await store.openSpace(id, dim, describeTexts(folder.name, sha256, texts.tried)) }
    },
    close: async () => {
      await inference.close()
      await hashes.save()
    },
  }
}

/** The product of vectors by ONNX Runtime where no model is open. */
export function openProduct({ threads }: { readonly threads?: number | undefined }): {
  readonly multiply: MatrixProduct
  readonly close: () => Promise<void>
} {
  const inference = openInference({ threads })
  return { multiply: openMatrixProduct(inference), close: inference.close }
}
