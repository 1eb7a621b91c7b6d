import { embedDataset, type Embedder } from './embed-dataset.js'
import type { EmbeddedImages } from './embedding/embed-images.js'
import { manifestSha256 } from './dataset/dataset-manifest.js'
import { readDataset } from './dataset/read-dataset.js'
import { refuseSharedContent, refuseSharedPeople } from './dataset/shared-images.js'
import { DatasetError } from './errors.js'
import type { TrainingSet } from './measures/measure-kind.js'
import type { Tools } from './tools.js'
import type { Dataset } from './types/dataset.js'
import type { Plan } from './types/definitions.js'
import { attributesNeeded } from './types/measures.js'

/** Reads the labels of the images that classifiers are fitted to; null where the plan names none. No image is opened. Refuses images and subjects
 *  that are audited as well, as far as names tell, and labels that say nothing of what is fitted. Throws DatasetError. */
export async function readTraining({ train, probes }: Plan, audited: Dataset): Promise<Dataset | null> {
  if (train === null) return null
  const training = await readDataset(train)
  refuseSharedPeople(audited, training, train.labels)
  for (const { measure } of probes.filter((probe) => probe.measure.kind === 'linear-probe')) {
    const known = new Set(training.attributes.map(({ name }) => name))
    if (attributesNeeded(measure).some((name) => known.has(name))) continue
    const expected = `a column for ${attributesNeeded(measure).join(', ')}`
    throw new DatasetError('train.attributes', { at: train.labels, expected, received: [...known].join(', ') })
  }
  return training
}

/** Gives the images that classifiers are fitted to their vectors, from the store or from the model. An image whose bytes are those of an audited
 *  one is refused: only now both have been read. Throws DatasetError. */
export async function embedTraining(
  training: Dataset,
  audited: { readonly plan: Plan; readonly dataset: Dataset; readonly images: EmbeddedImages },
  embedder: Embedder,
  tools: Tools,
): Promise<TrainingSet> {
  const { train } = audited.plan
  if (train === null) throw new RangeError('embedTraining expected a plan with a training set but received none')
  const images = await embedDataset({ ...audited.plan, dataset: train }, training, embedder, {
    ...tools,
    onProgress: (progress) =>
      tools.onProgress(progress.stage === 'embedding' ? { ...progress, isTraining: true } : progress),
  })
  const { dataset, images: own } = audited
  refuseSharedContent({ dataset, hashes: own.hashes }, { dataset: training, hashes: images.hashes }, train.labels)
  const seen = { ...training, quarantined: new Map([...training.quarantined, ...images.quarantined]) }
  return {
    dataset: training.id,
    sha256: manifestSha256(seen, images.hashes),
    attributes: training.attributes,
    embeddings: images.embeddings,
    quarantined: seen.quarantined.size,
  }
}
