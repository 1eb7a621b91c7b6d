import { decideAndObserve } from './decide-and-observe.js'
import type { DecidedAndObserved } from './decide-and-observe.js'
import { importVectors } from './embedding/import/import-vectors.js'
import { openVectors } from './embedding/import/open-vectors.js'
import { openProduct } from './embedding/open-text-tower.js'
import type { Asked } from './observe-probes.js'
import type { Tools } from './tools.js'
import type { Quarantine, Warning } from './types/dataset.js'
import { numberNamed } from './types/pace.js'
import type { VectorsPlan, VectorsSource } from './types/vectors.js'
import { openVectorTexts } from './vector-texts.js'

/** What vectors that were made elsewhere say of a dataset. */
export type VectorsRun = DecidedAndObserved & {
  readonly source: VectorsSource
  /** On top of the dataset's own. */
  readonly quarantined: ReadonlyMap<number, Quarantine>
  readonly warnings: readonly Warning[]
  readonly isSimulated: boolean
}

type OneSource = Asked & { readonly vectors: VectorsPlan }

/** The decisions of vectors made elsewhere under every label set of a plan, by the same scoring as those of a model folder. Prompts are refused before
 *  the vectors are looked through; no image is opened. Throws ModelError, DatasetError and DefinitionError. */
export async function decideWithVectors(of: OneSource, tools: Tools): Promise<VectorsRun> {
  const { vectors: given, plan, dataset } = of
  const opened = await openVectors(given.vectors, given)
  const product = openProduct({ threads: numberNamed(tools.threads) })
  try {
    const side = await openVectorTexts(given, opened.vectors.dim, plan, tools)
    try {
      if (of.captions !== null) await side.embedTexts(of.captions.captions)
      const { embeddings, quarantined, warnings, source, confirm } = await importVectors(
        dataset,
        given,
        opened,
        side.files,
      )
      tools.onProgress({
        stage: 'scoring',
        model: given.model,
        labelSets: side.designs.map(({ labelSet }) => labelSet),
      })
      const decided = await decideAndObserve({
        ...of,
        ...side.logits,
        designs: side.designs,
        images: { embeddings, quarantined },
        multiply: product.multiply,
        embedTexts: side.embedTexts,
        embedAltered: () => Promise.reject(new RangeError('vectors made elsewhere cannot be altered')), // such a probe is refused with the plan
        embedTraining: () => Promise.resolve(null),
      })
      await confirm()
      return {
        ...decided,
        source: { ...stated(given), ...source, texts: side.texts, ...side.logits },
        quarantined,
        warnings,
        isSimulated: side.isSimulated || given.simulated,
      }
    } finally {
      await side.close()
    }
  } finally {
    await opened.vectors.close()
    await product.close()
  }
}

function stated({ model, modelSha256, preprocessing }: VectorsPlan) {
  return {
    model,
    modelSha256,
    modelSha256Reason: modelSha256 === null ? ('not-stated' as const) : null,
    preprocessing,
    preprocessingReason: preprocessing === null ? ('not-stated' as const) : null,
  }
}
