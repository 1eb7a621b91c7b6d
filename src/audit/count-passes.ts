import { imageHashes } from './embed-dataset.js'
import type { Embedder } from './embed-dataset.js'
import { findStored } from './embedding/find-stored.js'
import { ImageLedger } from './embedding/image-ledger.js'
import type { Dataset } from './types/dataset.js'
import type { DatasetPlan, Plan } from './types/definitions.js'
import type { Pass } from './types/forecast.js'
import type { Transform } from './types/measures.js'

export type CountedPasses = {
  readonly passes: readonly Pass[]
  /** Rows of the dataset whose vector is not stored, as the images are. */
  readonly missing: readonly number[]
}

type Counted = { readonly plan: Plan; readonly dataset: Dataset; readonly training: Dataset | null }

/** How often a model goes over images in the run of a plan, and how many vectors of each pass are stored. No image is opened. */
export async function countPasses({ plan, dataset, training }: Counted, embedder: Embedder): Promise<CountedPasses> {
  const audited = await lookUp(plan.dataset, dataset, embedder)
  const passes: Pass[] = [countOf('images', audited)]
  for (const transform of transformsOf(plan)) passes.push(await countAltered(transform, audited, embedder))
  if (training !== null && plan.train !== null)
    passes.push(countOf('training', await lookUp(plan.train, training, embedder)))
  return { passes, missing: audited.unsettled() }
}

async function lookUp(plan: DatasetPlan, dataset: Dataset, { images, store }: Embedder): Promise<ImageLedger> {
  const ledger = new ImageLedger(dataset)
  await findStored(ledger, images, await imageHashes(plan, store))
  return ledger
}

function countOf(what: Pass['what'], ledger: ImageLedger): Pass {
  return { what, altered: null, images: ledger.rows.length, stored: ledger.done() }
}

/** An alteration that two probes ask for is embedded once. */
function transformsOf({ probes }: Plan): Transform[] {
  const asked = probes.flatMap(({ measure }) => (measure.kind === 'feature-sensitivity' ? measure.transforms : []))
  return [...new Map(asked.map((transform) => [transform.id, transform])).values()]
}

async function countAltered(transform: Transform, { rows, hashes }: ImageLedger, embedder: Embedder): Promise<Pass> {
  const space = await embedder.openAltered(transform)
  const isStored = (row: number): boolean => {
    const key = hashes.get(row)
    return key !== null && space.has(key)
  }
  return { what: 'altered', altered: transform.id, images: rows.length, stored: rows.filter(isStored).length }
}
