import { join } from 'node:path'
import { batchDependenceOf } from './batch-dependence.js'
import type { TriedImages } from './dry-run.js'
import type { ImageEncoder } from './encoder-signature.js'
import type { ModelFolder } from './read-model-folder.js'
import { scanOnnxFile } from './scan-onnx-file.js'

/** What trying an image encoder would find out, as far as its file tells; null where it leaves something open. */
export function readTried({ folder, visionFile }: ModelFolder, { dim, fixedBatch }: ImageEncoder): TriedImages | null {
  if (dim === null) return null
  const dependence = batchDependenceOf(scanOnnxFile(join(folder, visionFile)))
  return dependence === 'unknown' ? null : { dim, isBatchInvariant: dependence === 'never', fixedBatch }
}
